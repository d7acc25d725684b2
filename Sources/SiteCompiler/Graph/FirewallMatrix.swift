public import Addressing
public import Diagnostics
public import InventorySchema

/// Who may talk to whom, by segment name.
public struct FirewallMatrix: Sendable {
    /// What happens when no policy matches.
    public var defaultAction: Firewall.Action
    /// Segments that may reach the internet, by name.
    public var internet: [String]
    /// The policies, in order, one for each pair of segments.
    public var policies: [Policy]

    /// One pair of segments.
    public struct Policy: Sendable {
        /// Where the packet comes from.
        public var from: String
        /// Where it goes.
        public var to: String
        /// What happens to it.
        public var action: Firewall.Action
        /// The ports it is for; empty: all.
        public var ports: [TransportPort]
        /// Where the policy was written.
        public var span: SourceSpan
    }
}
