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
    private var known: [String: (compilation: Compilation, facts: [FactChange])?] = [:]

    init(repository: InventoryRepository, current: CompiledRevision, source: Plan.Source, workers: Int) {
        self.repository = repository
        self.current = current
        self.source = source
        self.workers = workers
    }

    /// The causes of a site's differences on a target.
    mutating func causes(_ graph: SiteGraph, on target: any Target) async -> Causes {
        let records = (try? await target.files?.live())?.records ?? []
        guard let record = records.first(where: { $0.site == graph.site }), !record.isDirty, let commit = record.commit else {
            return Causes(graph: graph, appliedGraph: nil, facts: [])
        }
        if commit == source.commit, !source.isDirty { return Causes(unchanged: graph) }
        guard let past = await compiled(commit), let then = past.compilation.graph(of: graph.site) else {
            return Causes(graph: graph, appliedGraph: nil, facts: [])
        }
        return Causes(graph: graph, appliedGraph: then, facts: past.facts)
    }

    private mutating func compiled(_ commit: String) async -> (compilation: Compilation, facts: [FactChange])? {
        if let found = known[commit] { return found }
        var found: (compilation: Compilation, facts: [FactChange])?
        if let past = try? await CompiledRevision.read(repository, .revision(commit), workers: workers), !past.isStopped {
            found = (past.compilation, InventoryLoader.factChanges(from: past.snapshot, to: current.snapshot))
        }
        known[commit] = .some(found)
        return found
    }
}
