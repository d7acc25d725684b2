import Addressing
import InventorySchema
import Planning
import Reconciling
import SiteCompiler
import Synchronization
import Targets
import TestSupport
import Testing

/// An end is wanted while a target is changed: until the switch that ends the apply, from there on it is finished or brought back.
@Suite struct InterruptedApplyTests {
    /// Plans a graph, and applies it in a task that is cancelled when something happens.
    private func apply(
        _ graph: SiteGraph, to world: World, _ programs: (any ProgramRunner)? = nil,
        cancelledWhen happens: @escaping @Sendable (ApplyEvent) -> Bool
    ) async throws -> (outcome: TargetOutcome, isCancelled: Bool) {
        let planned = try await world.plan(graph)
        let target = InMemoryTarget(
            host: world.target.host, files: world.store, services: world.services, programs: programs ?? InMemoryPrograms(), calls: nil)
        let running = Mutex<Task<TargetOutcome, Never>?>(nil)
        let (isKnown, know) = AsyncStream<Void>.makeStream()
        let task = Task {
            for await _ in isKnown { break }
            let record = AppliedRecord(
                site: "lab", commit: "1234567", isDirty: false, desiredDigest: "d", places: planned.compactMap { $0.place?.description })
            return await TargetSession.apply(
                planned, on: target, records: [record], holder: World.holder,
                report: { event in if happens(event) { running.withLock { $0?.cancel() } } },
                observe: { () async throws(TargetError) in
                    var runs: [any PlacementRun] = []
                    for run in planned { runs.append(try await run.observedAgain(on: target)) }
                    return runs
                }
            ).outcome
        }
        running.withLock { $0 = task }
        know.yield()
        let outcome = await task.value
        return (outcome, task.isCancelled)
    }

    private func isStep(_ step: ApplyEvent.Step) -> @Sendable (ApplyEvent) -> Bool {
        { event in if case .step(_, step) = event { true } else { false } }
    }

    @Test(arguments: [ApplyEvent.Step.lock, .recover, .observe, .stage, .parseBack, .check])
    func `before the switch nothing was touched, and the next apply is made as if it had not been`(_ step: ApplyEvent.Step) async throws {
        let world = try await World(needsChecker: true)
        try await world.apply(try world.graph(1))
        let (files, generations, log) = (try await world.files(), world.store.generations, world.services.log)
        let (outcome, isCancelled) = try await apply(try world.graph(2), to: world, cancelledWhen: isStep(step))
        #expect(isCancelled)
        guard case .refused(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.kind == .interrupted)
        #expect(try await world.runs(.nsd, files))
        #expect(world.store.generations == generations && world.services.log == log)
        #expect(try await world.store.journal() == nil)
        #expect(try await world.apply(try world.graph(2)).isApplied)
    }

    @Test(arguments: [ApplyEvent.Step.swap, .activate, .health, .sweep])
    func `from the switch on it is finished`(_ step: ApplyEvent.Step) async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        let (outcome, isCancelled) = try await apply(try world.graph(2), to: world, cancelledWhen: isStep(step))
        #expect(isCancelled)
        #expect(outcome.isApplied, "\(outcome)")
        #expect(try await world.holds(try world.graph(2)))
        #expect(try await world.store.journal() == nil)
    }

    @Test(arguments: [ApplyEvent.Step.swap, .activate, .undo])
    func `what must be brought back is brought back`(_ step: ApplyEvent.Step) async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        let old = try await world.files()
        var graph = try world.graph(2)
        graph.records.append(Record(owner: try DomainName("intruder.lab.example.org"), data: .txt("intruder"), subject: .site))
        world.judge(.dies, holding: "intruder")
        let (outcome, isCancelled) = try await apply(graph, to: world, cancelledWhen: isStep(step))
        #expect(isCancelled)
        guard case .rolledBack = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await world.runs(.nsd, old))
        #expect(try await world.store.journal() == nil)
    }

    /// A program that ends only when it is given up, as a checker of very many files would.
    private struct EndlessProgram: ProgramRunner {
        func run(_ command: [String], within seconds: Int) async throws(TargetError) -> ProgramResult {
            do { try await Task.sleep(for: .seconds(seconds)) } catch { return ProgramResult(status: 137, output: "killed") }
            return ProgramResult(status: 0, output: "")
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a checker at work is ended at once, and hasn't refused anything`() async throws {
        let world = try await World(needsChecker: true)
        let (outcome, isCancelled) = try await apply(
            try world.graph(1), to: world, EndlessProgram(), cancelledWhen: isStep(.check))
        #expect(isCancelled)
        guard case .refused(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.kind == .interrupted)
        #expect(world.store.generations.isEmpty && world.services.log.isEmpty)
    }
}
