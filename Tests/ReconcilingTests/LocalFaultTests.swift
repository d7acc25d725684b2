import InventorySchema
import Planning
import Reconciling
import SiteCompiler
import Targets
import TestSupport
import Testing

/// Disks that fill up or become read-only, and things that stand where others should: on real files below a directory.
@Suite struct LocalFaultTests {
    private let provider = FileDaemonProvider()

    private func apply(_ seed: UInt64, of graphs: RandomGraphs, on target: any Target) async throws(TargetError) -> TargetOutcome {
        let graph: SiteGraph
        do { graph = try graphs.graph(seed: seed) } catch { throw TargetError(.unexpectedShape, "\(error)") }
        _ = try await TargetSession.recover(target, holder: World.holder)
        let causes = Causes(graph: graph, appliedGraph: nil, facts: [])
        let run = try await ProviderRegistry([provider]).run(graphs.placement(of: provider.name), causes: causes, on: target)
        let planned = [run].compactMap(\.self)
        let record = AppliedRecord(
            site: "lab", commit: nil, isDirty: false, desiredDigest: "d", places: planned.compactMap { $0.place?.description })
        return await TargetSession.apply(
            planned, on: target, records: [record], holder: World.holder, report: { _ in },
            observe: { () async throws(TargetError) in
                var runs: [any PlacementRun] = []
                for run in planned { runs.append(try await run.observedAgain(on: target)) }
                return runs
            }
        ).outcome
    }

    private func files(_ target: any Target) async throws -> [PlaceFile] {
        try await target.files?.read(Targets.Place(provider: "nsd", site: "lab")).files ?? []
    }

    /// 28: no space; 30: read-only; 5: the disk fails; 122: the quota is used up.
    @Test(arguments: [28, 30, 5, 122] as [Int32])
    func `a disk that fails from some call on leaves the old or the new, and once it works the new`(_ errno: Int32) async throws {
        let graphs = try await RandomGraphs()
        var (number, isReached) = (1, true)
        while isReached {
            let root = try ScratchDirectory()
            let sound = LocalTarget(host: "builder-ph01", root: root.path)
            #expect(try await apply(1, of: graphs, on: sound).isApplied)
            let old = try await files(sound)
            let gate = SystemGate(injector: FaultPlan(.fail(errno), at: number, continues: true))
            let outcome = try await apply(2, of: graphs, on: LocalTarget(host: "builder-ph01", root: root.path, gate: gate))
            isReached = gate.count >= number
            let now = try await files(sound)
            let what: Comment = "errno \(errno) from call \(number) on: \(outcome)"
            switch outcome {
            case .refused, .rolledBack: #expect(now == old, what)
            case .applied: #expect(now != old, what)
            case .broken(_, let left): #expect(!left.isEmpty, what)
            case .unchanged, .moved: Issue.record(what)
            }
            _ = try await TargetSession.recover(sound, holder: World.holder)
            let afterwards = try await files(sound)
            if outcome.isApplied { #expect(afterwards == now, what) }
            _ = try await apply(2, of: graphs, on: sound)
            #expect(try await apply(2, of: graphs, on: sound) == .unchanged, what)
            #expect(try await files(sound) != old, what)
            #expect(try await sound.files?.journal() == nil, what)
            number += 1
        }
        #expect(number > 20)
    }

    @Test(arguments: [
        "etc", "etc/deevnet", "etc/deevnet/generations", "var", "var/lib", "var/lib/deevnet", "run", "run/deevnet",
    ])
    func `a file where a directory should be is named, and is left alone`(_ path: String) async throws {
        let graphs = try await RandomGraphs()
        let root = try ScratchDirectory()
        let target = LocalTarget(host: "builder-ph01", root: root.path)
        try root.write("mine\n", to: path)
        do throws(TargetError) {
            let outcome = try await apply(1, of: graphs, on: target)
            guard case .refused(let error) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(error.message.contains(path), "\(error)")
        } catch {
            #expect(error.message.contains(path), "\(error)")
        }
        #expect(root.text(path) == "mine\n")
        try root.remove(path)
        #expect(try await apply(1, of: graphs, on: target).isApplied)
    }

    @Test(arguments: ["etc/deevnet/current", "etc/deevnet/generations/2", "var/lib/deevnet/journal.json", "run/deevnet/lock"])
    func `a directory where a link or a file should be is named, and is left alone`(_ path: String) async throws {
        let graphs = try await RandomGraphs()
        let root = try ScratchDirectory()
        let target = LocalTarget(host: "builder-ph01", root: root.path)
        if path.hasSuffix("2") { #expect(try await apply(1, of: graphs, on: target).isApplied) }
        try root.write("mine\n", to: "\(path)/mine")
        do throws(TargetError) {
            let outcome = try await apply(2, of: graphs, on: target)
            // A generation's number that is taken by something is passed over.
            if path.hasSuffix("2") { return }
            guard case .refused(let error) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(error.message.contains(path), "\(error)")
        } catch {
            #expect(error.message.contains(path), "\(error)")
        }
        #expect(root.text("\(path)/mine") == "mine\n")
        try root.remove(path)
        #expect(try await apply(1, of: graphs, on: target).isApplied)
    }
}
