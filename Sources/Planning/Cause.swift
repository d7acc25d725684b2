public import Diagnostics

/// Why a resource differs.
public enum Reason: String, Sendable {
    /// The inventory changed since it was last applied.
    case inventory
    /// The inventory didn't change; the world did.
    case drift
    /// Nothing was applied here before, or it isn't known what.
    case first
}

/// A fact of the inventory that changed, or under which unchanged facts are gathered.
public struct Cause: Hashable, Sendable {
    /// The path of the fact's key: `hosts.hv01.interfaces.mgmt.mac`.
    public var path: String
    /// Where it stands; nil when it is gone.
    public var span: SourceSpan?
    /// The value before, where the fact is one value that changed.
    public var before: String?
    /// The value now.
    public var after: String?

    /// Makes a cause.
    public init(path: String, span: SourceSpan?, before: String? = nil, after: String? = nil) {
        self.path = path
        self.span = span
        self.before = before
        self.after = after
    }
}
