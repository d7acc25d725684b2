import Addressing
import Diagnostics
import InventorySchema
import SiteCompiler
import TestSupport
import Testing

/// What follows from the sample inventory.
@Suite struct GraphTests {
    private func lab(_ mode: Authority.Mode) async throws -> SiteGraph {
        try #require(await SampleInventory.base.compiled(mode: mode).compilation.graph(of: "lab"))
    }

    @Test func `names, aliases and reverse names follow from the bindings`() async throws {
        let graph = try await lab(.bootstrap)
        #expect(
            graph.records.map { "\($0.owner) \(describe($0.data))" } == [
                "builder-ph01.lab.example.org A 10.1.99.5",
                "builder-ph01.lab.mgmt.example.org A 10.1.99.5",
                "core-rt01.lab.example.org A 10.1.99.1",
                "core-rt01.lab.mgmt.example.org A 10.1.99.1",
                "core-rt01-trusted.lab.example.org A 10.1.10.1",
                "core-rt01-trusted.lab.example.org AAAA fd00:1:10::1",
                "core-rt01-iot.lab.example.org A 10.1.25.1",
                "edge-rt01.lab.example.org A 192.0.2.1",
                "hv01.lab.example.org A 10.1.99.21",
                "hv01.lab.mgmt.example.org A 10.1.99.21",
                "hv01-lan.lab.example.org A 10.1.25.21",
                "artifacts.lab.example.org CNAME builder-ph01.lab.mgmt.example.org",
                "dns.lab.example.org CNAME builder-ph01.lab.mgmt.example.org",
                "files.lab.example.org CNAME artifacts.lab.example.org",
                "ntp.lab.example.org CNAME builder-ph01.lab.mgmt.example.org",
                "radio.lab.example.org CNAME hv01.lab.mgmt.example.org",
                "files.example.org CNAME files.lab.example.org",
                "lab.example.org MX 10 mail.lab.example.org",
                "lab.example.org TXT v=spf1 -all",
                "lab.example.org NS builder-ph01.lab.example.org",
                "_sip._udp.lab.example.org SRV 0 0 5060 mail.lab.example.org",
                "mail.lab.example.org A 10.1.25.9",
            ])
        #expect(
            graph.pointers.map { "\($0.address.reverseName) PTR \($0.name)" } == [
                "5.99.1.10.in-addr.arpa PTR builder-ph01.lab.example.org",
                "1.99.1.10.in-addr.arpa PTR core-rt01.lab.example.org",
                "1.10.1.10.in-addr.arpa PTR core-rt01-trusted.lab.example.org",
                "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.1.0.0.0.0.0.d.f.ip6.arpa PTR core-rt01-trusted.lab.example.org",
                "1.25.1.10.in-addr.arpa PTR core-rt01-iot.lab.example.org",
                "21.99.1.10.in-addr.arpa PTR hv01.lab.example.org",
                "21.25.1.10.in-addr.arpa PTR hv01-lan.lab.example.org",
            ])
    }

    @Test func `in production the service of a role moves to who serves it`() async throws {
        let records = try await lab(.production).records.map { "\($0.owner) \(describe($0.data))" }
        #expect(records.contains("dns.lab.example.org CNAME core-rt01.lab.mgmt.example.org"))
        #expect(!records.contains("dns.lab.example.org CNAME builder-ph01.lab.mgmt.example.org"))
    }

    @Test func `bootstrap serves its segments and holds their gateways`() async throws {
        let graph = try await lab(.bootstrap)
        #expect(
            graph.placements.map { "\($0.hostName) \($0.provider.rawValue) \($0.roles.map(\.rawValue))" } == [
                #"builder-ph01 dnsmasq ["dns", "dhcp", "tftp"]"#, #"builder-ph01 nftables ["gateway"]"#,
            ])
        #expect(graph.heldAddresses.map { "\(graph.segments[$0.segment].name) \($0.address)" } == ["management 10.1.99.1"])
        #expect(
            graph.dhcp.map { "\($0.segmentName) \($0.pool.map(\.description) ?? "-") \($0.leaseSeconds)" } == [
                "management 10.1.99.100-10.1.99.200 43200"
            ])
        #expect(graph.dhcp.first?.resolvers.map(\.description) == ["10.1.99.5"])
        #expect(graph.dhcp.first?.ntp.map(\.description) == ["10.1.99.5"])
        #expect(graph.netboot?.chainURL == "http://artifacts.lab.example.org/boot.ipxe")
        #expect(graph.netboot?.files.map(\.path) == ["undionly.kpxe", "snponly.efi"])
    }

    @Test func `production serves every segment with DHCP`() async throws {
        let graph = try await lab(.production)
        #expect(
            graph.placements.map { "\($0.hostName) \($0.provider.rawValue)" } == [
                "core-rt01 kea", "core-rt01 nftables", "core-rt01 unbound",
            ])
        #expect(
            graph.dhcp.map { "\($0.segmentName) \($0.pool.map(\.description) ?? "-") \($0.leaseSeconds)" } == [
                "management - 43200", "trusted 10.1.10.100-10.1.10.200 3600",
            ])
        #expect(graph.heldAddresses.isEmpty)
        #expect(graph.netboot == nil)
    }

    @Test(arguments: Authority.Mode.allCases)
    func `a reserved interface with a known MAC has a reservation`(_ mode: Authority.Mode) async throws {
        let graph = try await lab(mode)
        #expect(
            graph.reservations.map { "\($0.key) \($0.mac) \($0.addresses) \($0.hostName) \($0.isArmed)" } == [
                "hv01.mgmt 02:de:10:01:00:01 [10.1.99.21] hv01 true"
            ])
    }

    @Test func `zones are the site's, its management zone and its reverse zones, and an alias is none`() async throws {
        let zones = try await lab(.bootstrap).zones
        #expect(
            Set(zones.filter { $0.kind != .reverse }.map(\.apex.description)) == [
                "lab.example.org", "lab.mgmt.example.org",
            ])
        #expect(
            Set(zones.filter { $0.kind == .reverse }.map(\.apex.description)) == [
                "99.1.10.in-addr.arpa", "10.1.10.in-addr.arpa", "25.1.10.in-addr.arpa", "0.0.0.0.0.1.0.0.1.0.0.0.0.0.d.f.ip6.arpa",
            ])
    }

    @Test func `a trunk's interface has the tag in its name`() async throws {
        let graph = try await lab(.bootstrap)
        #expect(graph.links.compactMap(\.device) == ["enp1s0", "wlan0", "eth1.99", "eth1.10", "eth1.25", "eth0", "eno1", "eno2"])
    }

    @Test func `a change of a host tells the services and names beside it`() async throws {
        let graph = try await lab(.bootstrap)
        let builder = try #require(graph.hosts.firstIndex { $0.name == "builder-ph01" })
        let neighbours = graph.neighbours(of: .host(builder))
        #expect(neighbours.services == ["artifacts", "dns", "files", "ntp"])
        #expect(neighbours.names == ["builder-ph01.lab.example.org"])
    }

    private func describe(_ data: RecordData) -> String {
        switch data {
        case .a(let address): "A \(address)"
        case .aaaa(let address): "AAAA \(address)"
        case .cname(let name): "CNAME \(name)"
        case .mx(let preference, let exchange): "MX \(preference) \(exchange)"
        case .txt(let text): "TXT \(text)"
        case .srv(let priority, let weight, let port, let target): "SRV \(priority) \(weight) \(port) \(target)"
        case .ns(let server): "NS \(server)"
        }
    }
}
