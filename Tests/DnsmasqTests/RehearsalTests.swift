import Addressing
import InventorySchema
import Planning
import Reconciling
import Targets
import TestSupport
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

@Suite(.needsRehearsals, .serialized) struct RehearsalTests {
    private func states(_ change: (inout SiteGraph) throws -> Void = { _ in }) throws -> DesiredSet<DnsmasqState> {
        var graph = try Sample.graph()
        try change(&graph)
        return DnsmasqProvider(now: { 0 }).desired(graph, graph.placements[0])
    }

    @Test func `a dnsmasq on the files of a site answers for all of it`() async throws {
        guard case .passed(let asked) = try await RehearsalBench().rehearse(try states()) else {
            Issue.record("\(try await RehearsalBench().rehearse(try states()))")
            return
        }
        #expect(asked > 30)
    }

    @Test func `a change is asked for alone, and a change of nothing that answers needs a process that starts`() async throws {
        let before = try states()
        let after = try states { $0.reservations[0].addresses = [try .init("192.0.2.31")] }
        let bench = try RehearsalBench()
        #expect(try await bench.rehearse(after, from: before).asked ?? 99 < 12)
        #expect(try await bench.rehearse(after, from: after).asked ?? 0 > 0)
        let silent = try RehearsalBench(servesDNS: false)
        #expect(try await silent.rehearse(try states { $0.placements[0].roles = [.tftp] }, from: after) == .passed(asked: 0))
    }

    @Test func `an address reserved for the server itself is asked of nobody`() async throws {
        let desired = try states {
            $0.reservations[0].addresses = [try .init("192.0.2.1")]
            $0.reservations[1].isArmed = false
        }
        #expect(try await RehearsalBench().rehearse(desired).asked != nil)
    }

    @Test(arguments: ["n", "no", "dev", "up"]) func `a device may be called as a word of ip`(name: String) async throws {
        let outcome = try await RehearsalBench().rehearse(try states { $0.links[0].device = name })
        #expect(outcome.asked != nil, "\(outcome)")
    }

    /// Files that say something else than what is desired, while their marks say that all is well: what reads them back is fooled.
    static let lies: [(file: String, old: String, new: String, told: String)] = [
        ("hosts", "192.0.2.22 hv02.lab.example.org\n", "", "hv02.lab.example.org A"),
        ("hosts", "192.0.2.21 hv01.lab.example.org", "192.0.2.91 hv01.lab.example.org", "21.2.0.192.in-addr.arpa PTR"),
        ("hosts", "2001:db8::21 hv01", "2001:db8::20 hv01", "hv01.lab.example.org AAAA"),
        ("hosts", "192.0.2.21 a-hv01.lab.mgmt.example.org\n", "", "a-hv01.lab.mgmt.example.org A"),
        ("dnsmasq.conf", "cname=pve.lab.example.org,artifacts.lab.example.org\n", "", "pve.lab.example.org A"),
        ("dnsmasq.conf", "cname=pve.lab.example.org,artifacts", "cname=pve.lab.example.org,hv01", "192.0.2.21"),
        ("dnsmasq.conf", "mx-host=lab.example.org,hv01.lab.example.org,10", "mx-host=lab.example.org,hv01.lab.example.org,11", "11 hv01"),
        ("dnsmasq.conf", ",5060,1,2", ",5061,1,2", "1 2 5061 hv01"),
        ("dnsmasq.conf", "v=spf1", "v=spf2", "TXT"),
        ("dnsmasq.conf", "ptr-record=77.2.0.192.in-addr.arpa,old.lab.example.org\n", "", "77.2.0.192.in-addr.arpa PTR"),
        ("dnsmasq.conf", "local=/lab.example.org/\n", "", "no such name"),
        ("dnsmasq.conf", "interface=eth1.99\n", "", "static.loaded.deevnet.invalid TXT"),
        ("dnsmasq.conf", "dhcp-range=set:segment-trusted", "dhcp-range=set:segment-trustee", "DHCP for 02:00:00:00:00:00"),
        ("dnsmasq.conf", "undionly.kpxe", "undionly.kpx", "'undionly.kpx'"),
        ("dnsmasq.conf", "tag:client-netboot,undionly.kpxe", "undionly.kpxe", "'undionly.kpxe'"),
        ("reservations", "02:de:00:02:00:01,192.0.2.21,hv01", "02:de:00:02:00:01,192.0.2.29,hv01", "192.0.2.29"),
        ("reservations", "192.0.2.22,hv02", "192.0.2.22,hv03", "hostName 'hv03'"),
        ("reservations", "02:de:00:02:00:02", "02:de:00:02:00:03", "02:de:00:02:00:02"),
        ("reservations", "hv01,43200", "hv01,12x", "hostName '12x'"),
        ("options", "option:router,192.0.2.1", "option:router,192.0.2.2", "router 192.0.2.2"),
        ("options", "option:dns-server,192.0.2.1\n", "option:dns-server\n", "dnsServer not told"),
        ("options", "option:domain-search,lab.example.org", "option:domain-search,lab.example.com", "lab.example.com"),
    ]

    @Test(arguments: lies) func `what the files don't say is noticed by asking`(
        _ lie: (file: String, old: String, new: String, told: String)
    ) async throws {
        let desired = try states {
            $0.dhcp[1].pool = try .init("192.0.2.200-192.0.2.210")
            $0.dhcp[1].leaseSeconds = 3600
        }
        let outcome = try await RehearsalBench().rehearse(desired) { files in
            files.map { file in
                guard file.name == lie.file else { return file }
                let text = String(decoding: file.bytes, as: UTF8.self)
                #expect(text.contains(lie.old), "\(lie.old)")
                return PlaceFile(name: file.name, bytes: Array(text.replacing(lie.old, with: lie.new).utf8))
            }
        }
        guard case .failed(let what, let wanted, let got) = outcome else {
            Issue.record("\(lie.new): \(outcome)")
            return
        }
        #expect("\(what) should give \(wanted), and gave \(got)".contains(lie.told), "\(what): \(wanted), \(got)")
    }

    @Test func `what should be gone and isn't is noticed`() async throws {
        let before = try states { $0.reservations[0].mac = try .init("02:de:00:02:00:09") }
        let after = try states { graph in
            graph.reservations.removeFirst()
            graph.records.removeAll { $0.owner.description == "hv01.lab.example.org" }
        }
        let bench = try RehearsalBench()
        #expect(try await bench.rehearse(after, from: before).asked != nil)
        let stale = DnsmasqFiles(site: "lab", servesDNS: true).render(before)
        let reservation = try await bench.rehearse(after, from: before) { files in
            files.map { file in file.name == "reservations" ? stale.first { $0.name == "reservations" } ?? file : file }
        }
        #expect(reservation.problem?.contains("02:de:00:02:00:09 (hv01.mgmt, gone)") == true, "\(reservation)")
        let name = try await bench.rehearse(after, from: before) { files in
            files.map { file in
                guard file.name == "hosts" else { return file }
                return PlaceFile(name: "hosts", bytes: file.bytes + Array("192.0.2.21 hv01.lab.example.org\n".utf8))
            }
        }
        #expect(name.problem?.contains("hv01.lab.example.org A should give nothing, and gave 192.0.2.21") == true, "\(name)")
    }

    @Test func `a daemon that ends is told with what it said`() async throws {
        let outcome = try await RehearsalBench().rehearse(try states()) { files in
            files.map { $0.name == "dnsmasq.conf" ? PlaceFile(name: $0.name, bytes: $0.bytes + Array("nonsense\n".utf8)) : $0 }
        }
        #expect(outcome.problem?.contains("bad option at line") == true, "\(outcome)")
    }

    @Test func `nothing of a room is left, and nothing of the machine is touched`() async throws {
        let bench = try RehearsalBench()
        let before = bench.machine
        _ = try await bench.rehearse(try states())
        #expect(bench.machine == before)
    }
}

extension RehearsalOutcome {
    /// How many questions were answered as they should be; nil: not all were.
    var asked: Int? { if case .passed(let asked) = self { asked } else { nil } }
    /// What was wrong; nil: nothing was found.
    var problem: String? {
        if case .failed(let what, let wanted, let got) = self { "\(what) should give \(wanted), and gave \(got)" } else { nil }
    }
}
