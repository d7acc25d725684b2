internal import CSystemCalls
internal import Glibc

/// What an errno means, in the system's words and in ours.
enum SystemError {
    /// `ENOSPC`.
    static func name(of errno: Int32) -> String { unsafe String(cString: csys_error_name(errno)) }

    /// `No space left on device`.
    static func text(of errno: Int32) -> String { unsafe String(cString: csys_error_text(errno)) }

    /// What to do about it, where we know.
    static func mend(for errno: Int32, path: String) -> String? {
        switch errno {
        case ENOSPC: "free some space (and inodes: df -h, df -i) on the file system of \(path)"
        case EDQUOT: "raise the quota, or free some of it, on the file system of \(path)"
        case EROFS: "find out why the file system of \(path) is read-only (dmesg), then remount it writable"
        case EACCES, EPERM: "run as the user who owns the directory, on a real machine as root"
        case EMFILE: "raise the limit of open files (ulimit -n)"
        case EIO: "the disk or its driver failed; look at dmesg before anything else"
        case ELOOP: "a symbolic link stands in the way; put what it points to in its place"
        case ENOTDIR: "something that isn't a directory stands in the way; move it away"
        default: nil
        }
    }
}

extension TargetError {
    /// A system call's failure: `cannot sync /etc/deevnet: Input/output error (fsync, EIO)`.
    static func system(_ errno: Int32, _ call: SystemCall, _ path: String) -> TargetError {
        system(errno, deed: call.deed, call: call.rawValue, path)
    }

    /// A failure of a call that only reads, or of one that isn't in the gate.
    static func system(_ errno: Int32, deed: String, call: String, _ path: String) -> TargetError {
        let message = "cannot \(deed) \(path): \(SystemError.text(of: errno)) (\(call), \(SystemError.name(of: errno)))"
        let isShape = errno == ELOOP || errno == ENOTDIR || errno == EISDIR
        return TargetError(isShape ? .unexpectedShape : .failed(errno: errno), message, mend: SystemError.mend(for: errno, path: path))
    }

    /// The same failure, told of something that is already in place.
    var afterTheSwitch: TargetError {
        guard case .failed(let errno) = kind else { return self }
        return TargetError(
            .visibleNotDurable(errno: errno), "\(message); the change is visible but may not survive a power cut", mend: mend)
    }
}
