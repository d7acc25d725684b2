import Diagnostics
import InventorySchema
import Planning
import Reconciling
import SiteCompiler
import Synchronization
import Targets
import TestSupport
import Testing

@Suite struct ApplyTests {
    @Test func `the steps come in their order`() async throws {
        let world = try await World()
        let outcome = try await world.apply(try world.graph(1))
        let steps: [ApplyEvent.Step] = [
            .lock, .recover, .observe, .stage, .parseBack, .check, .rehearse, .swap, .activate, .health, .sweep,
        ]
        let said = world.events.withLock { $0 }
        #expect(said == steps.map { .step(host: "builder-ph01", $0) } + [.ended(host: "builder-ph01", outcome: "applied")])
        #expect(outcome == .applied(generation: 1, notes: ["nsd/lab was not rehearsed: it is a daemon in memory"]))
    }

    @Test func `a checker that refuses, is missing or can't be run keeps everything as it was`() async throws {
        let answers: [(any ProgramRunner)?] = [
            InMemoryPrograms { _ in ProgramResult(status: 1, output: "bad option at line 3\u{1b}[2J") }, InMemoryPrograms { _ in nil }, nil,
        ]
        for (index, programs) in answers.enumerated() {
            let world = try await World(needsChecker: true, programs: programs)
            let outcome = try await world.apply(try world.graph(1))
            guard case .refused(let error) = outcome else {
                Issue.record("\(index): \(outcome)")
                continue
            }
            #expect(error.kind == (index == 0 ? .refused : .programMissing), "\(index)")
            if index == 0 {
                #expect(error.output.contains { $0.contains("bad option at line 3") } && !error.output.contains { $0.contains("\u{1b}") })
            }
            #expect(world.store.generations.isEmpty && world.services.log.isEmpty, "\(index)")
        }
    }

    @Test func `a checker is given the staged files, which aren't live yet`() async throws {
        let commands = Mutex<[[String]]>([])
        let answer: @Sendable ([String]) -> ProgramResult? = { command in
            commands.withLock { $0.append(command) }
            return ProgramResult(status: 0, output: "")
        }
        let world = try await World(needsChecker: true, programs: InMemoryPrograms(answer))
        try await world.apply(try world.graph(1))
        #expect(commands.withLock { $0 } == [["nsd-check", "/etc/deevnet/generations/1/nsd/lab/daemon.conf"]])
    }

    @Test func `files that don't read back as they were meant never become live`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        let before = try await world.files()
        let target = InMemoryTarget(
            host: "builder-ph01", files: TornStore(store: world.store), services: world.services, programs: world.target.programs)
        let outcome = await world.apply(try await world.plan(try world.graph(2), on: target), on: target)
        guard case .refused(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.message.contains("don't say what was meant"))
        #expect(try await world.runs(.nsd, before))
        #expect(world.store.generations == [1])
    }

    @Test func `what other sites applied on a target is kept`() async throws {
        let world = try await World()
        let theirs = AppliedRecord(site: "away", commit: "7654321", isDirty: false, desiredDigest: "d", places: ["nsd/away"])
        let staged = try await world.store.stage(
            [Targets.Place(provider: "nsd", site: "away"): [PlaceFile(name: "a", bytes: [1])]], records: [theirs])
        try await world.store.makeLive(staged.number, replacing: nil)
        try await world.apply(try world.graph(1))
        #expect(try await world.store.live()?.records.map(\.site) == ["away", "lab"])
        #expect(try await world.store.read(Targets.Place(provider: "nsd", site: "away")).files.count == 1)
    }

    @Test func `what a provider can't express is said, and takes nothing away`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        var graph = try world.graph(2)
        graph.upstreams = []
        let before = try await world.files()
        let planned = try await world.plan(graph)
        #expect(planned.flatMap(\.findings).map(\.code) == [.notExpressible])
        #expect(planned.allSatisfy { $0.plan.counts.total == 0 })
        let outcome = await world.apply(planned)
        #expect(!outcome.isApplied)
        #expect(try await world.runs(.nsd, before))
    }
}

/// A store whose disk loses the last line of every staged file that has more than one.
private struct TornStore: FileStore {
    let store: InMemoryFileStore

    func stage(_ places: [Targets.Place: [PlaceFile]], records: [AppliedRecord]) async throws(TargetError) -> Generation {
        let torn = places.mapValues { files in
            files.map { file in
                let lines = file.bytes.split(separator: 10).dropLast()
                return PlaceFile(name: file.name, bytes: lines.flatMap { $0 + [10] }, mode: file.mode)
            }
        }
        return try await store.stage(torn, records: records)
    }

    func lock(_ holder: LockHolder) async throws(TargetError) -> any TargetLock { try await store.lock(holder) }
    func live() async throws(TargetError) -> Generation? { try await store.live() }
    func read(_ place: Targets.Place) async throws(TargetError) -> PlaceContents { try await store.read(place) }
    func read(_ place: Targets.Place, of generation: UInt64) async throws(TargetError) -> PlaceContents {
        try await store.read(place, of: generation)
    }
    func makeLive(_ generation: UInt64?, replacing expected: UInt64?) async throws(TargetError) {
        try await store.makeLive(generation, replacing: expected)
    }
    func discard(_ generation: UInt64) async throws(TargetError) { try await store.discard(generation) }
    func journal() async throws(TargetError) -> Journal? { try await store.journal() }
    func write(_ journal: Journal?) async throws(TargetError) { try await store.write(journal) }
    func sweep(keep: Int) async throws(TargetError) { try await store.sweep(keep: keep) }
    func hasLeftovers(keep: Int) async throws(TargetError) -> Bool { try await store.hasLeftovers(keep: keep) }
    func readState(_ path: String) async throws(TargetError) -> [UInt8]? { try await store.readState(path) }
    func path(of place: Targets.Place, in generation: UInt64?) -> String { store.path(of: place, in: generation) }
    func hostPath(of place: Targets.Place, in generation: UInt64?) -> String { store.hostPath(of: place, in: generation) }
}
