public import Planning
import SiteCompiler
import Targets

/// How a provider's states come to be on a target.
public enum Mechanism<State: ResourceState>: Sendable {
    /// Files of one place that a daemon loads; all files of a target switch together.
    case files(any FileMechanism<State>)
    /// Calls to an appliance, one by one, each with its inverse.
    case calls(any CallMechanism<State>)
}
