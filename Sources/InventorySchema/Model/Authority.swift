public import Diagnostics

/// Who serves DNS, DHCP, TFTP and the gateway at a site: exactly one side at a time.
public struct Authority: Sendable {
    /// The two sides.
    public enum Mode: String, Sendable, CaseIterable {
        /// The builder serves the bootstrap segments.
        case bootstrap
        /// The core router serves everything.
        case production
    }

    /// What can be served.
    public enum Role: String, Sendable, CaseIterable, Comparable {
        case dns, dhcp, tftp, gateway

        /// Orders as declared.
        public static func < (a: Role, b: Role) -> Bool { a.rank < b.rank }
        private var rank: Int {
            switch self {
            case .dns: 0
            case .dhcp: 1
            case .tftp: 2
            case .gateway: 3
            }
        }
    }

    /// One role's server in one mode.
    public struct Server: Sendable {
        /// What it serves.
        public var role: Role
        /// The host.
        public var host: Located<String>
        /// The provider that serves it there.
        public var provider: Located<ProviderName>
    }

    /// Where the key stands.
    public var span: SourceSpan
    /// The side that serves.
    public var mode: Located<Mode>
    /// The bootstrap side's servers.
    public var bootstrap: [Server]
    /// The segments that the bootstrap side serves.
    public var bootstrapSegments: [Located<String>]
    /// The builder's interface that leads out; nil: it has none.
    public var bootstrapUplink: Located<String>?
    /// Where `bootstrap` stands.
    public var bootstrapSpan: SourceSpan?
    /// The production side's servers.
    public var production: [Server]
    /// Where `production` stands.
    public var productionSpan: SourceSpan?

    /// The servers of a mode.
    public func servers(in mode: Mode) -> [Server] { mode == .bootstrap ? bootstrap : production }
}

/// A kind of system that a provider drives.
public enum ProviderName: String, Sendable, CaseIterable {
    case dnsmasq, unbound, kea, nftables
    case bind, nsd, knot, opnsense, vyos
}
