import Foundation
import InventorySchema
import Planning
import Reconciling
import SiteCompiler
import Targets
import TestSupport
import Testing

/// A place that already holds somebody else's files, with modes and owners of their own: taken over, or left as it was to the last byte.
@Suite struct FirstContactTests {
    private let provider = FileDaemonProvider()
    private static let place = Targets.Place(provider: "nsd", site: "lab")

    /// What a person would miss of a file.
    private struct Kept: Equatable {
        var bytes: Data
        var mode: UInt32
        var owner: UInt32
        var group: UInt32
        var modified: Int
        var inode: UInt64
    }

    private func kept(_ root: String, _ generation: UInt64 = 1) throws -> [String: Kept] {
        let folder = "\(root)/etc/deevnet/generations/\(generation)/nsd/lab"
        var found: [String: Kept] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let path = "\(folder)/\(name)"
            let all = try FileManager.default.attributesOfItem(atPath: path)
            found[name] = Kept(
                bytes: try Data(contentsOf: URL(filePath: path)), mode: (all[.posixPermissions] as? NSNumber)?.uint32Value ?? 0,
                owner: (all[.ownerAccountID] as? NSNumber)?.uint32Value ?? 0,
                group: (all[.groupOwnerAccountID] as? NSNumber)?.uint32Value ?? 0,
                modified: Int((all[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0),
                inode: (all[.systemFileNumber] as? NSNumber)?.uint64Value ?? 0)
        }
        return found
    }

    /// A tree in which another site was applied, and somebody put files of their own where ours would go.
    private func foreignTree() async throws -> ScratchDirectory {
        let root = try ScratchDirectory()
        let store = LocalFileStore(root: root.path)
        let theirs = [
            PlaceFile(name: "entries", bytes: Array("theirs\n".utf8), mode: 0o640), PlaceFile(name: "notes", bytes: [], mode: 0o600),
        ]
        let other = AppliedRecord(site: "other", commit: nil, isDirty: false, desiredDigest: "d", places: ["nsd/other"])
        let generation = try await store.stage([Self.place: theirs], records: [other])
        try await store.makeLive(generation.number, replacing: nil)
        let folder = "\(root.path)/etc/deevnet/generations/1/nsd/lab"
        if geteuid() == 0 {
            try FileManager.default.setAttributes([.ownerAccountID: 1, .groupOwnerAccountID: 2], ofItemAtPath: "\(folder)/entries")
        }
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: "\(folder)/notes")
        return root
    }

    private func plan(_ seed: UInt64, _ graphs: RandomGraphs, on target: any Target) async throws -> [any PlacementRun] {
        let causes = Causes(graph: try graphs.graph(seed: seed), appliedGraph: nil, facts: [])
        let run = try await ProviderRegistry([provider]).run(graphs.placement(of: provider.name), causes: causes, on: target)
        return [run].compactMap(\.self)
    }

    /// What the command does once everything in the way is adopted.
    private func apply(_ seed: UInt64, _ graphs: RandomGraphs, on target: any Target) async throws -> TargetOutcome {
        _ = try? await TargetSession.recover(target, holder: World.holder)
        let planned = try await plan(seed, graphs, on: target)
        let record = AppliedRecord(site: "lab", commit: nil, isDirty: false, desiredDigest: "d", places: ["nsd/lab"])
        return await TargetSession.apply(
            planned, on: target, records: [record], holder: World.holder, report: { _ in },
            observe: { () async throws(TargetError) in
                var runs: [any PlacementRun] = []
                for run in planned { runs.append(try await run.observedAgain(on: target)) }
                return runs
            }
        ).outcome
    }

    @Test func `what no record names is told by address, with what becomes of it`() async throws {
        let (graphs, root) = (try await RandomGraphs(), try await foreignTree())
        let target = LocalTarget(host: "builder-ph01", root: root.path)
        let strangers = try await plan(1, graphs, on: target).flatMap { $0.plan.strangers }
        #expect(strangers.map(\.address.description) == ["lab/builder-ph01/nsd/file/entries", "lab/builder-ph01/nsd/file/notes"])
        #expect(strangers.map(\.stranger.fate) == [.replaced, .removed])
        #expect(try await apply(1, graphs, on: target).isApplied)
        #expect(try await plan(1, graphs, on: target).allSatisfy { $0.plan.strangers.isEmpty && $0.plan.count == 0 })
    }

    @Test(.enabled(if: geteuid() == 0, "only root can make files of another owner"))
    func `a file of another owner that is as it should be is ours afterwards`() async throws {
        let (graphs, root) = (try await RandomGraphs(), try await foreignTree())
        let folder = "\(root.path)/etc/deevnet/generations/1/nsd/lab"
        let target = LocalTarget(host: "builder-ph01", root: root.path)
        guard case .files(let work)? = try await plan(1, graphs, on: target).first?.work else { throw Mortality.death }
        for file in work.wanted {
            try root.write(String(decoding: file.bytes, as: UTF8.self), to: "etc/deevnet/generations/1/nsd/lab/\(file.name)")
            try FileManager.default.setAttributes(
                [.posixPermissions: file.mode, .ownerAccountID: 1], ofItemAtPath: "\(folder)/\(file.name)")
        }
        let before = try kept(root.path)
        #expect(try await plan(1, graphs, on: target).flatMap { $0.plan.strangers.map(\.stranger.fate) }.contains(.kept))
        #expect(try await apply(1, graphs, on: target).isApplied)
        #expect(try kept(root.path, 2).values.allSatisfy { $0.owner == 0 })
        #expect(try kept(root.path) == before)
    }

    @Test func `what is edited in place once it is ours leaves the baseline as it was`() async throws {
        let (graphs, root) = (try await RandomGraphs(), try await foreignTree())
        let target = LocalTarget(host: "builder-ph01", root: root.path)
        guard case .files(let work)? = try await plan(1, graphs, on: target).first?.work else { throw Mortality.death }
        for file in work.wanted {
            let path = "etc/deevnet/generations/1/nsd/lab/\(file.name)"
            try root.write(String(decoding: file.bytes, as: UTF8.self), to: path)
            try FileManager.default.setAttributes([.posixPermissions: file.mode], ofItemAtPath: "\(root.path)/\(path)")
        }
        let before = try kept(root.path)
        #expect(try await plan(1, graphs, on: target).flatMap { $0.plan.strangers.map(\.stranger.fate) }.contains(.kept))
        for seed in [UInt64(1), 1, 2] {
            #expect(try await apply(seed, graphs, on: target).isApplied)
            for file in work.wanted {
                let handle = try #require(FileHandle(forWritingAtPath: "\(root.path)/etc/deevnet/current/nsd/lab/\(file.name)"))
                try handle.seekToEnd()
                try handle.write(contentsOf: Data("# by hand\n".utf8))
                try handle.close()
            }
            #expect(try kept(root.path) == before)
        }
    }

    @Test func `a file that came between the plan and the apply stops it`() async throws {
        let (graphs, root) = (try await RandomGraphs(), try await foreignTree())
        let target = LocalTarget(host: "builder-ph01", root: root.path)
        let planned = try await plan(1, graphs, on: target)
        try root.write("later\n", to: "etc/deevnet/generations/1/nsd/lab/later")
        var again: [any PlacementRun] = []
        for run in planned { again.append(try await run.observedAgain(on: target)) }
        #expect(TargetSession.moved(from: planned, to: again) != nil)
    }

    /// 28: no space; 5: the disk fails; 13: no right.
    @Test(arguments: [28, 5, 13] as [Int32], [false, true])
    func `whatever call fails, the baseline stays as it was to the last byte, mode and owner`(_ errno: Int32, _ continues: Bool)
        async throws
    {
        let graphs = try await RandomGraphs()
        var (number, isReached, undone) = (1, true, 0)
        while isReached {
            let root = try await foreignTree()
            let before = try kept(root.path)
            let gate = SystemGate(injector: FaultPlan(.fail(errno), at: number, continues: continues))
            let outcome = try await apply(1, graphs, on: LocalTarget(host: "builder-ph01", root: root.path, gate: gate))
            isReached = gate.count >= number
            let what: Comment = "errno \(errno) at call \(number): \(outcome)"
            #expect(try kept(root.path) == before, what)
            let sound = LocalTarget(host: "builder-ph01", root: root.path)
            _ = try await TargetSession.recover(sound, holder: World.holder)
            #expect(try kept(root.path) == before, what)
            // Of an undoing that failed too the next run makes one or the other.
            var isBroken = false
            if case .broken = outcome { isBroken = true }
            if !outcome.isApplied, !isBroken {
                undone += 1
                // The first apply is undone: what was live is live again, and nothing claims it.
                #expect(try await sound.files?.live()?.number == 1, what)
                #expect(try await plan(1, graphs, on: sound).contains { !$0.plan.strangers.isEmpty }, what)
            }
            _ = try await apply(1, graphs, on: sound)
            #expect(try await plan(1, graphs, on: sound).allSatisfy { $0.plan.count == 0 && $0.plan.strangers.isEmpty }, what)
            #expect(try kept(root.path) == before, what)
            number += 1
        }
        #expect(number > 20 && undone > 10)
    }

    @Test func `the baseline stays for as long as the site does`() async throws {
        let (graphs, root) = (try await RandomGraphs(), try await foreignTree())
        let before = try kept(root.path)
        let target = LocalTarget(host: "builder-ph01", root: root.path)
        for seed in UInt64(1)...8 { _ = try await apply(seed, graphs, on: target) }
        let live = try #require(try await target.files?.live())
        #expect(live.number > UInt64(Apply.keptGenerations) + 2)
        #expect(live.records.first { $0.site == "lab" }?.baseline == 1)
        #expect(try kept(root.path) == before)
    }
}
