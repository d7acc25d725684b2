public import Addressing
import Diagnostics
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
    /// The records of all zones but the reverse ones, in the order of hosts, services, aliases and other owners.
    public var records: [Record] = []
    /// The records of the reverse zones, in the order of hosts.
    public var pointers: [Pointer] = []
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
    /// Resources whose differences are left as they are by choice, by address.
    public var ignoredDrift: [IgnoredDrift] = []
    /// Where things were written that belong to the site as a whole.
    var siteSpan: SourceSpan?
    var authoritySpan: SourceSpan?
}

extension SiteGraph {
    /// The index of a host in ``hosts``, by name.
    public func host(named name: String) -> Int? {
        var (low, high) = (0, hosts.count)
        while low < high {
            let middle = (low + high) / 2
            if hosts[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low < hosts.count && hosts[low].name == name ? low : nil
    }
}
