public import Planning
import Targets

/// What a daemon is tried out on before the switch: its staged files, and what it must answer for.
public struct Rehearsal<State: ResourceState>: Sendable {
    /// The directory with the staged files, as programs of the target see it.
    public var staged: String
    /// Everything that is desired.
    public var desired: DesiredSet<State>
    /// What changes: the state that is, and the state that should be; nil where there is none.
    public var changes: [(before: State?, after: State?)]

    /// Makes a rehearsal.
    public init(staged: String, desired: DesiredSet<State>, changes: [(before: State?, after: State?)]) {
        self.staged = staged
        self.desired = desired
        self.changes = changes
    }
}

extension ProviderDeclaration {
    /// Why a provider's changes can't be rehearsed on a target; nil: they can.
    func rehearsalObstacle(on target: any Target) -> String? {
        if let unrehearsed { return unrehearsed }
        guard let rooms = target.rehearsals else { return "\(target.host) has no room for it" }
        return rooms.obstacle()
    }
}
