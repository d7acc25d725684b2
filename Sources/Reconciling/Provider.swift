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
    /// The same with what follows from the other resources derived from those that it has now.
    func deriveAgain(_ desired: DesiredSet<State>) -> DesiredSet<State>
    /// What it takes to make a change of a kind live.
    func cost(of action: Action, before: State?, after: State?) -> Cost
    /// How much a change of a kind may upset.
    func risk(of action: Action, before: State?, after: State?) -> Risk
    /// How the desired states come to be: pure.
    func mechanism(_ placement: Placement) -> Mechanism<State>
}

extension Provider {
    /// For providers of whose resources none follows from others.
    public func deriveAgain(_ desired: DesiredSet<State>) -> DesiredSet<State> { desired }

    /// One after the other.
    public func derive(_ graph: SiteGraph, _ placement: Placement) -> (findings: [Diagnostic], desired: DesiredSet<State>) {
        let findings = check(graph, placement)
        return (findings, findings.contains { $0.severity == .error } ? DesiredSet([]) : desired(graph, placement))
    }
}
