import Addressing
import Planning
import Targets
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

@Suite struct SettleTests {
    private let store = InMemoryFileStore()
    private let mechanism: DnsmasqFiles

    init() throws {
        mechanism = DnsmasqFiles(site: "lab", servesDNS: true, servers: [try IPv4Address("192.0.2.1")], patience: .zero, now: { 1_000 })
    }

    /// What is done about leases, and what was asked of the process.
    private func settle(_ leases: String, isStarted: Bool = true) async throws -> (notes: [String], log: [String]) {
        let graph = try Sample.graph()
        let files = mechanism.render(DnsmasqProvider(now: { 1_000 }).desired(graph, graph.placements[0]))
        let generation = try await store.stage([mechanism.place: files], records: [])
        try await store.makeLive(generation.number, replacing: nil)
        store.keep(Array(leases.utf8), at: "dnsmasq-lab.leases")
        let services = InMemoryServices(files: store)
        if isStarted, let unit = mechanism.service { try await services.start(unit) }
        let notes = await mechanism.settle(files, on: InMemoryTarget(host: "builder-ph01", files: store, services: services))
        return (notes, services.log.filter { $0.hasPrefix("send") })
    }

    @Test func `a release names the holder, the address and the server`() throws {
        let lease = Lease(end: 2_000, mac: try MACAddress("02:de:00:ff:00:09"), address: try IPv4Address("192.0.2.21"))
        let bytes = ReleaseMessage(lease, server: try IPv4Address("192.0.2.1")).bytes
        #expect(Array(bytes[0..<4]) == [1, 1, 6, 0])
        #expect(Array(bytes[12..<16]) == [192, 0, 2, 21])
        #expect(Array(bytes[28..<34]) == [0x02, 0xde, 0, 0xff, 0, 9])
        #expect(Array(bytes[236..<250]) == [99, 130, 83, 99, 53, 1, 7, 54, 4, 192, 0, 2, 1, 255])
    }

    @Test func `a lease in the way is released, and what stays is told`() async throws {
        let found = try await settle("2000 02:de:00:ff:00:09 192.0.2.21 * *\n")
        #expect(found.log.count == 1)
        #expect(
            found.notes == [
                "the lease of 192.0.2.21 by 02:de:00:ff:00:09 could not be ended: the card it is reserved for gets it when the lease ends"
            ])
    }

    @Test func `leases that stand in nobody's way are left alone`() async throws {
        let leases = """
            2000 02:de:00:02:00:01 192.0.2.21 hv01 *
            1000 02:de:00:ff:00:09 192.0.2.22 * *
            2000 02:de:00:ff:00:08 192.0.2.101 * *

            """
        let found = try await settle(leases)
        #expect(found.log.isEmpty)
        #expect(found.notes.isEmpty)
    }

    @Test func `where no process runs nothing is released`() async throws {
        let found = try await settle("2000 02:de:00:ff:00:09 192.0.2.21 * *\n", isStarted: false)
        #expect(found.log.isEmpty)
        #expect(found.notes.isEmpty)
    }
}
