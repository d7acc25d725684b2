import InventorySchema
import Planning
import Reconciling
import Synchronization
import Targets
import TestSupport
import Testing

@Suite struct TargetSessionTests {
    @Test func `a world that moved since the plan is left as it is`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        let planned = try await world.plan(try world.graph(2))
        world.store.drift(world.place(.nsd), to: [PlaceFile(name: "entries", bytes: Array("x=1\n".utf8))])
        let (files, changes) = (try await world.files(), world.services.log)
        guard case .moved(let how) = await world.apply(planned) else {
            Issue.record("the world moved")
            return
        }
        #expect(how.contains("nsd on builder-ph01"))
        #expect(try await world.files() == files)
        #expect(world.services.log == changes)
        #expect(try await world.store.journal() == nil)
    }

    @Test func `what the plan doesn't touch may move`() async throws {
        let world = try await World([.nsd, .knot])
        try await world.apply(try world.graph(1))
        let planned = try await world.plan(try world.graph(2), only: [.nsd])
        try await world.apply(try world.graph(3), only: [.knot])
        #expect(await world.apply(planned).isApplied)
        #expect(try await world.holds(try world.graph(3), only: [.knot]))
    }

    @Test func `another number of plans than were made is a world that moved`() async throws {
        let world = try await World([.nsd, .knot])
        let runs = try await world.plan(try world.graph(1))
        #expect(TargetSession.moved(from: runs, to: runs) == nil)
        #expect(TargetSession.moved(from: runs, to: [runs[0]]) != nil)
        let other = try await world.plan(try world.graph(2))
        #expect(TargetSession.moved(from: runs, to: other)?.contains("desired") == true)
    }

    @Test func `a held lock is refused with who holds it, since when, and on which commit`() async throws {
        let world = try await World()
        let theirs = LockHolder(host: "elsewhere", pid: 12, user: "ann", since: "2030-05-06T07:08:09Z", revision: "commit abcdef0")
        let lock = try await world.store.lock(theirs)
        let planned = try await world.plan(try world.graph(1))
        guard case .refused(let error) = await world.apply(planned) else {
            Issue.record("the lock is held")
            return
        }
        #expect(error.kind == .lockHeld(theirs))
        for word in ["elsewhere", "12", "ann", "2030-05-06T07:08:09Z", "abcdef0"] { #expect(error.message.contains(word)) }
        #expect(world.store.generations.isEmpty)
        lock.release()
        #expect(await world.apply(planned).isApplied)
    }

    @Test func `recovery waits for nobody's lock, and needs none where nothing was left`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        let lock = try await world.store.lock(World.holder)
        #expect(try await TargetSession.recover(world.target, holder: World.holder) == nil)
        try await world.store.write(Journal(phase: .switching, from: nil, to: 1, services: [], holder: World.holder))
        let error = await #expect(throws: TargetError.self) { try await TargetSession.recover(world.target, holder: World.holder) }
        #expect(error?.kind == .lockHeld(World.holder))
        lock.release()
        #expect(try await TargetSession.recover(world.target, holder: World.holder)?.done.contains("undone") == true)
        #expect(try await world.store.live() == nil)
    }

    @Test func `what a dead apply staged is removed also where nothing is to change, unless somebody is at work`() async throws {
        let world = try await World()
        let graph = try world.graph(1)
        try await world.apply(graph)
        let staged = try await world.store.stage([:], records: [])
        let lock = try await world.store.lock(World.holder)
        #expect(try await TargetSession.recover(world.target, holder: World.holder) == nil)
        #expect(world.store.generations.contains(staged.number))
        lock.release()
        #expect(try await world.apply(graph) == .unchanged)
        #expect(!world.store.generations.contains(staged.number))
        let changes = world.store.changes
        #expect(try await TargetSession.recover(world.target, holder: World.holder) == nil)
        #expect(world.store.changes == changes)
    }

    @Test func `what can't be read is refused, and every end is reported`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        world.store.hide(world.place(.nsd), because: ["permission denied"])
        let outcome = await world.apply(try await world.plan(try world.graph(2)))
        guard case .refused(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.message.contains("permission denied"))
        #expect(world.events.withLock { $0.last } == .ended(host: "builder-ph01", outcome: "refused"))
    }

    @Test func `an overslept writer changes nothing`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        // Another controller that doesn't see our lock applies while our checker runs.
        let (store, other) = (world.store, Targets.Place(provider: "nsd", site: "away"))
        let programs = OversleepingPrograms {
            let live = try await store.live()
            let staged = try await store.stage([other: [PlaceFile(name: "a", bytes: [1])]], records: live?.records ?? [])
            try await store.makeLive(staged.number, replacing: live?.number)
        }
        let target = InMemoryTarget(host: "builder-ph01", files: store, services: world.services, programs: programs)
        let runs = try await ProviderRegistry([FileDaemonProvider(needsChecker: true)]).run(
            world.graphs.placement(of: .nsd), causes: Causes(graph: try world.graph(2), appliedGraph: nil, facts: []), on: target)
        let before = try await world.files()
        let told = world.services.log
        guard case .refused(let error) = await world.apply([try #require(runs)], on: target) else {
            Issue.record("another generation is live than the one this was built on")
            return
        }
        #expect(error.kind == .overtaken(live: try await store.live()?.number))
        #expect(world.services.log == told)
        #expect(try await world.files() == before)
        #expect(try await store.read(other).files.count == 1)
    }
}

/// Programs that let something happen before they end.
private struct OversleepingPrograms: ProgramRunner {
    let meanwhile: @Sendable () async throws -> Void

    func run(_ command: [String], within seconds: Int) async throws(TargetError) -> ProgramResult {
        try? await meanwhile()
        return ProgramResult(status: 0, output: "")
    }
}
