#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int result(long value) { return value < 0 ? -errno : (int)value; }

int csys_open(int directory, const char *path, int flags, uint32_t mode, int beneath, int same_device) {
    struct open_how how = {.flags = (uint64_t)(unsigned)(flags | O_CLOEXEC)};
    if (flags & O_CREAT) how.mode = mode;
    if (beneath) how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    if (same_device) how.resolve |= RESOLVE_NO_XDEV;
    return result(syscall(SYS_openat2, directory, path, &how, sizeof how));
}

ssize_t csys_read_link(int directory, const char *path, uint8_t *buffer, size_t size) {
    ssize_t length = readlinkat(directory, path, (char *)buffer, size);
    return length < 0 ? -errno : length;
}

int csys_reserve(int descriptor, int64_t bytes) { return result(fallocate(descriptor, 0, 0, bytes)); }

int csys_lock(int descriptor) { return result(flock(descriptor, LOCK_EX | LOCK_NB)); }

int csys_unlock(int descriptor) { return result(flock(descriptor, LOCK_UN)); }

int csys_process_open(pid_t pid) { return result(syscall(SYS_pidfd_open, pid, 0)); }

int csys_process_signal(int process, int signal) { return result(syscall(SYS_pidfd_send_signal, process, signal, NULL, 0)); }

int csys_process_ended(int process) {
    struct pollfd watched = {.fd = process, .events = POLLIN};
    return result(poll(&watched, 1, 0));
}

static int connected_socket(uint32_t host, uint16_t port) {
    int udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (udp < 0) return -errno;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(host)};
    if (connect(udp, (struct sockaddr *)&address, sizeof address) < 0) {
        int error = errno;
        close(udp);
        return -error;
    }
    return udp;
}

static int packet_socket(const char *interface) {
    // No protocol until it is bound: before that it would receive from every interface.
    int packets = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (packets < 0) return -errno;
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP), .sll_ifindex = (int)if_nametoindex(interface)};
    if (address.sll_ifindex == 0 || bind(packets, (struct sockaddr *)&address, sizeof address) < 0) {
        int error = errno;
        close(packets);
        return -error;
    }
    return packets;
}

struct visit {
    int space;
    const char *interface; // NULL: a UDP socket to host and port
    uint32_t host;
    uint16_t port;
    int answer;
};

static void *visit_namespace(void *argument) {
    struct visit *visit = argument;
    if (setns(visit->space, CLONE_NEWNET) < 0) {
        visit->answer = -errno;
    } else {
        visit->answer = visit->interface ? packet_socket(visit->interface) : connected_socket(visit->host, visit->port);
    }
    return NULL;
}

static int socket_in_namespace(pid_t pid, struct visit visit) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/ns/net", (int)pid);
    visit.space = open(path, O_RDONLY | O_CLOEXEC);
    visit.answer = -EIO;
    if (visit.space < 0) return -errno;
    pthread_t thread;
    int error = pthread_create(&thread, NULL, visit_namespace, &visit);
    if (error == 0) pthread_join(thread, NULL);
    close(visit.space);
    return error == 0 ? visit.answer : -error;
}

int csys_udp(pid_t pid, uint32_t host, uint16_t port) { return socket_in_namespace(pid, (struct visit){.host = host, .port = port}); }

int csys_packets(pid_t pid, const char *interface) { return socket_in_namespace(pid, (struct visit){.interface = interface}); }

static void *leave_namespaces(void *answer) {
    *(int *)answer = unshare(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID) < 0 ? -errno : 0;
    return NULL;
}

int csys_may_unshare(void) {
    int answer = -EIO;
    pthread_t thread;
    int error = pthread_create(&thread, NULL, leave_namespaces, &answer);
    if (error == 0) pthread_join(thread, NULL);
    return error == 0 ? answer : -error;
}

int csys_terminal_columns(int descriptor) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -errno;
    return size.ws_col;
}

int csys_pipe(int *reading, int *writing) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    *reading = ends[0];
    *writing = ends[1];
    return 0;
}

static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t interruption_event = -1;

static void on_interruption(int signal) {
    (void)signal;
    if (interrupted) _exit(130);
    interrupted = 1;
    int error = errno;
    // Nothing can be done where it fails, and the second signal works all the same.
    (void)!write(interruption_event, &(uint64_t){1}, sizeof(uint64_t));
    errno = error;
}

static void set_handler(int signal, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    struct sigaction old;
    if (sigaction(signal, NULL, &old) == 0 && old.sa_handler != SIG_IGN) sigaction(signal, &action, NULL);
}

// Not ignored: that would be handed on to programs.
static void on_broken_pipe(int signal) { (void)signal; }

void csys_survive_broken_pipes(void) { set_handler(SIGPIPE, on_broken_pipe); }

static void set_interruptions(void (*handler)(int)) {
    set_handler(SIGINT, handler);
    set_handler(SIGTERM, handler);
}

int csys_catch_interruptions(void) {
    // Never closed: a handler may still be at work on another thread.
    if (interruption_event < 0) interruption_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (interruption_event < 0) return -errno;
    interrupted = 0;
    set_interruptions(on_interruption);
    return interruption_event;
}

void csys_release_interruptions(void) { set_interruptions(SIG_DFL); }

int csys_never_block(int descriptor) { return result(fcntl(descriptor, F_SETFL, O_NONBLOCK)); }

const char *csys_error_text(int error) {
    const char *text = strerrordesc_np(error);
    return text ? text : "unknown error";
}

const char *csys_error_name(int error) {
    const char *name = strerrorname_np(error);
    return name ? name : "unknown";
}

int csys_limit_heaps(int count) { return mallopt(M_ARENA_MAX, count) == 1 ? 0 : -EINVAL; }
