import Dnsmasq
import InventorySchema
import Planning
import SiteCompiler
import Targets

/// What is promised of observing a process that may answer anything, and leases that anyone may have had written.
struct ObservedProperties {
    private let reply: [UInt8]
    private let leases: [UInt8]

    init(_ bytes: [UInt8]) {
        // The message's own bytes may be form feeds, so that the leases stand first.
        let split = bytes.firstIndex(of: 0x0C) ?? bytes.count
        leases = Array(bytes[..<split])
        reply = Array(bytes[split...].dropFirst())
    }

    func hold() async throws(Violation) {
        let placement = Placement(site: "lab", hostName: "builder-ph01", provider: .dnsmasq, roles: [.dns, .dhcp])
        let store = InMemoryFileStore()
        store.keep(leases, at: "dnsmasq-lab.leases")
        let target = InMemoryTarget(host: "builder-ph01", files: store, services: Answering(reply: reply))
        let found: ObservedSet<DnsmasqState>
        do throws(TargetError) {
            found = try await DnsmasqProvider(now: { 1 }).observe(placement, desired: Self.desired, on: target)
        } catch {
            throw Violation(description: "what is there can't be observed: \(error.message)")
        }
        try require(found.resources.count == 1, "beside the process there is \(found.resources)")
        for remark in found.remarks {
            try require(remark.message.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "a lease shows a raw character: \(remark.message)")
        }
    }

    /// A reservation that leases can stand in the way of.
    private static let desired: DesiredSet<DnsmasqState> = {
        let files = [PlaceFile(name: "reservations", bytes: Array("\n02:de:10:01:00:01,10.1.99.21,hv01,43200 # hv01.mgmt\n".utf8))]
        let states = DnsmasqFiles(site: "lab", servesDNS: true).parse(files).resources.filter { $0.kind == .reservation }
        precondition(states.count == 1, "the reservation is read")
        return DesiredSet(states.map { Desired($0, from: .site) })
    }()
}

/// A process that answers each question with the same message, as the reply to that question.
private struct Answering: ServiceControl {
    let reply: [UInt8]

    var summary: String { "fuzz" }
    var canStart: Bool { false }
    func status(of unit: ServiceUnit) async -> ServiceStatus { .running(pid: 1, startedAt: 1) }
    func start(_ unit: ServiceUnit) async throws(TargetError) {}
    func stop(_ unit: ServiceUnit) async throws(TargetError) {}
    func reload(_ unit: ServiceUnit) async throws(TargetError) {}
    func restart(_ unit: ServiceUnit) async throws(TargetError) {}
    func ask(_ unit: ServiceUnit, dns question: [UInt8], port: UInt16, within milliseconds: Int) async -> [UInt8]? {
        // The number ties a reply to its question; it is drawn anew each time.
        Array(question.prefix(2)) + reply
    }
    func send(_ unit: ServiceUnit, _ message: [UInt8], to host: UInt32, port: UInt16) async -> Bool { false }
}
