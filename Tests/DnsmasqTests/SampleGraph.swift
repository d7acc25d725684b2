import Addressing
import Diagnostics
import InventorySchema
@testable import SiteCompiler

/// A small site in bootstrap mode with something of everything: two segments, three hosts, aliases, records, DHCP and network boot.
enum Sample {
    static let span = SourceSpan(file: FileID(rawValue: 0), line: 1, column: 1)

    static func name(_ text: String) throws -> DomainName { try DomainName(underscored: text) }

    static func graph() throws -> SiteGraph {
        var graph = SiteGraph(
            site: "lab", domain: try name("lab.example.org"), managementZone: try name("lab.mgmt.example.org"), mode: .bootstrap)
        graph.segments = [
            GraphSegment(
                name: "management", prefixes: [try Prefix("192.0.2.0/25")], gateways: [try IPAddress("192.0.2.1")], isExternal: false,
                span: span),
            GraphSegment(name: "trusted", prefixes: [try Prefix("192.0.2.128/25")], gateways: [], isExternal: false, span: span),
        ]
        graph.hosts = [
            host("builder-ph01", links: 0..<2), host("hv01", links: 2..<3), host("hv02", links: 3..<4),
        ]
        graph.links = [
            try link(0, "lan", 0, "eth1.99", "02:de:00:01:00:01", ["192.0.2.1", "2001:db8::1"], "builder-ph01.lab.example.org"),
            try link(0, "iot", 1, "eth1.10", "02:de:00:01:00:01", ["192.0.2.129"], "builder-ph01-iot.lab.example.org"),
            try link(1, "mgmt", 0, "eno1", "02:de:00:02:00:01", ["192.0.2.21", "2001:db8::21"], "hv01.lab.example.org"),
            try link(2, "mgmt", 0, "eno1", "02:de:00:02:00:02", ["192.0.2.22"], "hv02.lab.example.org"),
        ]
        graph.zones = [
            Zone(apex: try name("2.0.192.in-addr.arpa"), kind: .reverse), Zone(apex: try name("lab.example.org"), kind: .site),
            Zone(apex: try name("lab.mgmt.example.org"), kind: .management),
        ]
        graph.records = try records()
        graph.pointers = try pointers()
        graph.dhcp = [
            DHCPService(
                segment: 0, segmentName: "management", prefix: try Prefix("192.0.2.0/25"),
                pool: try AddressRange("192.0.2.100-192.0.2.120"),
                leaseSeconds: 43_200, routers: [try IPAddress("192.0.2.1")], resolvers: [try IPAddress("192.0.2.1")], domain: graph.domain,
                search: [graph.domain], ntp: [try IPAddress("192.0.2.1")]),
            DHCPService(
                segment: 1, segmentName: "trusted", prefix: try Prefix("192.0.2.128/25"), pool: nil, leaseSeconds: .max, routers: [],
                resolvers: [], domain: graph.domain, search: [], ntp: []),
        ]
        graph.reservations = [
            Reservation(
                segment: 0, link: 2, key: "hv01.mgmt", mac: try MACAddress("02:de:00:02:00:01"), addresses: [try IPAddress("192.0.2.21")],
                hostName: "hv01", isArmed: false),
            Reservation(
                segment: 0, link: 3, key: "hv02.mgmt", mac: try MACAddress("02:de:00:02:00:02"), addresses: [try IPAddress("192.0.2.22")],
                hostName: "hv02", isArmed: true),
        ]
        graph.netboot = NetbootService(
            clients: .provisioning, root: "/srv/tftp",
            files: [
                .init(architecture: .bios, path: "undionly.kpxe"), .init(architecture: .uefiX64, path: "x64/ipxe.efi"),
                .init(architecture: .uefiARM64, path: "arm64/ipxe.efi"),
            ],
            chainURL: "http://artifacts.lab.example.org/boot.ipxe")
        graph.upstreams = [try IPAddress("198.51.100.53"), try IPAddress("2001:db8:53::53")]
        graph.placements = [placement()]
        return graph
    }

    static func pointers() throws -> [Pointer] {
        [
            Pointer(address: try IPAddress("192.0.2.21"), name: try name("hv01.lab.example.org"), subject: .link(2)),
            Pointer(address: try IPAddress("192.0.2.22"), name: try name("hv02.lab.example.org"), subject: .link(3)),
            Pointer(address: try IPAddress("192.0.2.77"), name: try name("old.lab.example.org"), subject: .link(3)),
        ]
    }

    static func records() throws -> [Record] {
        func record(_ owner: String, _ data: RecordData, _ link: Int) throws -> Record {
            Record(owner: try name(owner), data: data, subject: .link(link))
        }
        return [
            try record("builder-ph01.lab.example.org", .a(IPv4Address("192.0.2.1")), 0),
            try record("builder-ph01.lab.example.org", .aaaa(IPv6Address("2001:db8::1")), 0),
            try record("builder-ph01-iot.lab.example.org", .a(IPv4Address("192.0.2.129")), 1),
            try record("hv01.lab.example.org", .a(IPv4Address("192.0.2.21")), 2),
            try record("hv01.lab.example.org", .aaaa(IPv6Address("2001:db8::21")), 2),
            // Sorts before the site's name, but the PTR record says the site's.
            try record("a-hv01.lab.mgmt.example.org", .a(IPv4Address("192.0.2.21")), 2),
            try record("hv02.lab.example.org", .a(IPv4Address("192.0.2.22")), 3),
            try record("artifacts.lab.example.org", .cname(name("builder-ph01.lab.example.org")), 0),
            try record("pve.lab.example.org", .cname(name("artifacts.lab.example.org")), 0),
            try record("lab.example.org", .mx(preference: 10, exchange: name("hv01.lab.example.org")), 2),
            try record("lab.example.org", .ns(name("builder-ph01.lab.example.org")), 0),
            try record("lab.example.org", .txt("v=spf1, \"all\" \\ # end"), 0),
            try record("_sip._tcp.lab.example.org", .srv(priority: 1, weight: 2, port: 5060, target: name("hv01.lab.example.org")), 2),
        ]
    }

    static func placement(_ roles: [Authority.Role] = [.dns, .dhcp, .tftp], segments: [Int] = [0, 1]) -> Placement {
        Placement(site: "lab", hostName: "builder-ph01", provider: .dnsmasq, roles: roles, segments: segments, span: span)
    }

    private static func host(_ name: String, links: Range<Int>) -> GraphHost {
        GraphHost(
            name: name, formerly: nil, form: .ph, lifecycle: .active, isManaged: true, links: links, primary: links.lowerBound,
            identitySpan: span,
            bindingSpan: span, isSiteOwn: false)
    }

    private static func link(
        _ host: Int, _ label: String, _ segment: Int, _ device: String?, _ mac: String, _ addresses: [String], _ published: String
    ) throws -> Link {
        Link(
            host: host, label: label, segment: segment, device: device, mac: try MACAddress(mac),
            addresses: try addresses.map { try IPAddress($0) },
            assignment: .static, name: try name(published), isTrunk: false, span: span, macSpan: span)
    }
}
