import Diagnostics
import GitRevisions
import InventorySchema
import Planning
import SiteCompiler
import Targets

/// What the commits applied earlier had desired: git is the only memory, and the target says which commit it was.
actor AppliedHistory {
    private struct Past: Sendable {
        var compilation: Compilation
        var facts: [FactChange]
    }

    private let repository: InventoryRepository
    private let current: CompiledRevision
    private let source: Plan.Source
    private let workers: Int
    // Tasks and not what comes of them: sites are planned side by side, and the second to ask waits for the first's answer.
    private var commits: [String: Task<Past?, Never>] = [:]
    private var records: [String: Task<[AppliedRecord], Never>] = [:]

    init(repository: InventoryRepository, current: CompiledRevision, source: Plan.Source, workers: Int) {
        self.repository = repository
        self.current = current
        self.source = source
        self.workers = workers
    }

    /// What a target remembers of a site.
    func record(of site: String, on target: any Target) async -> AppliedRecord? {
        await records(on: target).first { $0.site == site }
    }

    /// Which of some targets hold something of a site, by site.
    func held(by targets: [any Target]) async -> [String: [any Target]] {
        var held: [String: [any Target]] = [:]
        for target in targets { for record in await records(on: target) { held[record.site, default: []].append(target) } }
        return held
    }

    /// What a target remembers, read once for each plan.
    private func records(on target: any Target) async -> [AppliedRecord] {
        let name = "\(target.host) \(target.summary)"
        if let reading = records[name] { return await reading.value }
        let reading = Task { (try? await target.files?.live())?.records ?? [] }
        records[name] = reading
        return await reading.value
    }

    /// The causes of a site's differences on a target.
    func causes(_ graph: SiteGraph, on target: any Target) async -> Causes {
        guard let record = await record(of: graph.site, on: target), !record.isDirty, let commit = record.commit else {
            return Causes(graph: graph, appliedGraph: nil, facts: [])
        }
        if commit == source.commit, !source.isDirty { return Causes(unchanged: graph) }
        guard let past = await compiled(commit), let then = past.compilation.graph(of: graph.site) else {
            return Causes(graph: graph, appliedGraph: nil, facts: [])
        }
        return Causes(graph: graph, appliedGraph: then, facts: past.facts)
    }

    private func compiled(_ commit: String) async -> Past? {
        if let reading = commits[commit] { return await reading.value }
        let reading = Task { [repository, current, workers] () -> Past? in
            guard let past = try? await CompiledRevision.read(repository, .revision(commit), workers: workers), !past.isStopped else {
                return nil
            }
            return Past(
                compilation: past.compilation, facts: InventoryLoader.factChanges(from: past.snapshot, to: current.snapshot))
        }
        commits[commit] = reading
        return await reading.value
    }
}
