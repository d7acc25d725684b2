/// The system calls that Swift can't make itself: those without a wrapper in glibc 2.36, variadic ones, and one that must not happen on a
/// thread of the Swift runtime. Every function returns a value of zero or more, or the negated errno, so that no later call can overwrite it.
#ifndef CSYSTEMCALLS_H
#define CSYSTEMCALLS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// openat2(2). With `beneath`, nothing on the way may leave `directory` or be a symbolic link; `same_device` also refuses mount points.
int csys_open(int directory, const char *path, int flags, uint32_t mode, int beneath, int same_device);

/// readlinkat(2), with the bytes as they are.
ssize_t csys_read_link(int directory, const char *path, uint8_t *buffer, size_t size);

/// fallocate(2) from the start of the file. glibc's posix_fallocate isn't used: where the file system can't, it writes the file full instead.
int csys_reserve(int descriptor, int64_t bytes);

/// flock(2), exclusive, without waiting; EWOULDBLOCK when another open file holds it.
int csys_lock(int descriptor);

/// Ends a flock(2), whoever else has a copy of the descriptor.
int csys_unlock(int descriptor);

/// pidfd_open(2): a descriptor that names one process for ever and becomes readable when it ends.
int csys_process_open(pid_t pid);

/// pidfd_send_signal(2).
int csys_process_signal(int process, int signal);

/// Whether the process of a pidfd has ended: 1 or 0.
int csys_process_ended(int process);

/// A UDP socket, non-blocking, connected to host:port (IPv4, host byte order) in the network namespace of a process.
/// The namespace is entered on a thread made for this call, so that no thread of the caller ever changes its own.
int csys_udp(pid_t pid, uint32_t host, uint16_t port);

/// Has all threads share so many heaps: mallopt(3), M_ARENA_MAX; 0, or EINVAL.
int csys_limit_heaps(int count);

/// A raw socket for the Ethernet frames with IPv4 on an interface in the network namespace of a process, non-blocking (packet(7)).
int csys_packets(pid_t pid, const char *interface);

/// Whether we may have network, mount and process namespaces of our own: 0, or why not. A thread made for this call tries it and ends.
int csys_may_unshare(void);

/// The width of a terminal in columns; ENOTTY when the descriptor isn't one.
int csys_terminal_columns(int descriptor);

/// A pipe whose ends close on exec.
int csys_pipe(int *reading, int *writing);

/// Catches SIGINT and SIGTERM, except one that is ignored: the descriptor that is returned becomes readable at the first, and the second ends the
/// process at once with status 130. A program that is executed meanwhile has them as by default. The descriptor is the process's own and stays open.
int csys_catch_interruptions(void);

/// From now on a pipe whose reader has left ends nothing but the writing (EPIPE). Programs that are executed have SIGPIPE as by default.
void csys_survive_broken_pipes(void);

/// Lets SIGINT and SIGTERM end the process again.
void csys_release_interruptions(void);

/// Makes reading from a descriptor, and writing to it, return EAGAIN instead of waiting. The other end of a pipe isn't touched.
int csys_never_block(int descriptor);

/// What an errno means: "No space left on device". Never null.
const char *csys_error_text(int error);

/// What an errno is called: "ENOSPC". Never null.
const char *csys_error_name(int error);

#endif
