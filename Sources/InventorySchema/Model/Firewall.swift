public import Addressing
public import Diagnostics

/// Who may talk to whom at a site, by segment.
public struct Firewall: Sendable {
    /// What happens to a packet.
    public enum Action: String, Sendable, CaseIterable {
        case accept, drop, reject
    }

    /// One line of the matrix; the first that matches decides.
    public struct Policy: Sendable {
        /// Where it stands.
        public var span: SourceSpan
        /// Where the packet comes from.
        public var from: [Located<String>]
        /// Where it goes.
        public var to: [Located<String>]
        /// What happens to it.
        public var action: Action
        /// The ports it is for; empty: all.
        public var ports: [Located<TransportPort>]
    }

    /// Where the key stands.
    public var span: SourceSpan
    /// What happens when no policy matches.
    public var defaultAction: Action
    /// Segments that may reach the internet.
    public var internet: [Located<String>]
    /// The matrix, in order.
    public var policies: [Policy]
}
