public import Diagnostics

/// How much a change may upset, the least first.
public enum Risk: String, Sendable, CaseIterable, Comparable {
    /// One record, one reservation.
    case routine
    /// What many things stand on: a pool, a zone, an option of a segment.
    case structural
    /// Somebody may notice an interruption.
    case disruptive
    /// Who serves changes.
    case authority
    /// Something goes away that can't be made again from the inventory alone.
    case destructive

    /// Orders by gravity.
    public static func < (a: Risk, b: Risk) -> Bool { a.rank < b.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What it takes to make a change live, the cheapest first.
public enum Cost: String, Sendable, CaseIterable, Comparable {
    /// Nothing has to be told.
    case live
    /// The service reads its files again and keeps what it knows.
    case reload
    /// The service ends and starts.
    case restart

    /// Orders by price.
    public static func < (a: Cost, b: Cost) -> Bool { a.rank < b.rank }
    private var rank: Int { self == .live ? 0 : self == .reload ? 1 : 2 }
}

/// An attribute that changes.
public struct AttributeChange: Hashable, Sendable {
    /// The attribute's name.
    public var name: String
    /// The value found; nil for a create.
    public var before: String?
    /// The value wanted; nil for a delete.
    public var after: String?
}

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

/// What else a change touches.
public struct BlastRadius: Hashable, Sendable {
    /// Services that end at the thing that changes, by name.
    public var services: [String]
    /// Names published on the same host, by name.
    public var names: [String]

    /// Makes a blast radius.
    public init(services: [String] = [], names: [String] = []) {
        self.services = services
        self.names = names
    }

    /// Whether nothing else is touched.
    public var isEmpty: Bool { services.isEmpty && names.isEmpty }
}

/// One create, update, replace or delete with its reason.
public struct Change: Sendable, Hashable {
    /// The resource.
    public var address: ResourceAddress
    /// What is done to it.
    public var action: Action
    /// What changes of it.
    public var attributes: [AttributeChange]
    /// Why it differs.
    public var reason: Reason
    /// The facts it follows from, the nearest first.
    public var causes: [Cause]
    /// What else it touches.
    public var blastRadius: BlastRadius
    /// How much it may upset.
    public var risk: Risk
    /// What it takes to make it live.
    public var cost: Cost
}
