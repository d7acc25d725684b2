internal import Glibc

/// How many files this process may have open (RLIMIT_NOFILE, getrlimit(2)).
enum OpenFileLimit {
    /// What running a program takes, with room for all that is open meanwhile.
    static let needed: rlim_t = 64

    /// Raises the limit where it is too low and may be raised; throws `failed(EMFILE)` where it may not.
    ///
    /// Asked before a program is run: a process that has no descriptor left when its child ends doesn't hear of it and waits for ever.
    static func ensure() throws(TargetError) {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < needed else { return }
        limit.rlim_cur = min(needed, limit.rlim_max)
        guard limit.rlim_cur >= needed, unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw TargetError(
                .failed(errno: EMFILE),
                "at most \(limit.rlim_max) files may be open, and running a program takes \(needed) (getrlimit, EMFILE)",
                mend: SystemError.mend(for: EMFILE, path: ""))
        }
    }
}
