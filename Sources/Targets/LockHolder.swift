/// Who holds a target, for people: the lock itself is the kernel's.
public struct LockHolder: Sendable, Equatable, Codable {
    /// The machine it runs on.
    public var host: String
    /// Its process.
    public var pid: Int32
    /// Its user's name.
    public var user: String
    /// When it took the lock, RFC 3339 in UTC.
    public var since: String
    /// The commit it applies, or "working tree".
    public var revision: String

    /// Makes a holder.
    public init(host: String, pid: Int32, user: String, since: String, revision: String) {
        self.host = host
        self.pid = pid
        self.user = user
        self.since = since
        self.revision = revision
    }
}

/// A held lock; letting go of the value, or dying, frees it.
public protocol TargetLock: AnyObject, Sendable {
    /// Frees the lock now.
    func release()
}
