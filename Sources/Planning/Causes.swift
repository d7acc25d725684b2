public import InventorySchema
public import SiteCompiler

/// Tells why resources differ: which facts of the inventory changed, or that the world did.
public struct Causes: Sendable {
    /// The graph that is wanted now; nil: the inventory has the site no more.
    public let graph: SiteGraph?
    /// The graph of the commit that was applied last; nil when nothing is known of it.
    public let appliedGraph: SiteGraph?
    /// Whether the graph that was applied last is the wanted one: then nothing of it has to be derived a second time.
    public let isUnchanged: Bool
    /// What changed in the inventory since then, by path.
    private let facts: [FactChange]
    private let site: String

    /// Makes a finder of causes.
    public init(graph: SiteGraph, appliedGraph: SiteGraph?, facts: [FactChange]) {
        site = graph.site
        self.graph = graph
        self.appliedGraph = appliedGraph
        isUnchanged = false
        self.facts = facts.sorted { $0.path < $1.path }
    }

    /// Makes a finder of causes where the wanted graph is the one that was applied last.
    public init(unchanged graph: SiteGraph) {
        site = graph.site
        self.graph = graph
        appliedGraph = graph
        facts = []
        isUnchanged = true
    }

    /// Makes a finder of causes for a site that the inventory has no more: that is the cause of all that goes.
    public init(gone site: String) {
        self.site = site
        graph = nil
        appliedGraph = nil
        isUnchanged = false
        facts = []
    }

    /// Why a resource differs, with the facts it follows from.
    func explain(now: Subject?, before: Subject?, wasDesiredTheSame: Bool) -> (reason: Reason, causes: [Cause]) {
        guard let graph else { return (.inventory, [Cause(path: "sites.\(site)", span: nil)]) }
        let origins = now.map { graph.origins(of: $0) } ?? before.flatMap { subject in appliedGraph?.origins(of: subject) } ?? []
        guard appliedGraph != nil else { return (.first, origins.prefix(1).map { Cause(path: $0.path, span: $0.span) }) }
        if wasDesiredTheSame { return (.drift, origins.prefix(1).map { Cause(path: $0.path, span: $0.span) }) }
        var causes: [Cause] = []
        for origin in origins {
            for fact in changed(above: origin.path) + changed(below: origin.path) {
                let cause = Cause(fact)
                if !causes.contains(cause) { causes.append(cause) }
            }
        }
        if causes.isEmpty, facts.count == 1 {
            // Whatever follows from the inventory follows from the one fact that changed, also where the way is long: a host's address that an
            // option of a segment names through a service.
            causes = facts.map { Cause($0) }
        }
        if causes.isEmpty, let origin = origins.first {
            // What was derived from the whole site, such as a zone, follows from some fact of it that we don't single out.
            causes = [Cause(path: origin.path, span: now == nil ? nil : origin.span)]
        }
        return (.inventory, causes)
    }

    /// The mappings around a path that came or went as a whole, the outermost first.
    private func changed(above path: String) -> [FactChange] {
        guard !facts.isEmpty else { return [] }
        return path.indices.filter { path[$0] == "." || path[$0] == "[" }.flatMap { end in
            facts[firstFact(from: path[..<end])...].prefix { $0.path == path[..<end] }.filter { $0.presence != nil }
        }
    }

    /// The changed facts at a path or below it.
    private func changed(below path: String) -> ArraySlice<FactChange> {
        let low = firstFact(from: path[...])
        var end = low
        while end < facts.count, facts[end].path.hasPrefix(path) { end += 1 }
        return facts[low..<end].filter { fact in
            fact.path.utf8.count == path.utf8.count || fact.path.hasPrefix("\(path).") || fact.path.hasPrefix("\(path)[")
        }[...]
    }

    /// The position of the first changed fact that isn't before a path, by binary search.
    private func firstFact(from path: Substring) -> Int {
        var (low, high) = (0, facts.count)
        while low < high {
            let middle = (low + high) / 2
            if facts[middle].path < path { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
