public import Diagnostics
public import SiteCompiler

/// A resource that should be, and what of the inventory it was derived from.
public struct Desired<State: ResourceState>: Sendable {
    /// The state.
    public var state: State
    /// What it was derived from.
    public var subject: Subject

    /// Makes a desired resource.
    @inlinable
    public init(_ state: State, from subject: Subject) {
        self.state = state
        self.subject = subject
    }
}

/// Everything that one provider should have on one host, sorted by kind and key, each key once.
public struct DesiredSet<State: ResourceState>: Sendable {
    /// The resources, sorted.
    public let resources: [Desired<State>]

    /// Sorts the resources. Two of one kind and key are a mistake of the provider, not of the inventory.
    @inlinable
    public init(_ resources: [Desired<State>]) {
        if Self.firstOutOfOrder(resources) == nil {
            self.resources = resources
            return
        }
        let sorted = resources.sorted { State.precedes($0.state, $1.state) }
        if let index = Self.firstOutOfOrder(sorted) {
            preconditionFailure(
                "two desired resources \(sorted[index].state.kind.rawValue)/\(sorted[index].state.key)")
        }
        self.resources = sorted
    }

    /// The index of the first resource that doesn't stand after the one before it.
    @inlinable static func firstOutOfOrder(_ resources: [Desired<State>]) -> Int? {
        resources.indices.dropFirst().first { !State.precedes(resources[$0 - 1].state, resources[$0].state) }
    }
}

/// What was found on a target: on disk and running. Deletes can be made only of kinds that were observed completely.
public struct ObservedSet<State: ResourceState>: Sendable {
    /// The resources found, sorted.
    public let resources: [State]
    /// What could not be read, with the reason, by kind; a kind that is named here neither gains nor loses anything.
    public let unread: [State.Kind: String]
    /// Kinds that can't exist on this target, with the reason: a dry tree runs no service.
    public let inapplicable: [State.Kind: String]
    /// Things worth telling that are no resources, such as a lease that stands in the way.
    public let remarks: [Remark]

    /// Something seen on the target that bears on a resource.
    public struct Remark: Sendable {
        /// The resource it bears on.
        public var kind: State.Kind
        /// Its key.
        public var key: String
        /// The finding's code.
        public var code: DiagnosticCode
        /// What was seen, and what follows.
        public var message: String
        /// What to do.
        public var mend: String?

        /// Makes a remark.
        public init(kind: State.Kind, key: String, code: DiagnosticCode, message: String, mend: String? = nil) {
            self.kind = kind
            self.key = key
            self.code = code
            self.message = message
            self.mend = mend
        }
    }

    /// Sorts what was found. Of two with one kind and key the first is kept: a target may hold what we would never write.
    @inlinable
    public init(
        _ resources: [State], unread: [State.Kind: String] = [:], inapplicable: [State.Kind: String] = [:], remarks: [Remark] = []
    ) {
        var unique: [State] = []
        unique.reserveCapacity(resources.count)
        for state in resources.sorted(by: State.precedes) {
            if let last = unique.last, !State.precedes(last, state) { continue }
            unique.append(state)
        }
        self.resources = unique
        self.unread = unread
        self.inapplicable = inapplicable
        self.remarks = remarks
    }

    /// Whether everything of a kind was read.
    public func isComplete(_ kind: State.Kind) -> Bool { unread[kind] == nil && inapplicable[kind] == nil }
}
