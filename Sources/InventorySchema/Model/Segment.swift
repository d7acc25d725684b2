public import Addressing
public import Diagnostics

/// An isolated broadcast domain of a site.
public struct Segment: Sendable {
    /// The key under `segments`.
    public var name: Located<String>
    /// The 802.1Q tag that carries it; nil: untagged only.
    public var vlan: Located<VLANID>?
    /// Its prefixes, at most one of each family.
    public var prefixes: [Located<Prefix>]
    /// The gateway's addresses, at most one of each family.
    public var gateways: [Located<IPAddress>]
    /// DHCP in production.
    public var dhcp: SegmentDHCP?
    /// DHCP while the bootstrap side serves; nil: as in production.
    public var bootstrapDHCP: SegmentDHCP?
    /// Not ours: outside the site's blocks, never served by us.
    public var isExternal: Bool
    /// What it is for.
    public var description: String?
}

/// DHCP on a segment.
public struct SegmentDHCP: Sendable {
    /// Who is given an address.
    public enum Mode: String, Sendable, CaseIterable {
        /// Nobody.
        case none
        /// Hosts with a reservation.
        case reservations
        /// Hosts with a reservation, and anyone from the pool.
        case pool
    }

    /// Where the key stands.
    public var span: SourceSpan
    /// Who is given an address.
    public var mode: Located<Mode>
    /// The range to lease from.
    public var pool: Located<AddressRange>?
    /// The lease time; nil: the site's.
    public var leaseSeconds: UInt32?
    /// Time servers; nil: the site's.
    public var ntp: [Located<ServerReference>]?
    /// Resolvers; nil: who serves DNS on this segment.
    public var dns: [Located<ServerReference>]?
}
