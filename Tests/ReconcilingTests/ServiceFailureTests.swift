import Addressing
import InventorySchema
import Planning
import Reconciling
import SiteCompiler
import Targets
import TestSupport
import Testing

/// Whatever a daemon does with its new files, the old service runs, or runs again.
@Suite struct ServiceFailureTests {
    /// A word that only the files of the second graph hold.
    private static let bad = "intruder"

    private func world(_ names: [ProviderName] = [.nsd], canStart: Bool = true) async throws -> (World, old: [PlaceFile]) {
        let world = try await World(names, canStart: canStart) { files, question in
            let isMute = files.contains { String(decoding: $0.bytes, as: UTF8.self).contains("mute") }
            return isMute ? nil : FileDaemonFiles.answer(files, question)
        }
        try await world.apply(try world.graph(1))
        return (world, try await world.files())
    }

    private func badGraph(_ world: World, _ word: String = bad) throws -> SiteGraph {
        var graph = try world.graph(2)
        graph.records.append(Record(owner: try DomainName("\(word).lab.example.org"), data: .txt(word), subject: .site))
        return graph
    }

    @Test(arguments: [InMemoryServices.Verdict.refuses("bad option"), .dies])
    func `a daemon that refuses or dies runs again on the old files`(_ verdict: InMemoryServices.Verdict) async throws {
        let (world, old) = try await world()
        world.judge(verdict, holding: Self.bad)
        let outcome = try await world.apply(try badGraph(world))
        guard case .rolledBack(let error, let undone) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.kind == .serviceFailed && error.message.contains("deevnet-nsd@lab"))
        #expect(undone == ["files and service of nsd/lab"])
        #expect(try await world.runs(.nsd, old))
        #expect(try await world.store.journal() == nil)
        #expect(try await world.apply(try world.graph(2)).isApplied)
    }

    @Test func `a daemon that runs and doesn't answer for its files runs again on the old ones`() async throws {
        let (world, old) = try await world()
        let outcome = try await world.apply(try badGraph(world, "mute"))
        guard case .rolledBack(let error, _) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.message.contains("isn't well"))
        #expect(try await world.runs(.nsd, old))
    }

    @Test(arguments: [InMemoryServices.Verdict.refuses("bad option"), .dies])
    func `a first apply is undone to nothing`(_ verdict: InMemoryServices.Verdict) async throws {
        let world = try await World()
        world.judge(verdict, holding: Self.bad)
        let outcome = try await world.apply(try badGraph(world))
        guard case .rolledBack = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await world.store.live() == nil)
        #expect(world.store.generations.isEmpty && world.loaded() == nil)
    }

    @Test func `a provider that is new on a target goes away again when its daemon refuses, and leaves the others alone`() async throws {
        let world = try await World([.nsd, .knot])
        try await world.apply(try world.graph(1), only: [.nsd])
        let old = try await world.files()
        world.judge(.refuses("bad option"), for: .knot, holding: "ttl")
        let outcome = try await world.apply(try world.graph(2))
        guard case .rolledBack = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await world.runs(.nsd, old))
        #expect(try await world.files(.knot).isEmpty)
        #expect(world.loaded(.knot) == nil)
    }

    @Test(arguments: [ProviderName.nsd, .knot])
    func `of two daemons both go back when one fails`(_ failing: ProviderName) async throws {
        let (world, old) = try await world([.nsd, .knot])
        let other = try await world.files(.knot)
        world.judge(.refuses("bad option"), for: failing, holding: Self.bad)
        let outcome = try await world.apply(try badGraph(world))
        guard case .rolledBack(_, let undone) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(undone.count == 2)
        #expect(try await world.runs(.nsd, old))
        #expect(try await world.runs(.knot, other))
    }

    @Test func `a decommission is undone when something else fails`() async throws {
        let (world, old) = try await world([.nsd, .knot])
        world.judge(.refuses("bad option"), for: .knot, holding: Self.bad)
        let graph = try badGraph(world)
        let causes = Causes(graph: graph, appliedGraph: nil, facts: [])
        let end = try await ProviderRegistry(world.providers).decommission(
            world.graphs.placement(of: .nsd), causes: causes, on: world.target)
        let runs = [try #require(end)] + (try await world.plan(graph, only: [.knot]))
        let outcome = await world.apply(runs)
        guard case .rolledBack = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await world.runs(.nsd, old))
    }

    @Test func `a way back that fails too is said, and the next run mends`() async throws {
        let (world, old) = try await world()
        let store = world.store
        world.services.judge { _, files in
            if files == old { return .runs }
            store.fail(call: 1)
            return .refuses("bad option")
        }
        let outcome = try await world.apply(try badGraph(world))
        guard case .broken(let error, let left) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.kind == .serviceFailed)
        #expect(left.count == 1 && left[0].contains("generation 1"))
        #expect(try await store.journal()?.phase == .switching)
        #expect(try await TargetSession.recover(world.target, holder: World.holder) != nil)
        #expect(try await world.runs(.nsd, old))
        #expect(try await store.journal() == nil)
    }

    @Test func `old files that don't start any more never keep better ones from being applied`() async throws {
        let (world, old) = try await world()
        let good = try world.graph(3)
        let goodFiles = try await World().filesAfter(good)
        world.services.judge { _, files in files == goodFiles ? .runs : .refuses("bad option") }
        let outcome = try await world.apply(try badGraph(world))
        guard case .broken = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await world.files() == old)
        #expect(try await world.apply(good).isApplied)
        #expect(try await world.runs(.nsd, goodFiles))
        #expect(try await world.store.journal() == nil)
    }

    @Test func `a service that can't be brought back is an error even where nothing else is to do`() async throws {
        let (world, old) = try await world()
        world.services.judge { _, _ in .refuses("port 53 is taken") }
        guard case .broken = try await world.apply(try badGraph(world)) else {
            Issue.record("nothing starts, and nothing is said")
            return
        }
        let again = try await world.apply(try world.graph(1))
        if again == .unchanged || again.isApplied { Issue.record("\(again)") }
        world.services.judge { _, _ in .runs }
        #expect(try await world.apply(try world.graph(1)) == .unchanged)
        #expect(try await world.store.journal() == nil)
        #expect(try await world.runs(.nsd, old))
    }

    @Test func `a daemon that died behind our back is started again`() async throws {
        let (world, old) = try await world()
        world.services.kill(world.unit(.nsd))
        #expect(try await world.apply(try world.graph(1)).isApplied)
        #expect(try await world.runs(.nsd, old))
    }

    @Test func `a process on a dry tree that ran before must run afterwards`() async throws {
        let (world, old) = try await world(canStart: false)
        #expect(world.loaded() == nil)
        guard case .files(let work) = try #require(try await world.plan(try world.graph(1)).first).work else { return }
        try await world.services.restart(try #require(work.service))
        #expect(try await world.runs(.nsd, old))
        world.judge(.dies, holding: Self.bad)
        let outcome = try await world.apply(try badGraph(world))
        if outcome.isApplied || outcome == .unchanged { Issue.record("\(outcome)") }
        #expect(try await world.files() == old)
    }

    @Test func `a daemon is told just what its plan says, and nothing where nothing has to be`() async throws {
        for seed in 0..<40 as Range<UInt64> {
            let world = try await World()
            try await world.apply(try world.graph(seed))
            if seed % 3 == 0 {
                let live = try await world.files()
                world.store.drift(world.place(.nsd), to: live + [PlaceFile(name: "stray", bytes: [1])])
            }
            let planned = try await world.plan(try world.graph(seed % 3 == 0 ? seed : seed + 100))
            let plan = try #require(planned.first).plan
            let cost = (0..<plan.count).map { plan.change(at: $0).cost }.max() ?? .live
            let before = world.services.log.count
            #expect(await world.apply(planned).isApplied, "seed \(seed)")
            let told = world.services.log.dropFirst(before).compactMap { $0.split(separator: " ").first }
            #expect(told == (cost == .live ? [] : cost == .reload ? ["reload"] : ["restart"]), "seed \(seed)")
        }
    }
}

extension World {
    fileprivate func filesAfter(_ graph: SiteGraph) async throws -> [PlaceFile] {
        try await apply(graph)
        return try await files()
    }
}
