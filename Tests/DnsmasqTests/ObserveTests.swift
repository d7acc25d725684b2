import Addressing
import Diagnostics
import InventorySchema
import Planning
import Reconciling
import Targets
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

@Suite struct ObserveTests {
    private let provider = DnsmasqProvider(now: { 1_000 }, patience: .zero)
    private let mechanism = DnsmasqFiles(site: "lab", servesDNS: true, patience: .zero)
    private let store = InMemoryFileStore()

    private func apply(_ graph: SiteGraph) async throws {
        let live = try await store.live()?.number
        let files = mechanism.render(provider.desired(graph, graph.placements[0]))
        let generation = try await store.stage([mechanism.place: files], records: [])
        try await store.makeLive(generation.number, replacing: live)
    }

    private func target(_ services: (any ServiceControl)?) -> InMemoryTarget {
        InMemoryTarget(host: "builder-ph01", files: store, services: services)
    }

    private func daemons(canStart: Bool = true) -> InMemoryServices {
        InMemoryServices(files: store, canStart: canStart, answerer: answerMarks)
    }

    private func observe(_ graph: SiteGraph, _ target: InMemoryTarget) async throws -> (ObservedSet<DnsmasqState>, [String]) {
        let desired = provider.desired(graph, graph.placements[0])
        let found = try await provider.observe(graph.placements[0], desired: desired, on: target)
        let told = differences(desired: desired, observed: found).map { difference in
            let state = difference.observed.map { found.resources[$0] } ?? difference.desired.map { desired.resources[$0].state }
            return "\(difference.action.rawValue) \(state?.kind.rawValue ?? "")/\(state?.key ?? "")"
        }
        return (found, told)
    }

    private var unit: ServiceUnit { SitePaths(site: "lab").unit }

    @Test func `what was applied and started shows no difference`() async throws {
        let graph = try Sample.graph()
        let services = daemons()
        try await apply(graph)
        try await services.start(unit)
        #expect(try await observe(graph, target(services)).1 == [])
    }

    @Test func `a stopped process is missing where it can be started`() async throws {
        let graph = try Sample.graph()
        try await apply(graph)
        #expect(try await observe(graph, target(daemons())).1 == ["create service/deevnet-dnsmasq@lab"])
    }

    @Test func `in a dry tree no process can be, and none is missing`() async throws {
        let graph = try Sample.graph()
        try await apply(graph)
        let found = try await observe(graph, target(daemons(canStart: false))).0
        #expect(found.inapplicable == [.service: "a dry tree: no service runs here"])
        #expect(try await observe(graph, target(daemons(canStart: false))).1 == [])
        #expect(!found.resources.contains { $0.kind == .service })
        #expect(try await observe(graph, target(nil)).0.inapplicable == [.service: "the target controls no services"])
    }

    @Test func `a process that wasn't told of the new files differs`() async throws {
        var graph = try Sample.graph()
        let services = daemons()
        try await apply(graph)
        try await services.start(unit)
        graph.reservations[0].mac = try .init("02:de:00:02:00:09")
        try await apply(graph)
        let (found, told) = try await observe(graph, target(services))
        #expect(told == ["update service/deevnet-dnsmasq@lab"])
        let desired = provider.desired(graph, graph.placements[0]).resources.map(\.state).first { $0.kind == .service }
        let before = found.resources.first { $0.kind == .service }
        #expect(provider.cost(of: .update, before: before, after: desired) == .reload)
        try await services.reload(unit)
        #expect(try await observe(graph, target(services)).1 == [])
        graph.ttlSeconds = 60
        try await apply(graph)
        let stale = try await observe(graph, target(services)).0.resources.first { $0.kind == .service }
        let wanted = provider.desired(graph, graph.placements[0]).resources.map(\.state).first { $0.kind == .service }
        #expect(provider.cost(of: .update, before: stale, after: wanted) == .restart)
    }

    @Test func `a process that answers nothing, or something else, has loaded nothing of ours`() async throws {
        let graph = try Sample.graph()
        try await apply(graph)
        for answer in [nil, [], [UInt8](repeating: 0xC0, count: 200)] as [[UInt8]?] {
            let services = InMemoryServices(files: store, answerer: { _, _ in answer })
            try await services.start(unit)
            let (found, told) = try await observe(graph, target(services))
            #expect(told == ["update service/deevnet-dnsmasq@lab"])
            #expect(
                found.resources.contains(.service(RunningService(unit: unit.name, configuration: .unanswered, reloadable: .unanswered))))
        }
    }

    @Test func `a place that can't be read completely loses nothing`() async throws {
        let graph = try Sample.graph()
        let services = daemons()
        try await apply(graph)
        try await services.start(unit)
        store.drift(
            mechanism.place,
            to: [PlaceFile(name: "extra.conf", bytes: []), PlaceFile(name: "hosts", bytes: Array("192.0.2.99 x.example.org\n".utf8))])
        store.hide(mechanism.place, because: ["options: permission denied"])
        let (found, told) = try await observe(graph, target(services))
        #expect(!told.contains { $0.hasPrefix("delete") })
        #expect(Set(found.unread.keys) == Set(DnsmasqKind.allCases).subtracting([.service]))
        store.hide(mechanism.place, because: [])
        #expect(try await observe(graph, target(services)).1.contains("delete foreign/extra.conf"))
    }

    @Test func `before the first apply everything is missing, and nothing is foreign`() async throws {
        let graph = try Sample.graph()
        let (found, told) = try await observe(graph, target(daemons()))
        #expect(found.resources.isEmpty)
        #expect(told.allSatisfy { $0.hasPrefix("create") })
    }

    @Test func `a lease in the way is told, where DHCP is served`() async throws {
        var graph = try Sample.graph()
        try await apply(graph)
        store.keep(Array("2000 02:de:00:ff:00:09 192.0.2.21 * *\n".utf8), at: "dnsmasq-lab.leases")
        #expect(try await observe(graph, target(nil)).0.remarks.map(\.code) == [.leaseBlocksReservation])
        graph.placements[0].roles = [.dns]
        #expect(try await observe(graph, target(nil)).0.remarks.isEmpty)
    }

    @Test func `a target without files is refused`() async throws {
        let graph = try Sample.graph()
        let desired = provider.desired(graph, graph.placements[0])
        await #expect(throws: TargetError.self) {
            try await provider.observe(graph.placements[0], desired: desired, on: InMemoryTarget(host: "builder-ph01"))
        }
    }

    // MARK: Health

    @Test func `health is proven by both marks`() async throws {
        var graph = try Sample.graph()
        let services = daemons()
        try await apply(graph)
        let old = mechanism.render(provider.desired(graph, graph.placements[0]))
        #expect(await mechanism.health(old, on: target(services)) == "deevnet-dnsmasq@lab doesn't run")
        try await services.start(unit)
        #expect(await mechanism.health(old, on: target(services)) == nil)
        graph.reservations.removeLast()
        graph.netboot = nil
        let new = mechanism.render(provider.desired(graph, graph.placements[0]))
        #expect(await mechanism.health(new, on: target(services)) == "deevnet-dnsmasq@lab runs with other configuration than those on disk")
        #expect(await mechanism.health(new, on: target(nil)) != nil)
    }

    @Test func `health waits for a process that is slow to answer`() async throws {
        let graph = try Sample.graph()
        try await apply(graph)
        let slow = Countdown(3)
        let services = InMemoryServices(files: store, answerer: { files, question in slow.isOver() ? answerMarks(files, question) : nil })
        try await services.start(unit)
        let files = mechanism.render(provider.desired(graph, graph.placements[0]))
        #expect(
            await mechanism.health(files, on: target(services)) == "deevnet-dnsmasq@lab runs, but doesn't answer DNS on loopback port 53")
        #expect(await DnsmasqFiles(site: "lab", servesDNS: true, patience: .seconds(30)).health(files, on: target(services)) == nil)
    }

    @Test func `without DNS a process is healthy when it runs`() async throws {
        var graph = try Sample.graph()
        graph.placements[0].roles = [.dhcp, .tftp]
        let mechanism = DnsmasqFiles(site: "lab", servesDNS: false, patience: .zero)
        let services = InMemoryServices(files: store, answerer: { _, _ in nil })
        try await apply(graph)
        #expect(await mechanism.health([], on: target(services)) == "deevnet-dnsmasq@lab doesn't run")
        try await services.start(unit)
        #expect(await mechanism.health([], on: target(services)) == nil)
        #expect(try await observe(graph, target(services)).1 == [])
    }
}
