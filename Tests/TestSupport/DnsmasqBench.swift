public import Dnsmasq
import Foundation
import InventorySchema
public import SiteCompiler
import Synchronization
public import Targets

/// dnsmasq on a dry tree: real files below a directory of its own, judged by the real checker.
public struct DnsmasqBench: ProviderBench {
    /// The provider.
    public let provider = DnsmasqProvider(now: { 0 })
    /// What the provider acts on.
    public let target: any Target
    /// Where it acts.
    public let placement: Placement
    /// What it is asked to make true.
    public let graphs: RandomGraphs
    /// The tree's root.
    public let root: ScratchDirectory

    private let gate: SystemGate
    private let fault = ArmedFault()

    /// Whether the checker is there, without which nothing is applied.
    public static var isAvailable: Bool {
        LocalPrograms.path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/dnsmasq") }
    }

    /// Makes a bench with an empty tree; `rehearses` says whether each apply tries dnsmasq out first, where that is possible.
    public init(_ graphs: RandomGraphs, rehearses: Bool) throws {
        self.graphs = graphs
        root = try ScratchDirectory()
        gate = SystemGate(injector: fault)
        target = LocalTarget(
            host: "builder-ph01", root: root.path, gate: gate, rehearsals: rehearses ? LocalRehearsals() : nil)
        placement = graphs.placement(of: .dnsmasq)
    }

    private var place: String { "etc/deevnet/current/dnsmasq/\(placement.site)" }

    /// Every path with its inode, mode, time of change and contents; the lock, which a session takes and lets go, left out.
    public func fingerprint() async throws -> [String] {
        root.listing.filter { !$0.hasPrefix("run/") && !$0.hasPrefix("var/lib/deevnet ") }
    }

    /// Files of the machine beside ours, another site's place, and a stranger among the generations.
    public func plantForeign() async throws {
        try root.write("dhcp-range=192.0.2.10,192.0.2.20\n", to: "etc/dnsmasq.d/mine.conf")
        try root.write("192.0.2.1 printer\n", to: "etc/hosts")
        try root.write("by hand\n", to: "etc/deevnet/generations/notes.txt")
        guard let files = target.files else { return }
        let live = try await files.live()
        let theirs = Targets.Place(provider: "dnsmasq", site: "away")
        let record = AppliedRecord(site: "away", commit: "7654321", isDirty: false, desiredDigest: "d", places: [theirs.description])
        let file = PlaceFile(name: "dnsmasq.conf", bytes: Array("port=53\n".utf8))
        let staged = try await files.stage([theirs: [file]], records: (live?.records ?? []) + [record])
        try await files.makeLive(staged.number, replacing: live?.number)
    }

    /// What was planted.
    public func foreign() async throws -> [String] {
        let paths = [
            "etc/dnsmasq.d/mine.conf", "etc/hosts", "etc/deevnet/generations/notes.txt", "etc/deevnet/current/dnsmasq/away/dnsmasq.conf",
        ]
        let records = try await target.files?.live()?.records.filter { $0.site == "away" } ?? []
        return paths.map { "\($0): \(root.text($0) ?? "gone")" } + records.map { "\($0)" }
    }

    /// Writes into one file, removes another, and leaves a stranger in our place.
    public func drift() async throws {
        // The files of older generations share their inodes with the live ones, so a file is replaced and never written in its place.
        let hosts = root.text("\(place)/hosts") ?? ""
        try root.remove("\(place)/hosts")
        try root.write(hosts + "192.0.2.9 intruder.lab.example.org\n", to: "\(place)/hosts")
        try root.remove("\(place)/options")
        try root.write("x\n", to: "\(place)/stray")
    }

    /// Puts a file where the place should be.
    public func hide(_ isHidden: Bool) async throws {
        // The place is named through the live link, which can be renamed too.
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(root.path)/etc/deevnet/current")
        let directory = "etc/deevnet/\(target)/dnsmasq/lab"
        if isHidden {
            try root.move(directory, to: "hidden")
            try root.write("x", to: directory)
        } else {
            try root.remove(directory)
            try root.move("hidden", to: directory)
        }
    }

    /// Every system call that changes something counts.
    public func changes() async -> Int { gate.count }

    /// The disk is full at that call.
    public func fail(call number: Int, afterwards: Bool) async { fault.arm(number == 0 ? nil : gate.count + number) }

    /// A system call that fails has done nothing.
    public var failsAfterwards: Bool { false }
}

/// One full disk, at a call that is named while the gate is in use.
private final class ArmedFault: FaultInjector {
    private let number = Mutex<Int?>(nil)

    func arm(_ number: Int?) { self.number.withLock { $0 = number } }

    func fault(before call: SystemCall, number: Int) -> Fault? { self.number.withLock { $0 == number } ? .fail(28) : nil }
}
