public import Addressing

/// A name outside the sites' domains that points at one site's service.
public struct GlobalAlias: Sendable {
    /// The name.
    public var name: Located<DomainName>
    /// The site.
    public var site: Located<String>
    /// The service at that site.
    public var service: Located<String>
}
