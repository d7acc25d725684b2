public import Diagnostics
public import InventorySchema
public import Planning
public import SiteCompiler
public import Targets

/// A module that observes and applies one kind of system.
///
/// A provider supplies its states, what they should be, and how to see and make them; everything generic (ordering, journal, locks, rollback
/// across providers, progress, output) is the engine's. A provider is a value without state of its own.
public protocol Provider: Sendable {
    /// Its typed states.
    associatedtype State: ResourceState
    /// The name by which the inventory calls it.
    var name: ProviderName { get }
    /// What it can and can't do, as data.
    var declaration: ProviderDeclaration { get }
    /// Findings that only this provider can make: what it can't express, what it needs.
    func check(_ graph: SiteGraph, _ placement: Placement) -> [Diagnostic]
    /// What should be on one host. Called only when ``check(_:_:)`` found no error.
    func desired(_ graph: SiteGraph, _ placement: Placement) -> DesiredSet<State>
    /// ``check(_:_:)`` and ``desired(_:_:)`` at once, for a provider that makes both in one pass; nothing is desired when an error was found.
    func derive(_ graph: SiteGraph, _ placement: Placement) -> (findings: [Diagnostic], desired: DesiredSet<State>)
    /// What is there: on disk, and running. What can't be read is named in the result, never left out silently.
    func observe(_ placement: Placement, desired: DesiredSet<State>, on target: any Target) async throws(TargetError) -> ObservedSet<State>
    /// What it takes to make a change of a kind live.
    func cost(of action: Action, before: State?, after: State?) -> Cost
    /// How much a change of a kind may upset.
    func risk(of action: Action, before: State?, after: State?) -> Risk
    /// How the desired states come to be: pure.
    func mechanism(_ placement: Placement) -> Mechanism<State>
}

extension Provider {
    /// One after the other.
    public func derive(_ graph: SiteGraph, _ placement: Placement) -> (findings: [Diagnostic], desired: DesiredSet<State>) {
        let findings = check(graph, placement)
        return (findings, findings.contains { $0.severity == .error } ? DesiredSet([]) : desired(graph, placement))
    }
}

/// How a provider's states come to be on a target.
public enum Mechanism<State: ResourceState>: Sendable {
    /// Files of one place that a daemon loads; all files of a target switch together.
    case files(any FileMechanism<State>)
    /// Calls to an appliance, one by one, each with its inverse.
    case calls(any CallMechanism<State>)
}

/// States kept as files of one place. `parse(render(x)) == x`, and `render` gives the same bytes for the same states on any machine.
public protocol FileMechanism<State>: Sendable {
    associatedtype State: ResourceState
    /// The directory it owns.
    var place: Place { get }
    /// The daemon that loads it, named `deevnet-<provider>@<site>` after its place: recovery finds its files by that. Nil: nothing has to be told.
    var service: ServiceUnit? { get }
    /// The files for the states, by name.
    func render(_ desired: DesiredSet<State>) -> [PlaceFile]
    /// The lines that say a state, each with its file; none for what isn't kept in files.
    func lines(of state: State) -> [(file: String, line: String)]
    /// The states in the files; what isn't ours in them comes back as foreign states.
    func parse(_ files: [PlaceFile]) -> ObservedSet<State>
    /// Commands of the daemon's own checker for the files in a directory, run before the switch; each must exit 0.
    func checks(directory: String, files: [PlaceFile]) -> [[String]]
    /// What makes a change from one set of files to another live.
    func activation(from old: [PlaceFile], to new: [PlaceFile]) -> Cost
    /// What is left to do once the daemon has loaded the files, so that they take effect at once; what was done, for people. It undoes nothing
    /// and is never worth a rollback.
    func settle(_ files: [PlaceFile], on target: any Target) async -> [String]
    /// Asks the running daemon whether it has loaded the files and answers; nil when it does, else what is wrong.
    func health(_ files: [PlaceFile], on target: any Target) async -> String?
}

extension FileMechanism {
    /// Most daemons have nothing left to do.
    public func settle(_ files: [PlaceFile], on target: any Target) async -> [String] { [] }
}

/// States kept behind an API that has no transactions.
public protocol CallMechanism<State>: Sendable {
    associatedtype State: ResourceState
    /// The calls that make the differences, in order, each with what undoes it (nil: it can't be undone, and the plan says so).
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

/// What a provider can and can't do.
public struct ProviderDeclaration: Sendable {
    /// What holds when an apply fails half-way.
    public enum Guarantee: String, Sendable {
        /// All or nothing.
        case transaction
        /// Undone unless confirmed.
        case confirmed
        /// Each change by itself.
        case perChange
    }

    /// The roles it can serve.
    public var roles: [Authority.Role]
    /// What holds when an apply fails half-way.
    public var guarantee: Guarantee
    /// What it doesn't do, each with its reason.
    public var limits: [String]

    /// Makes a declaration.
    public init(roles: [Authority.Role], guarantee: Guarantee, limits: [String]) {
        self.roles = roles
        self.guarantee = guarantee
        self.limits = limits
    }
}
