/// The system calls that change a target. Reading isn't among them: it can't do harm.
public enum SystemCall: String, Sendable, CaseIterable, Codable {
    /// Makes a directory.
    case mkdirat
    /// Creates a file, or opens one for writing.
    case openat
    /// Sets the final mode, past the umask.
    case fchmod
    /// Reserves space before data is written.
    case fallocate
    /// Writes some bytes.
    case write
    /// Empties the lock file.
    case ftruncate
    /// Waits until a file or directory is on the disk.
    case fsync
    /// Moves a finished file or link into place.
    case renameat
    /// Carries an unchanged file over.
    case linkat
    /// Makes the link that names the live generation.
    case symlinkat
    /// Removes a name.
    case unlinkat
    /// Signals a service.
    case kill
    /// Starts a service.
    case spawn

    /// What it does, for a message: "cannot sync /etc/deevnet".
    var deed: String {
        switch self {
        case .mkdirat: "make the directory"
        case .openat: "create"
        case .fchmod: "set the mode of"
        case .fallocate: "reserve space for"
        case .write: "write"
        case .ftruncate: "empty"
        case .fsync: "sync"
        case .renameat: "move into place"
        case .linkat: "carry over"
        case .symlinkat: "make the link"
        case .unlinkat: "remove"
        case .kill: "signal"
        case .spawn: "start"
        }
    }
}

/// One call that went through a gate.
public struct SystemCallRecord: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Its number, from 1.
    public var number: Int
    /// The call.
    public var call: SystemCall
    /// What it acted on: a path, or a service's name.
    public var path: String

    /// Makes a record.
    public init(number: Int, call: SystemCall, path: String) {
        self.number = number
        self.call = call
        self.path = path
    }

    /// `12 fsync /etc/deevnet`.
    public var description: String { "\(number) \(call.rawValue) \(path)" }
}
