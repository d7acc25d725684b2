public import Addressing
public import Diagnostics

/// A self-contained place: its segments, what stands there, and who serves it.
public struct Site: Sendable {
    /// The folder's name under `sites/`, which `site.name` repeats.
    public var name: String
    /// What the key `site` says; nil when it is missing, which is an error already reported.
    public var settings: SiteSettings?
    /// The segments, by name.
    public var segments: [Segment] = []
    /// Hosts that only this site knows.
    public var hosts: [HostIdentity] = []
    /// Where hosts stand, by host.
    public var bindings: [Binding] = []
    /// The services, by name.
    public var services: [Service] = []
    /// Records that are neither host nor service, by owner.
    public var records: [OwnerRecords] = []
    /// The firewall; nil: the site declares none.
    public var firewall: Firewall?

    /// Makes an empty site.
    public init(name: String) { self.name = name }
}

/// What the key `site` says.
public struct SiteSettings: Sendable {
    /// Where the key stands.
    public var span: SourceSpan
    /// The site's name.
    public var name: Located<String>
    /// The site's domain.
    public var domain: Located<DomainName>
    /// The prefixes that the site may use.
    public var blocks: [Located<Prefix>]
    /// The host that applies at this site; nil: the bootstrap host.
    public var controller: Located<String>?
    /// The segment whose interfaces are published in the management zone.
    public var managementSegment: Located<String>?
    /// Who serves the site in each mode.
    public var authority: Authority
    /// What the site's DNS does beside its own zones.
    public var dns: DNSSettings
    /// DHCP defaults of the site.
    public var dhcp: DHCPSettings
    /// Network boot; nil: none is offered.
    public var netboot: Netboot?
}

/// Settings of a site's resolver.
public struct DNSSettings: Sendable {
    /// Where questions about other zones go; empty: nowhere.
    public var upstreams: [Located<IPAddress>] = []
    /// How long answers may be kept.
    public var ttlSeconds: UInt32 = 300
}

/// What DHCP clients are told unless their segment says otherwise.
public struct DHCPSettings: Sendable {
    /// The lease time.
    public var leaseSeconds: UInt32 = 43_200
    /// Time servers: addresses, or services of the site.
    public var ntp: [Located<ServerReference>] = []
    /// Search domains beside the site's own.
    public var search: [Located<DomainName>] = []
}

/// A server given by address, or by a service of the site.
public enum ServerReference: Sendable, Equatable {
    case address(IPAddress)
    case service(String)
}

/// Network boot at a site.
public struct Netboot: Sendable {
    /// Which clients are given a boot file.
    public enum Clients: String, Sendable, CaseIterable {
        /// Hosts whose lifecycle is `provisioning`: nothing ever installs by default.
        case provisioning
        /// Every host with a reservation.
        case reserved
        /// Everyone who asks.
        case all
    }

    /// Where the key stands.
    public var span: SourceSpan
    /// Which clients are given a boot file.
    public var clients: Clients
    /// The directory that TFTP serves.
    public var root: String
    /// Boot files by client architecture.
    public var files: [BootArchitecture: Located<String>]
    /// What iPXE loads next: a service of the site, and a path on it.
    public var chain: Chain?

    /// The script that iPXE loads, by service name.
    public struct Chain: Sendable {
        /// The service that serves it over HTTP.
        public var service: Located<String>
        /// The path on that service, starting with `/`.
        public var path: Located<String>
    }
}

/// A client architecture as DHCP option 93 announces it (RFC 4578, IANA "Processor Architecture Types").
public enum BootArchitecture: String, Sendable, CaseIterable, Comparable {
    /// BIOS: 0.
    case bios
    /// UEFI on x86-64: 7 and 9.
    case uefiX64 = "uefi-x64"
    /// UEFI on 64-bit ARM: 11.
    case uefiARM64 = "uefi-arm64"

    /// The values of option 93 that mean this architecture.
    public var types: [UInt16] {
        switch self {
        case .bios: [0]
        case .uefiX64: [7, 9]
        case .uefiARM64: [11]
        }
    }

    /// Orders by the lowest type.
    public static func < (a: BootArchitecture, b: BootArchitecture) -> Bool { a.types[0] < b.types[0] }
}
