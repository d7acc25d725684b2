/// What is done to a resource. `replace` is one thing under another key, as a renamed host's name is; `decommission` is a delete of what only an earlier commit named.
public enum Action: String, Sendable, CaseIterable {
    case create, update, replace, delete, decommission

    /// The place among the actions.
    var order: Int {
        switch self {
        case .create: 0
        case .update: 1
        case .replace: 2
        case .delete: 3
        case .decommission: 4
        }
    }
}

/// One resource that differs, as indices into the two sorted sets.
public struct Difference: Sendable, Hashable {
    /// What is to be done.
    public var action: Action
    // Twelve bytes: a plan has as many differences as resources that change. -1 stands for none.
    private let desiredIndex: Int32
    private let observedIndex: Int32

    /// Makes a difference.
    public init(action: Action, desired: Int?, observed: Int?) {
        self.action = action
        desiredIndex = Int32(desired ?? -1)
        observedIndex = Int32(observed ?? -1)
    }

    /// The index of the desired resource; nil for a delete.
    public var desired: Int? { desiredIndex < 0 ? nil : Int(desiredIndex) }
    /// The index of the observed resource; nil for a create.
    public var observed: Int? { observedIndex < 0 ? nil : Int(observedIndex) }
}

/// Compares two sorted sets in one pass (a merge): what is only desired is created, what is only observed is deleted where it isn't kept by its
/// ownership, and what is in both and differs is updated. Of a kind that wasn't read completely nothing is created or deleted.
@inlinable
public func differences<State>(desired: DesiredSet<State>, observed: ObservedSet<State>) -> [Difference] {
    var result: [Difference] = []
    let (want, have) = (desired.resources, observed.resources)
    // Almost always so; then no resource's kind is asked for.
    let isAllComplete = State.Kind.allCases.allSatisfy { observed.isComplete($0) }
    var (i, j) = (0, 0)
    while i < want.count || j < have.count {
        if j == have.count || (i < want.count && State.precedes(want[i].state, have[j])) {
            if isAllComplete || observed.isComplete(want[i].state.kind) {
                result.append(Difference(action: .create, desired: i, observed: nil))
            }
            i += 1
        } else if i == want.count || State.precedes(have[j], want[i].state) {
            if isAllComplete || observed.isComplete(have[j].kind), have[j].kind.ownership != .keep {
                result.append(Difference(action: .delete, desired: nil, observed: j))
            }
            j += 1
        } else {
            if want[i].state != have[j] { result.append(Difference(action: .update, desired: i, observed: j)) }
            i += 1
            j += 1
        }
    }
    return result
}
