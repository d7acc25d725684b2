import Diagnostics
import GitRevisions
import InventorySchema
import Planning
import SiteCompiler
import Targets

/// What the commits applied earlier had desired: git is the only memory, and the target says which commit it was.
struct AppliedHistory {
    let repository: InventoryRepository
    let current: CompiledRevision
    let source: Plan.Source
    let workers: Int
    private var commits: [String: (compilation: Compilation, facts: [FactChange])?] = [:]
    private var records: [String: [AppliedRecord]] = [:]

    init(repository: InventoryRepository, current: CompiledRevision, source: Plan.Source, workers: Int) {
        self.repository = repository
        self.current = current
        self.source = source
        self.workers = workers
    }

    /// What a target remembers of a site.
    mutating func record(of site: String, on target: any Target) async -> AppliedRecord? {
        await records(on: target).first { $0.site == site }
    }

    /// Which of some targets hold something of a site, by site.
    mutating func held(by targets: [any Target]) async -> [String: [any Target]] {
        var held: [String: [any Target]] = [:]
        for target in targets { for record in await records(on: target) { held[record.site, default: []].append(target) } }
        return held
    }

    /// What a target remembers, read once for each plan.
    private mutating func records(on target: any Target) async -> [AppliedRecord] {
        let name = "\(target.host) \(target.summary)"
        if let found = records[name] { return found }
        let found = (try? await target.files?.live())?.records ?? []
        records[name] = found
        return found
    }

    /// The causes of a site's differences on a target.
    mutating func causes(_ graph: SiteGraph, on target: any Target) async -> Causes {
        guard let record = await record(of: graph.site, on: target), !record.isDirty, let commit = record.commit else {
            return Causes(graph: graph, appliedGraph: nil, facts: [])
        }
        if commit == source.commit, !source.isDirty { return Causes(unchanged: graph) }
        guard let past = await compiled(commit), let then = past.compilation.graph(of: graph.site) else {
            return Causes(graph: graph, appliedGraph: nil, facts: [])
        }
        return Causes(graph: graph, appliedGraph: then, facts: past.facts)
    }

    private mutating func compiled(_ commit: String) async -> (compilation: Compilation, facts: [FactChange])? {
        if let found = commits[commit] { return found }
        var found: (compilation: Compilation, facts: [FactChange])?
        if let past = try? await CompiledRevision.read(repository, .revision(commit), workers: workers), !past.isStopped {
            found = (past.compilation, InventoryLoader.factChanges(from: past.snapshot, to: current.snapshot))
        }
        commits[commit] = .some(found)
        return found
    }
}
