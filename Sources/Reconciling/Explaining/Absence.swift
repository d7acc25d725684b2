import Diagnostics
import InventorySchema
import Planning
import SiteCompiler

/// Finds what would change at a site if something had never been written, by compiling the inventory without it.
struct AbsenceFinder: Sendable {
    let compiled: CompiledRevision
    let registry: ProviderRegistry

    func absence(of entry: InventoryEntry, at graph: SiteGraph) async -> Explanation.Absence {
        let rest = await SiteCompiler.compile(compiled.inventory.without(entry), sites: [graph.site], mode: graph.mode)
        guard let without = rest.graph(of: graph.site) else {
            let known = Set(compiled.diagnostics.map(\.message))
            return .refused(
                rest.diagnostics.sorted().filter {
                    $0.severity == .error && [nil, graph.site].contains($0.site) && !known.contains($0.message)
                })
        }
        let obstacles = without.placements.compactMap { registry.preview($0, graph: without) }.flatMap(\.findings)
            .filter { $0.severity == .error }
        guard obstacles.isEmpty else { return .refused(obstacles) }
        let unplanned = graph.placements.map(\.provider).filter { registry.declaration(of: $0) == nil }.map(\.rawValue)
        return .changes(changes(from: resources(graph), to: resources(without)), unplanned: Set(unplanned).sorted())
    }

    private func resources(_ graph: SiteGraph) -> [ResourceAddress: [Attribute]] {
        var result: [ResourceAddress: [Attribute]] = [:]
        for resource in graph.placements.compactMap({ registry.preview($0, graph: graph) }).flatMap(\.resources) {
            result[resource.address] = resource.attributes
        }
        return result
    }

    private func changes(
        from before: [ResourceAddress: [Attribute]], to after: [ResourceAddress: [Attribute]]
    ) -> [(action: Action, address: ResourceAddress)] {
        let actions = before.keys.compactMap { address -> (action: Action, address: ResourceAddress)? in
            guard let rest = after[address] else { return (.delete, address) }
            return rest == before[address] ? nil : (.update, address)
        }
        let added = after.keys.filter { before[$0] == nil }.map { (action: Action.create, address: $0) }
        return (actions + added).sorted { $0.address < $1.address }
    }
}
