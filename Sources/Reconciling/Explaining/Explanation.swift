public import Diagnostics
public import Planning
public import SiteCompiler

/// What follows from one thing of the inventory: where it was written, what it became, what stands on it, and what would be without it.
public struct Explanation: Sendable {
    /// What the thing is: `host hv01 at site dvntm: hypervisor, active`.
    public var title: String
    /// Where it was written.
    public var origins: [Origin]
    /// What providers have because of it, by address.
    public var resources: [Line]
    /// Services and names that end at it.
    public var dependents: [String]
    /// What would change without it.
    public var absence: Absence

    /// A resource with the lines that say it.
    public struct Line: Sendable {
        /// The resource.
        public var address: ResourceAddress
        /// What it says.
        public var attributes: [Attribute]
        /// The file and line it is rendered as; empty for what isn't in a file.
        public var rendered: [(file: String, line: String)]
    }

    /// What would change if the thing had never been written: found by compiling the inventory without it.
    public enum Absence: Sendable {
        /// Nothing can be taken away to find out, for a reason.
        case unknown(String)
        /// The inventory would be refused: the errors it would have.
        case refused([Diagnostic])
        /// What would be done to resources, by address; empty: nothing would change on a target. Providers that there aren't yet are named,
        /// since what they would change isn't known.
        case changes([(action: Action, address: ResourceAddress)], unplanned: [String])
    }
}
