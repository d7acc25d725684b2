public import Planning
import SiteCompiler
public import Targets

/// States kept behind an API that has no transactions.
public protocol CallMechanism<State>: Sendable {
    associatedtype State: ResourceState
    /// The calls that make the differences, which come in the order in which they must be made, each with what undoes it (nil: it can't be undone, and the plan says so).
    func calls(_ differences: [Difference], desired: DesiredSet<State>, observed: ObservedSet<State>) -> [UndoableCall]
}

/// A call and its inverse.
public struct UndoableCall: Sendable, Hashable {
    /// The call.
    public var call: ApplianceCall
    /// What undoes it; for a create the id is filled in from the answer. Nil: it can't be undone.
    public var inverse: ApplianceCall?

    /// Makes a call with its inverse.
    public init(_ call: ApplianceCall, inverse: ApplianceCall?) {
        self.call = call
        self.inverse = inverse
    }
}
