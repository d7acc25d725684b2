#include <stddef.h>
#include <stdint.h>

// libFuzzer's way in for a program with a main function of its own (compiler-rt/lib/fuzzer/FuzzerInterface.h has no declaration of it).
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*tryInput)(const uint8_t *start, size_t count));
