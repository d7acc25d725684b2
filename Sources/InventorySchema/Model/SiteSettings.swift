public import Addressing
public import Diagnostics

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
