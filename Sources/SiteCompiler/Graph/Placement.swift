public import Addressing
public import Diagnostics
public import InventorySchema

/// What one provider does on one host of the site.
public struct Placement: Sendable {
    /// The site.
    public var site: String
    /// The host, by name: a placement may be of a host that no graph has any more.
    public var hostName: String
    /// The provider.
    public var provider: ProviderName
    /// What it serves, in the order of ``Authority/Role``.
    public var roles: [Authority.Role]
    /// The segments it serves, as sorted indices into ``SiteGraph/segments``.
    public var segments: [Int]
    /// The host's addresses in those segments, the ones it holds because it serves among them.
    public var addresses: [IPAddress]
    /// Where the provider was chosen; nil: nowhere any more.
    public var span: SourceSpan?

    /// Makes a placement.
    public init(
        site: String, hostName: String, provider: ProviderName, roles: [Authority.Role] = [], segments: [Int] = [],
        addresses: [IPAddress] = [], span: SourceSpan? = nil
    ) {
        self.addresses = addresses
        self.site = site
        self.hostName = hostName
        self.provider = provider
        self.roles = roles
        self.segments = segments
        self.span = span
    }
}
