public import Diagnostics
public import InventorySchema

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
    /// What happened to all that stands at the path, where it came or went as a whole.
    public var presence: FactChange.Presence?

    /// Makes a cause.
    public init(path: String, span: SourceSpan?, before: String? = nil, after: String? = nil, presence: FactChange.Presence? = nil) {
        self.path = path
        self.span = span
        self.before = before
        self.after = after
        self.presence = presence
    }
}

extension Cause {
    init(_ fact: FactChange) {
        self.init(path: fact.path, span: fact.span, before: fact.before, after: fact.after, presence: fact.presence)
    }

    /// Whether it is a fact that changed.
    var isChange: Bool { before != nil || after != nil || presence != nil }
}
