import Diagnostics
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

    /// Takes resources that are sorted and each there once: who gathers them in that order needn't have it looked at again.
    @inlinable
    public init(sorted resources: [Desired<State>]) {
        assert(Self.firstOutOfOrder(resources) == nil)
        self.resources = resources
    }

    /// The resource with a state's kind and key.
    func first(like state: State) -> Desired<State>? {
        var (low, high) = (0, resources.count)
        while low < high {
            let middle = (low + high) / 2
            if State.precedes(resources[middle].state, state) { low = middle + 1 } else { high = middle }
        }
        guard low < resources.count, !State.precedes(state, resources[low].state) else { return nil }
        return resources[low]
    }

    /// The index of the first resource that doesn't stand after the one before it.
    @inlinable static func firstOutOfOrder(_ resources: [Desired<State>]) -> Int? {
        resources.indices.dropFirst().first { !State.precedes(resources[$0 - 1].state, resources[$0].state) }
    }
}
