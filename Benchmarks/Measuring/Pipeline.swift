import Diagnostics
import Dnsmasq
import FoundationEssentials
import GitRevisions
import InventorySchema
import Planning
import Reconciling
import SiteCompiler
import Targets
import YAMLSyntax

/// The stages as the command puts them together, on an inventory in a directory.
struct Pipeline {
    let directory: String
    /// The dry tree with a directory for each host; nil: planning has empty targets in memory.
    let root: String?
    /// How many files are read at the same time.
    let workers: Int

    private var registry: ProviderRegistry { ProviderRegistry([DnsmasqProvider(now: { UInt64(Date().timeIntervalSince1970) })]) }

    /// Runs a phase once. What a run leaves behind goes away after the clock has stopped.
    func measure(_ phase: Phase) async throws -> Measurement {
        switch phase {
        case .scan: return try scan()
        case .load:
            let clock = Stopwatch()
            let snapshot = try InventoryRepository(at: directory).snapshot(.workingTree).snapshot
            let (inventory, found) = await InventoryLoader.load(snapshot, workers: workers)
            let usage = clock.usage
            try Self.refuseErrors(found.all)
            return Measurement(usage: usage, counts: [("hosts", Self.hostCount(inventory))])
        case .compile:
            let clock = Stopwatch()
            let compiled = try await compile()
            let usage = clock.usage
            try Self.refuseErrors(compiled.diagnostics)
            return Measurement(
                usage: usage, counts: [("hosts", Self.hostCount(compiled.inventory)), ("graphs", compiled.compilation.graphs.count)])
        case .validate:
            let clock = Stopwatch()
            let compiled = try await compile()
            let found = compiled.diagnostics + registry.findings(for: compiled)
            let usage = clock.usage
            try Self.refuseErrors(found)
            return Measurement(usage: usage, counts: [("hosts", Self.hostCount(compiled.inventory)), ("findings", found.count)])
        case .plan:
            let clock = Stopwatch()
            let (compiled, outcome) = try await plan()
            let guards = outcome.plan.guards
            let text = PlanText(style: TerminalStyle(isColoured: false), texts: compiled.snapshot).render(outcome.plan, guards: guards)
            let usage = clock.usage
            try Self.refuseErrors(compiled.diagnostics + outcome.findings)
            return Measurement(
                usage: usage,
                counts: [
                    ("hosts", compiled.compilation.graphs.reduce(0) { $0 + $1.hosts.count }), ("changes", outcome.plan.counts.total),
                    ("bytes written", text.utf8.count),
                ], leftovers: [compiled, outcome])
        }
    }

    /// Writes what is desired into the dry tree, so that a plan made after it finds nothing to change. The daemon's own checks and the health
    /// check are left out: how long dnsmasq takes isn't measured here, and it needn't be installed.
    func apply() async throws {
        let (compiled, outcome) = try await plan()
        try Self.refuseErrors(compiled.diagnostics + outcome.findings)
        for target in outcome.targets {
            guard let files = target.target.files else { continue }
            let lock = try await files.lock(LockHolder(host: target.target.host, pid: 0, user: "", since: "", revision: ""))
            defer { lock.release() }
            var places: [Place: [PlaceFile]] = [:]
            for run in target.runs {
                if case .files(let work) = run.work { places[work.place] = work.wanted }
            }
            let live = try await files.live()
            let others = live?.records.filter { $0.site != target.site } ?? []
            let staged = try await files.stage(places, records: others + [target.record])
            try await files.makeLive(staged.number, replacing: live?.number)
        }
    }

    // MARK: Stages

    /// Files are read a few at a time, so that the scan's memory is that of libyaml and not of the inventory.
    private func scan() throws -> Measurement {
        var (scanning, reading) = (Usage.none, Usage.none)
        var (events, bytes) = (0, 0)
        let listing = Stopwatch()
        let snapshot = try InventoryRepository(at: directory).snapshot(.workingTree).snapshot
        reading += listing.usage
        var next = 0
        while next < snapshot.files.count {
            let reader = Stopwatch()
            var batch: [[UInt8]] = []
            var size = 0
            while next < snapshot.files.count, size < 1 << 20 {
                let file = try snapshot.bytes(of: FileID(rawValue: UInt32(next)))
                size += file.count
                batch.append(file)
                next += 1
            }
            reading += reader.usage
            let scanner = Stopwatch()
            for file in batch {
                guard let count = YAMLScan.eventCount(file) else { throw BenchmarkFailure(description: "libyaml refuses a file") }
                events += count
            }
            scanning += scanner.usage
            bytes += size
        }
        return Measurement(
            usage: scanning, reading: reading, counts: [("files", snapshot.files.count), ("bytes", bytes), ("events", events)])
    }

    func compile() async throws -> CompiledRevision {
        try await CompiledRevision.read(InventoryRepository(at: directory), .workingTree, workers: workers)
    }

    func plan() async throws -> (CompiledRevision, Planner.Outcome) {
        let targets: any TargetDirectory = root.map(DryTree.init) ?? MemoryTargets()
        let repository = try InventoryRepository(at: directory)
        let compiled = try await CompiledRevision.read(repository, .workingTree, identifying: true, workers: workers).forPlanning()
        let revision = try compiled.snapshot.revision()
        let source = Plan.Source(
            summary: revision.shortDescription, commit: revision.commit?.description, isDirty: revision.isDirty,
            inventoryDigest: compiled.inventoryDigest(), isCommit: false)
        let planner = Planner(
            compiled, in: repository, registry: registry, targets: targets, source: source, workers: workers)
        return (compiled, await planner.plan(sites: compiled.inventory.sites.map(\.name), pruning: true))
    }

    private static func hostCount(_ inventory: Inventory) -> Int { inventory.sites.reduce(inventory.hosts.count) { $0 + $1.hosts.count } }

    static func refuseErrors(_ findings: [Diagnostic]) throws {
        guard let error = findings.first(where: { $0.severity == .error }) else { return }
        throw BenchmarkFailure(description: "the generated inventory isn't valid: \(error.code.rawValue): \(error.message)")
    }
}
