public import Addressing
public import Diagnostics

/// Where a host is in its life; `docs/reference/lifecycle.md` has the table of what each means.
public enum Lifecycle: String, Sendable, CaseIterable {
    case provisioning, active, standby, maintenance, retired

    /// Whether its names and addresses are published.
    public var publishesRecords: Bool { self != .retired }
    /// Whether its addresses are reserved.
    public var holdsReservations: Bool { self != .retired }
    /// Whether network boot may install it.
    public var mayInstall: Bool { self == .provisioning }
    /// Whether it is expected to answer.
    public var isMonitored: Bool { self == .active }
}

/// Where a host stands at a site, and what it does there.
public struct Binding: Sendable {
    /// The key under `bindings`.
    public var host: Located<String>
    /// Where it is in its life.
    public var lifecycle: Located<Lifecycle>
    /// What is assigned to it.
    public var workloads: [Located<String>]
    /// Whether deevnet may manage it.
    public var isManaged: Bool
    /// Its interfaces, in the order written.
    public var interfaces: [InterfaceBinding]
}

/// Where an interface is attached.
public struct InterfaceBinding: Sendable {
    /// The key under `interfaces`, a label of the host's identity.
    public var label: Located<String>
    /// Whether it carries its segments tagged.
    public var isTrunk: Bool
    /// Whether this interface carries the host's own name.
    public var isPrimary: Bool
    /// Whether the host can be woken through it.
    public var wakesOnLAN: Bool
    /// One attachment, or one for each segment of a trunk.
    public var attachments: [Attachment]
}

/// One interface in one segment.
public struct Attachment: Sendable {
    /// How an interface comes by its addresses.
    public enum Source: Sendable, Equatable {
        /// The addresses that are written.
        case listed
        /// The segment's gateway addresses.
        case gateway
        /// Somebody else's DHCP.
        case dhcp
        /// Router advertisements (RFC 4862).
        case slaac
        /// None.
        case none
    }

    /// Who puts the addresses on the interface.
    public enum Assignment: String, Sendable, CaseIterable {
        /// The host itself.
        case `static`
        /// DHCP, by the interface's MAC.
        case reserved
    }

    /// Where the attachment stands.
    public var span: SourceSpan
    /// The segment; nil for an uplink of which nothing is known.
    public var segment: Located<String>?
    /// How the interface comes by its addresses.
    public var source: Source
    /// The addresses that are written, at most one of each family.
    public var addresses: [Located<IPAddress>]
    /// Who puts them there.
    public var assignment: Assignment
}
