#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>

/* libgit2 1.5 writes past its buffer when a loose object unpacks to more than its header says (odb_loose.c, read_loose_standard). This backend is asked
   before the others: it unpacks such an object piece by piece, refuses one whose size is another or beyond a limit, and leaves the rest to them. */
struct deevnet_git_guard {
    git_odb_backend backend;
    git_odb *plain;
    size_t largest;
};

static inline int deevnet_git_guard_check(struct deevnet_git_guard *guard, const git_oid *id) {
    git_odb_stream *stream = NULL;
    size_t size = 0, total = 0;
    git_object_t type;
    char piece[16384];
    int count, status = git_odb_open_rstream(&stream, &size, &type, guard->plain, id);
    /* Only loose objects have a stream. */
    if (status == GIT_ENOTFOUND) return GIT_PASSTHROUGH;
    if (status < 0) return status;
    if (size <= guard->largest)
        while (total <= size && (count = git_odb_stream_read(stream, piece, sizeof piece)) > 0) total += (size_t)count;
    git_odb_stream_free(stream);
    if (total == size && size <= guard->largest) return GIT_PASSTHROUGH;
    git_error_set_str(GIT_ERROR_ODB, "a loose object is larger than its header says, or than is read");
    return GIT_ERROR;
}

static inline int deevnet_git_guard_read(void **data, size_t *size, git_object_t *type, git_odb_backend *backend, const git_oid *id) {
    (void)data, (void)size, (void)type;
    return deevnet_git_guard_check((struct deevnet_git_guard *)backend, id);
}

static inline int deevnet_git_guard_read_prefix(
    git_oid *found, void **data, size_t *size, git_object_t *type, git_odb_backend *backend, const git_oid *id, size_t length) {
    (void)found, (void)data, (void)size, (void)type;
    struct deevnet_git_guard *guard = (struct deevnet_git_guard *)backend;
    git_oid whole;
    int status = git_odb_exists_prefix(&whole, guard->plain, id, length);
    if (status == GIT_ENOTFOUND) return GIT_PASSTHROUGH;
    return status < 0 ? status : deevnet_git_guard_check(guard, &whole);
}

static inline void deevnet_git_guard_free(git_odb_backend *backend) {
    git_odb_free(((struct deevnet_git_guard *)backend)->plain);
    free(backend);
}

/* Puts the guard before the backends of a database; `objects` is the path of its loose objects. */
static inline int deevnet_git_guard_add(git_odb *database, const char *objects, size_t largest) {
    struct deevnet_git_guard *guard = calloc(1, sizeof *guard);
    if (!guard) return GIT_ERROR;
    int status = git_odb_init_backend(&guard->backend, GIT_ODB_BACKEND_VERSION);
    if (status >= 0) status = git_odb_open(&guard->plain, objects);
    if (status < 0) {
        free(guard);
        return status;
    }
    guard->largest = largest;
    guard->backend.read = deevnet_git_guard_read;
    guard->backend.read_prefix = deevnet_git_guard_read_prefix;
    guard->backend.free = deevnet_git_guard_free;
    /* libgit2's own have priorities 1 and 2. */
    status = git_odb_add_backend(database, &guard->backend, 100);
    if (status < 0) deevnet_git_guard_free(&guard->backend);
    return status;
}
