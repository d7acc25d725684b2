public import Addressing
public import Diagnostics
public import InventorySchema

/// What a site should be in one authority mode, with every reference resolved and everything derived. Providers read this and never YAML.
///
/// Lists are sorted, so that the same inventory gives the same graph whatever the order of its files.
public struct SiteGraph: Sendable {
    /// The site's name.
    public var site: String
    /// The site's zone.
    public var domain: DomainName
    /// The site's zone of management names; nil: there is none.
    public var managementZone: DomainName?
    /// The mode this graph was derived for.
    public var mode: Authority.Mode
    /// The host that applies at this site.
    public var controller: String?
    /// The segments, by name.
    public var segments: [GraphSegment] = []
    /// The hosts that stand here, by name.
    public var hosts: [GraphHost] = []
    /// Every interface in every segment; a host's links stand together, in the order of its binding.
    public var links: [Link] = []
    /// The services, by name.
    public var services: [GraphService] = []
    /// The zones served, by apex.
    public var zones: [Zone] = []
    /// The records of all zones, in the order of hosts, services, aliases and other owners.
    public var records: [Record] = []
    /// DHCP on each segment served, by segment.
    public var dhcp: [DHCPService] = []
    /// The reservations of all segments served, by host and interface.
    public var reservations: [Reservation] = []
    /// What network boot offers; nil: nothing.
    public var netboot: NetbootService?
    /// Gateway addresses that the serving side holds beside the host's own, by segment.
    public var heldAddresses: [HeldAddress] = []
    /// Resolvers for everything else.
    public var upstreams: [IPAddress] = []
    /// How long answers may be kept.
    public var ttlSeconds: UInt32 = 300
    /// The firewall by segment; nil: none is declared.
    public var firewall: FirewallMatrix?
    /// Workloads and where they run, by name.
    public var workloads: [WorkloadAssignment] = []
    /// Who does what at this site in this mode, by host and provider.
    public var placements: [Placement] = []
    /// Where things were written that belong to the site as a whole.
    var siteSpan: SourceSpan?
    var authoritySpan: SourceSpan?
}

/// A segment with its names resolved.
public struct GraphSegment: Sendable {
    /// Its name.
    public var name: String
    /// Its tag.
    public var vlan: VLANID?
    /// Its prefixes.
    public var prefixes: [Prefix]
    /// Its gateway's addresses.
    public var gateways: [IPAddress]
    /// Not ours.
    public var isExternal: Bool
    /// Where it was written.
    public var span: SourceSpan
}

/// A host that stands at a site.
public struct GraphHost: Sendable {
    /// Its name.
    public var name: String
    /// The name it had before.
    public var formerly: String?
    /// What kind of machine it is.
    public var form: HostForm
    /// Where it is in its life.
    public var lifecycle: Lifecycle
    /// Whether deevnet may manage it.
    public var isManaged: Bool
    /// Its links, as a range of ``SiteGraph/links``.
    public var links: Range<Int>
    /// The link that carries its own name; nil: none has an address.
    public var primary: Int?
    /// Where its identity and its binding were written.
    public var identitySpan: SourceSpan
    /// Where its binding was written.
    public var bindingSpan: SourceSpan
    /// Whether the identity lies in the site's own folder.
    public var isSiteOwn: Bool
}

/// One interface of a host in one segment.
public struct Link: Sendable {
    /// The host, as an index into ``SiteGraph/hosts``.
    public var host: Int
    /// The interface's label.
    public var label: String
    /// The segment, as an index into ``SiteGraph/segments``; nil for an uplink of which nothing is known.
    public var segment: Int?
    /// The system's name of the interface, with the VLAN's tag on a trunk: `eth1.99`.
    public var device: String?
    /// The hardware address, where it is known.
    public var mac: MACAddress?
    /// The addresses, at most one of each family; empty where somebody else gives them.
    public var addresses: [IPAddress]
    /// Who puts the addresses on the interface.
    public var assignment: Attachment.Assignment
    /// The name under which the addresses are published; nil: they aren't.
    public var name: DomainName?
    /// Whether the link is one of a trunk's.
    public var isTrunk: Bool
    /// Where the attachment was written.
    public var span: SourceSpan
    /// Where the MAC was written.
    public var macSpan: SourceSpan?
}

/// A service and where it ends.
public struct GraphService: Sendable {
    /// Its name.
    public var name: String
    /// Its absolute name.
    public var fullName: DomainName
    /// What its alias points at; nil: nothing (an error already reported, or a parked workload).
    public var target: DomainName?
    /// The host it ends at, as an index into ``SiteGraph/hosts``.
    public var host: Int?
    /// The link whose addresses answer.
    public var link: Int?
    /// The service that it is another name for.
    public var via: String?
    /// The workload that publishes it; nil: it is written under `services`.
    public var workload: String?
    /// Where it was written.
    public var span: SourceSpan
}

/// A zone that the site's DNS answers from its own data alone.
public struct Zone: Sendable, Hashable {
    /// What a zone is for.
    public enum Kind: String, Sendable {
        case site, management, reverse, alias
    }

    /// The apex.
    public var apex: DomainName
    /// What it is for.
    public var kind: Kind
}

/// One record.
public struct Record: Sendable, Hashable {
    /// The owner's absolute name.
    public var owner: DomainName
    /// Type and data.
    public var data: RecordData
    /// What it was derived from.
    public var subject: Subject

    /// Makes a record.
    public init(owner: DomainName, data: RecordData, subject: Subject) {
        self.owner = owner
        self.data = data
        self.subject = subject
    }
}

/// A record's type and data (RFC 1035 §3.3, RFC 3596, RFC 2782).
public enum RecordData: Sendable, Hashable {
    case a(IPv4Address)
    case aaaa(IPv6Address)
    case cname(DomainName)
    case ptr(DomainName)
    case mx(preference: UInt16, exchange: DomainName)
    case txt(String)
    case srv(priority: UInt16, weight: UInt16, port: UInt16, target: DomainName)
    case ns(DomainName)
}

/// What something was derived from; ``SiteGraph/origins(of:)`` tells where that was written.
public enum Subject: Sendable, Hashable {
    case site
    case segment(Int)
    case host(Int)
    case link(Int)
    case service(Int)
    // The rare ones are kept apart, because every record and every desired resource has a subject.
    indirect
        case ownerRecords(String, SourceSpan)
    indirect
        case alias(String, SourceSpan)
}

/// DHCP on one segment.
public struct DHCPService: Sendable, Hashable {
    /// The segment, as an index into ``SiteGraph/segments``.
    public var segment: Int
    /// Its name.
    public var segmentName: String
    /// The prefix that is served.
    public var prefix: Prefix
    /// The range to lease from; nil: reservations only.
    public var pool: AddressRange?
    /// The lease time; `UInt32.max` is for ever.
    public var leaseSeconds: UInt32
    /// The router option.
    public var routers: [IPAddress]
    /// The DNS option.
    public var resolvers: [IPAddress]
    /// The domain option.
    public var domain: DomainName
    /// The search option.
    public var search: [DomainName]
    /// The NTP option.
    public var ntp: [IPAddress]
}

/// A segment's gateway address that a host holds because it serves, not because it is the host's own.
public struct HeldAddress: Sendable, Hashable {
    /// The segment's index.
    public var segment: Int
    /// The link that holds it.
    public var link: Int
    /// The address.
    public var address: IPAddress
}

/// A fixed address for a hardware address.
public struct Reservation: Sendable, Hashable {
    /// The segment's index.
    public var segment: Int
    /// The link's index.
    public var link: Int
    /// `host.label`, or `host.label.segment` on a trunk: unique at the site.
    public var key: String
    /// The hardware address.
    public var mac: MACAddress
    /// The addresses, at most one of each family.
    public var addresses: [IPAddress]
    /// The name that the client is told: the first label of the link's name.
    public var hostName: String
    /// Whether network boot may install the host.
    public var isArmed: Bool
}

/// Network boot, resolved.
public struct NetbootService: Sendable, Hashable {
    /// Who is given a boot file.
    public var clients: Netboot.Clients
    /// The directory that TFTP serves.
    public var root: String
    /// Boot files by client architecture, by architecture.
    public var files: [BootFile]
    /// The URL that iPXE loads next, by name.
    public var chainURL: String?

    /// A boot file for an architecture.
    public struct BootFile: Sendable, Hashable {
        /// The architecture.
        public var architecture: BootArchitecture
        /// The file's path below the root.
        public var path: String
    }
}

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

/// Where a workload runs.
public struct WorkloadAssignment: Sendable {
    /// Its name.
    public var name: String
    /// The hosts it is assigned to here, by name; empty: parked.
    public var hosts: [String]
    /// The services it publishes.
    public var services: [String]
}

/// What one provider does on one host of the site.
public struct Placement: Sendable {
    /// The site.
    public var site: String
    /// The host, as an index into ``SiteGraph/hosts``.
    public var host: Int
    /// The host's name.
    public var hostName: String
    /// The provider.
    public var provider: ProviderName
    /// What it serves, in the order of ``Authority/Role``.
    public var roles: [Authority.Role]
    /// The segments it serves, as sorted indices into ``SiteGraph/segments``.
    public var segments: [Int]
    /// The host's addresses in those segments, the ones it holds because it serves among them.
    public var addresses: [IPAddress]
    /// Where the provider was chosen.
    public var span: SourceSpan

    /// Makes a placement.
    public init(
        site: String, host: Int, hostName: String, provider: ProviderName, roles: [Authority.Role], segments: [Int],
        addresses: [IPAddress] = [],
        span: SourceSpan
    ) {
        self.addresses = addresses
        self.site = site
        self.host = host
        self.hostName = hostName
        self.provider = provider
        self.roles = roles
        self.segments = segments
        self.span = span
    }
}
