import Addressing
import Diagnostics
import InventorySchema
import Planning
import Targets
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

@Suite struct DesiredTests {
    private let provider = DnsmasqProvider(now: { 0 })

    private func states(_ graph: SiteGraph, _ placement: Placement? = nil) -> [DnsmasqState] {
        provider.desired(graph, placement ?? graph.placements[0]).resources.map(\.state)
    }

    private func keys(_ states: [DnsmasqState], _ kind: DnsmasqKind) -> [String] { states.filter { $0.kind == kind }.map(\.key) }

    private func findings(_ change: (inout SiteGraph) throws -> Void) throws -> [Diagnostic] {
        var graph = try Sample.graph()
        try change(&graph)
        return provider.check(graph, graph.placements[0])
    }

    @Test func `DNS alone asks for nothing of DHCP or TFTP`() throws {
        let found = states(try Sample.graph(), Sample.placement([.dns]))
        #expect(Set(found.map(\.kind)) == [.setting, .zone, .host, .alias, .record, .service])
        #expect(!keys(found, .setting).contains { $0.hasPrefix("dhcp") || $0.contains("tftp") })
    }

    @Test func `DHCP alone switches DNS off, and has no marks to ask for`() throws {
        let found = states(try Sample.graph(), Sample.placement([.dhcp, .tftp]))
        #expect(found.contains(.setting(.number(.port, 0))))
        #expect(Set(found.map(\.kind)) == [.setting, .range, .option, .boot, .reservation, .service])
        #expect(found.contains(.service(RunningService(unit: "deevnet-dnsmasq@lab", configuration: .unaskable, reloadable: .unaskable))))
    }

    @Test func `only segments that are served are listened on and leased in`() throws {
        let found = states(try Sample.graph(), Sample.placement(segments: [1]))
        #expect(keys(found, .setting).filter { $0.hasPrefix("interface") } == ["interface.eth1.10"])
        #expect(keys(found, .range) == ["trusted.ipv4"])
        #expect(keys(found, .reservation).isEmpty)
    }

    @Test func `without network boot TFTP stays off`() throws {
        var graph = try Sample.graph()
        graph.netboot = nil
        let found = states(graph)
        #expect(keys(found, .boot).isEmpty)
        #expect(!keys(found, .setting).contains("enable-tftp"))
    }

    @Test func `only hosts that may install are armed`() throws {
        #expect(keys(states(try Sample.graph()), .boot).filter { $0.hasPrefix("armed") } == ["armed.02:de:00:02:00:02"])
        for clients in [Netboot.Clients.reserved, .all] {
            var graph = try Sample.graph()
            graph.netboot?.clients = clients
            #expect(!keys(states(graph), .boot).contains { $0.hasPrefix("armed") })
        }
    }

    @Test(arguments: [
        (Netboot.Clients.provisioning, "tag:client-netboot,"), (.reserved, "tag:known,"), (.all, ""),
    ])
    func `a boot file is given on condition`(_ clients: Netboot.Clients, _ condition: String) throws {
        let path = try #require(PathText("a"))
        #expect(BootRule.file(.bios, path, clients).line == "dhcp-boot=tag:arch-bios,tag:!client-ipxe,\(condition)a")
    }

    @Test func `the process is desired with the marks of the files`() throws {
        let graph = try Sample.graph()
        let desired = provider.desired(graph, graph.placements[0])
        let files = DnsmasqFiles(site: "lab", servesDNS: true).render(desired)
        let conf = String(decoding: files[0].bytes, as: UTF8.self)
        guard case .service(let service)? = desired.resources.map(\.state).last(where: { $0.kind == .service }) else {
            Issue.record("no service is desired")
            return
        }
        #expect(conf.contains("txt-record=static.loaded.deevnet.invalid,\"\(service.configuration)\"\n"))
        #expect(String(decoding: files[1].bytes, as: UTF8.self).contains("\n\(service.reloadable) reloadable.loaded.deevnet.invalid\n"))
    }

    @Test func `a change of a reservation moves the reloadable mark alone`() throws {
        func marks(_ graph: SiteGraph) -> (RunningService.Mark, RunningService.Mark)? {
            for case .service(let service) in states(graph) { return (service.configuration, service.reloadable) }
            return nil
        }
        var graph = try Sample.graph()
        let before = try #require(marks(graph))
        graph.reservations[0].mac = try MACAddress("02:de:00:02:00:09")
        let after = try #require(marks(graph))
        #expect(before.0 == after.0)
        #expect(before.1 != after.1)
    }

    @Test func `an address that only one name has gets it as its reverse name`() throws {
        var graph = try Sample.graph()
        graph.pointers = []
        let reverse = states(graph).compactMap { state -> String? in
            guard case .host(let host) = state, !host.reverse.isEmpty else { return nil }
            return "\(host.name) \(host.reverse.map(\.description).joined(separator: " "))"
        }
        #expect(reverse.contains("hv02.lab.example.org 192.0.2.22"))
        // Of several the first in the order of names.
        #expect(reverse.contains("hv01.lab.example.org 192.0.2.21 2001:db8::21"))
    }

    @Test func `two reverse names of one address are both written, because dnsmasq asks its hosts file no more`() throws {
        var graph = try Sample.graph()
        graph.pointers.append(
            Pointer(address: try IPAddress("192.0.2.22"), name: try Sample.name("second.lab.example.org"), subject: .site))
        let found = states(graph).compactMap { state -> String? in
            guard case .record(let record) = state, case .ptr(let name) = record.content, record.owner.description.hasPrefix("22.") else {
                return nil
            }
            return name.description
        }
        #expect(found.sorted() == ["hv02.lab.example.org", "second.lab.example.org"])
    }

    @Test func `the most leases cover the pools`() throws {
        var graph = try Sample.graph()
        graph.dhcp[0].prefix = try Prefix("10.0.0.0/8")
        graph.dhcp[0].pool = try AddressRange("10.1.0.0-10.1.255.255")
        #expect(states(graph).contains(.setting(.number(.leaseMaximum, 65_538))))
    }

    // MARK: What can't be had

    @Test func `the sample has no finding`() throws { #expect(try findings { _ in } == []) }

    @Test func `an interface without a system name is refused with the key to write`() throws {
        let found = try findings { $0.links[1].device = nil }
        #expect(found.map(\.code) == [.providerUnfit])
        #expect(found.first?.message == "dnsmasq on 'builder-ph01' must listen on interface 'iot', whose system name isn't known")
        #expect(found.first?.mend == "write `device:` at hosts.builder-ph01.interfaces.iot, such as eth1")
        #expect(found.first?.span == Sample.span)
    }

    @Test(arguments: ["eth0 ", "eth0,port=5", "eth*", "lo\n", "../x", "client-ipxe", "segment-x", "averyveryverylongname", ""])
    func `an interface name that could be something else is refused`(_ name: String) throws {
        #expect(try findings { $0.links[1].device = name }.map(\.code) == [.providerUnfit])
    }

    @Test func `a host without an interface in its segments would listen everywhere, and is refused`() throws {
        let found = try findings { $0.placements[0].segments = [] }
        #expect(found.map(\.code) == [.providerUnfit])
    }

    @Test func `an alias out of the site is refused`() throws {
        let found = try findings {
            $0.records.append(
                Record(owner: try Sample.name("x.lab.example.org"), data: .cname(try Sample.name("elsewhere.example.com")), subject: .site))
        }
        #expect(found.map(\.code) == [.notExpressible])
        #expect(found.first?.message.contains("'x.lab.example.org' points at 'elsewhere.example.com'") == true)
    }

    @Test func `two aliases of one name are refused`() throws {
        let found = try findings {
            $0.records.append(
                Record(owner: try Sample.name("pve.lab.example.org"), data: .cname(try Sample.name("hv01.lab.example.org")), subject: .site)
            )
        }
        #expect(found.map(\.message) == ["dnsmasq would have two of alias 'pve.lab.example.org'"])
    }

    @Test func `a record in the zone of the marks is refused`() throws {
        for data in [RecordData.txt("x"), .a(try IPv4Address("192.0.2.9")), .cname(try Sample.name("hv01.lab.example.org"))] {
            let found = try findings {
                $0.records.append(Record(owner: try Sample.name("static.loaded.deevnet.invalid"), data: data, subject: .site))
            }
            #expect(found.map(\.code) == [.notExpressible])
        }
    }

    @Test func `DHCP without TFTP can't name boot files`() throws {
        #expect(try findings { $0.placements[0].roles = [.dns, .dhcp] }.map(\.code) == [.providerUnfit])
        #expect(
            try findings {
                $0.placements[0].roles = [.dns, .dhcp]
                $0.netboot?.files = []
            } == [])
    }

    @Test(arguments: [0, 119, 2_147_483_648] as [UInt32])
    func `a lease time that dnsmasq would change is refused`(_ seconds: UInt32) throws {
        #expect(try findings { $0.dhcp[0].leaseSeconds = seconds }.map(\.code) == [.notExpressible])
    }

    @Test func `a long list of search domains is a line too long`() throws {
        let found = try findings { graph in
            graph.dhcp[0].search = try (0..<60).map { try Sample.name("a-rather-long-name-\($0).example.org") }
        }
        #expect(found.map(\.code) == [.lineTooLong])
    }

    @Test func `IPv6 in DHCP is a warning, since names are published all the same`() throws {
        let found = try findings {
            $0.reservations[0].addresses.append(try IPAddress("2001:db8::21"))
            $0.dhcp.append(
                DHCPService(
                    segment: 1, segmentName: "trusted", prefix: try Prefix("2001:db8::/64"), pool: nil, leaseSeconds: 3_600, routers: [],
                    resolvers: [],
                    domain: $0.domain, search: [], ntp: []))
        }
        #expect(found.map(\.code) == [.notExpressible, .notExpressible])
        #expect(found.allSatisfy { $0.severity == .warning })
    }

    @Test(arguments: ["ignore", "infinite", "12h", "45", "7w", "a,b", "a b", "a\n", "-a", "", "ü"])
    func `a client's name that dnsmasq would read as something else is refused`(_ name: String) throws {
        #expect(try findings { $0.reservations[0].hostName = name }.map(\.code) == [.notExpressible])
    }

    @Test(arguments: ["hv01", "1a", "12hh", "a12h", "x"])
    func `a client's name that is one is taken`(_ name: String) throws {
        #expect(try findings { $0.reservations[0].hostName = name } == [])
    }
}
