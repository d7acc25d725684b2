public import Addressing
import InventorySchema

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
