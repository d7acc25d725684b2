import Addressing
import Diagnostics
import InventorySchema
import Planning
import SiteCompiler

/// Finds what a person means by a word, at every site, and explains it.
public struct Explainer: Sendable {
    private let graphs: [SiteGraph]
    private let identities: [HostIdentity]
    private let sites: [Site]
    private let registry: ProviderRegistry
    private let absences: AbsenceFinder

    /// Explains things of a compiled revision.
    public init(_ compiled: CompiledRevision, registry: ProviderRegistry) {
        graphs = compiled.compilation.graphs
        identities = compiled.inventory.hosts + compiled.inventory.sites.flatMap(\.hosts)
        sites = compiled.inventory.sites
        self.registry = registry
        absences = AbsenceFinder(compiled: compiled, registry: registry)
    }

    /// Everything that a word names: a host, MAC, address, name, service, segment or resource address.
    public func explain(_ word: String) async -> [Explanation] {
        var found: [Explanation] = []
        for graph in graphs {
            let finding = Finding(graph: graph, site: sites.first { $0.name == graph.site }, previews: registry.previews(graph))
            for meaning in finding.meanings(of: word) {
                let absence: Explanation.Absence =
                    if let entry = meaning.entry {
                        await absences.absence(of: entry, at: graph)
                    } else { .unknown("it follows from site \(graph.site) as a whole") }
                found.append(finding.explanation(of: meaning, absence))
            }
        }
        return found.isEmpty ? explainUnbound(word) : found
    }

    /// The words that could have been meant, for a suggestion.
    public var vocabulary: [String] {
        identities.map(\.name.value) + graphs.flatMap { $0.hosts.map(\.name) + $0.services.map(\.name) + $0.segments.map(\.name) }
    }

    /// What can be explained and begins with a text, sorted; of nothing, only what has a name of its own.
    public func words(beginningWith start: String) -> [String] {
        var words = Set(vocabulary.filter { $0.hasPrefix(start) })
        func add(_ word: String) { if word.hasPrefix(start) { words.insert(word) } }
        guard !start.isEmpty else { return words.sorted() }
        for host in identities {
            for interface in host.interfaces { if case .known(let mac)? = interface.mac?.value { add(mac.description) } }
        }
        for graph in graphs {
            for address in graph.links.flatMap(\.addresses) + graph.segments.flatMap(\.gateways) { add(address.description) }
            for record in graph.records { add(record.owner.description) }
            // Resource addresses take rendering to know, and begin with the site.
            guard start.hasPrefix(graph.site + "/") || (graph.site + "/").hasPrefix(start) else { continue }
            for resource in registry.previews(graph).flatMap(\.resources) { add(resource.address.description) }
        }
        return words.sorted()
    }

    /// A machine that is described and stands nowhere, such as a spare: by its name or one of its cards.
    private func explainUnbound(_ word: String) -> [Explanation] {
        let mac = try? MACAddress(word)
        return identities.filter { host in
            host.name.value == word
                || mac.map { mac in host.interfaces.contains { $0.mac?.value == .known(mac) } } ?? false
        }.map { host in
            let cards = host.interfaces.compactMap { interface in
                interface.mac.map { Origin(path: "hosts.\(host.name.value).interfaces.\(interface.label.value).mac", span: $0.span) }
            }
            return Explanation(
                title: "host \(host.name.value): \(host.form.rawValue), stands at no site that compiles",
                origins: [Origin(path: "hosts.\(host.name.value)", span: host.name.span)] + cards, resources: [], dependents: [],
                absence: .changes([], unplanned: []))
        }
    }
}

extension ProviderRegistry {
    fileprivate func previews(_ graph: SiteGraph) -> [ProviderPreview] { graph.placements.compactMap { preview($0, graph: graph) } }
}
