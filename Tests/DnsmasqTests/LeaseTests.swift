import Addressing
import Diagnostics
import Planning
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

@Suite struct LeaseTests {
    @Test func `leases are read, and what isn't one is passed over`() throws {
        let file = """
            1795295842 02:de:00:ff:00:09 192.0.2.113 hv01 *
            0 02:de:00:ff:00:01 192.0.2.114 * 01:02:de:00:ff:00:01
            broken
            1 2 3 4
            -5 02:de:00:ff:00:01 192.0.2.114 * *
            20-1795295842 02:de:00:ff:00:01 192.0.2.115 * *
            1795295842 02:de:00:ff:00:02 192.0.2.116 name with\u{1b}[31m spaces
            duid 00:01
            1795295842 02:de:00:ff:00:03 192.0.2.117 after-the-duid *
            """
        let leases = Lease.all(in: Array(file.utf8))
        #expect(leases.map(\.address.description) == ["192.0.2.113", "192.0.2.114", "192.0.2.116"])
        #expect(leases.map(\.end) == [1_795_295_842, nil, 1_795_295_842])
    }

    @Test func `a lease runs until its end, or for ever`() throws {
        let lease = try Lease(end: 100, mac: MACAddress("02:de:00:ff:00:01"), address: IPv4Address("192.0.2.1"))
        #expect(lease.isRunning(at: 99))
        #expect(!lease.isRunning(at: 100))
        #expect(try Lease(end: nil, mac: MACAddress("02:de:00:ff:00:01"), address: IPv4Address("192.0.2.1")).isRunning(at: .max))
    }

    @Test(
        arguments: [
            (0, "1970-01-01 00:00:00 UTC"), (951_782_400, "2000-02-29 00:00:00 UTC"), (1_795_295_842, "2026-11-21 21:17:22 UTC"),
            (4_107_542_399, "2100-02-28 23:59:59 UTC"), (4_107_542_400, "2100-03-01 00:00:00 UTC"),
        ] as [(UInt64, String)])
    func `seconds are a date`(_ seconds: UInt64, _ text: String) {
        #expect(utcText(seconds) == text)
    }

    @Test func `the largest number in a lease file is no crash`() { #expect(utcText(.max).hasSuffix(" UTC")) }

    private func remarks(_ lines: String, at now: UInt64 = 1_000) throws -> [ObservedSet<DnsmasqState>.Remark] {
        let graph = try Sample.graph()
        let desired = DnsmasqProvider(now: { 0 }).desired(graph, graph.placements[0])
        return Observation.remarks(on: Lease.all(in: Array(lines.utf8)), desired, at: now)
    }

    @Test func `another client's lease on a reserved address is told with what to do`() throws {
        let found = try remarks("2000 02:de:00:ff:00:09 192.0.2.21 * *")
        #expect(found.map(\.key) == ["hv01.mgmt"])
        let remark = try #require(found.first)
        #expect(remark.kind == .reservation)
        #expect(remark.code == .leaseBlocksReservation)
        #expect(
            remark.message
                == "192.0.2.21, reserved for 02:de:00:02:00:01, is leased to 02:de:00:ff:00:09 until 1970-01-01 00:33:20 UTC; before that lease is released "
                + "02:de:00:02:00:01 gets another address from the pool, or none where there is no pool")
        #expect(
            remark.mend
                == "an apply ends it once the reservation is loaded; by hand, on the server: dhcp_release INTERFACE 192.0.2.21 02:de:00:ff:00:09"
        )
    }

    @Test func `the reserved client's own lease, an ended one and one of the pool stand in nobody's way`() throws {
        #expect(try remarks("2000 02:de:00:02:00:01 192.0.2.21 hv01 *").isEmpty)
        #expect(try remarks("1000 02:de:00:ff:00:09 192.0.2.21 * *").isEmpty)
        #expect(try remarks("2000 02:de:00:ff:00:09 192.0.2.101 * *").isEmpty)
    }

    @Test func `a lease for ever is told as such`() throws {
        #expect(try remarks("0 02:de:00:ff:00:09 192.0.2.21 * *").first?.message.contains("02:de:00:ff:00:09 for ever;") == true)
    }
}
