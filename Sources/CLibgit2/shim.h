#include <git2.h>
#include "object-guard.h"

/* git_libgit2_opts is variadic, which Swift can't call; one plain function for each option that is used. */

static inline int deevnet_git_set_search_path(int level, const char *path) {
    return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, path);
}

static inline int deevnet_git_set_owner_validation(int enabled) {
    return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

static inline int deevnet_git_set_fsync_gitdir(int enabled) {
    return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, enabled);
}

static inline int deevnet_git_set_caching(int enabled) {
    return git_libgit2_opts(GIT_OPT_ENABLE_CACHING, enabled);
}

static inline int deevnet_git_set_max_object_size(size_t bytes) {
    return git_libgit2_opts(GIT_OPT_SET_PACK_MAX_OBJECT_SIZE, bytes);
}

/* Extensions of the repository format that don't change how objects, references and the index are read. */
static inline int deevnet_git_allow_harmless_extensions(void) {
    const char *names[] = {"worktreeconfig", "preciousobjects", "partialclone"};
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, sizeof(names) / sizeof(names[0]));
}
