import Addressing
import Diagnostics
import InventorySchema
public import Planning
public import SiteCompiler

/// What follows from one thing of the inventory: where it was written, what it became, and what stands on it.
public struct Explanation: Sendable {
    /// What the thing is: `host hv01 at site dvntm: hypervisor, active`.
    public var title: String
    /// Where it was written.
    public var origins: [Origin]
    /// What providers have because of it, by address.
    public var resources: [Line]
    /// Services and names that end at it.
    public var dependents: [String]
    /// What would change without it.
    public var consequence: String

    /// A resource with the lines that say it.
    public struct Line: Sendable {
        /// The resource.
        public var address: ResourceAddress
        /// What it says.
        public var attributes: [Attribute]
        /// The file and line it is rendered as; empty for what isn't in a file.
        public var rendered: [(file: String, line: String)]
    }
}

/// Finds what a person means by a word, at every site, and explains it.
public struct Explainer: Sendable {
    private let graphs: [SiteGraph]
    private let identities: [HostIdentity]
    private let sites: [Site]
    private let registry: ProviderRegistry

    /// Explains things of a compiled revision.
    public init(_ compiled: CompiledRevision, registry: ProviderRegistry) {
        graphs = compiled.compilation.graphs
        identities = compiled.inventory.hosts + compiled.inventory.sites.flatMap(\.hosts)
        sites = compiled.inventory.sites
        self.registry = registry
    }

    /// Everything that a word names: a host, MAC, address, name, service, segment or resource address.
    public func explain(_ word: String) -> [Explanation] {
        let found = graphs.flatMap { explain(word, $0) }
        return found.isEmpty ? explainUnbound(word) : found
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
                consequence: "without it nothing would change on a target")
        }
    }

    /// The words that could have been meant, for a suggestion.
    public var vocabulary: [String] {
        identities.map(\.name.value) + graphs.flatMap { $0.hosts.map(\.name) + $0.services.map(\.name) + $0.segments.map(\.name) }
    }

    private func explain(_ word: String, _ graph: SiteGraph) -> [Explanation] {
        let previews = self.previews(graph)
        var result: [Explanation] = []
        for (index, host) in graph.hosts.enumerated() where host.name == word { result.append(explain(host: index, graph, previews)) }
        for (index, service) in graph.services.enumerated() where service.name == word || service.fullName.description == word {
            result.append(explain(service: index, graph, previews))
        }
        for (index, segment) in graph.segments.enumerated() where segment.name == word {
            result.append(explain(segment: index, graph, previews))
        }
        if let mac = try? MACAddress(word) {
            for (index, link) in graph.links.enumerated() where link.mac == mac {
                result.append(explain(link: index, "MAC \(mac)", graph, previews))
            }
        }
        if let address = try? IPAddress(word) { result += explain(address, graph, previews) }
        if let name = try? DomainName(underscored: word), word.contains(".") {
            for index in graph.links.indices where owners(.link(index), graph).contains(name) {
                result.append(explain(link: index, "name \(name)", graph, previews))
            }
            result += explainOther(name, graph, previews)
        }
        if let address = ResourceAddress(word) { result += explain(address, graph, previews) }
        return result
    }

    private func explain(host index: Int, _ graph: SiteGraph, _ previews: [ProviderPreview]) -> Explanation {
        let host = graph.hosts[index]
        let own = { (subject: Subject) -> Bool in
            switch subject {
            case .host(let other): other == index
            case .link(let link): graph.links[link].host == index
            case .service(let service): graph.services[service].host == index
            case .site, .segment, .ownerRecords, .alias: false
            }
        }
        let near = graph.neighbours(of: .host(index))
        let roles = graph.placements.filter { $0.host == index }.map {
            "\($0.provider.rawValue) for \($0.roles.map(\.rawValue).joined(separator: ", "))"
        }
        return make(
            "host \(host.name) at site \(graph.site): \(host.form.rawValue), \(host.lifecycle.rawValue)"
                + (host.isManaged ? "" : ", not managed"),
            graph.origins(of: .host(index)), own,
            near.services.map { "service \($0)" } + near.names.map { "name \($0)" } + roles.map { "serves by \($0)" },
            graph, previews)
    }

    private func explain(service index: Int, _ graph: SiteGraph, _ previews: [ProviderPreview]) -> Explanation {
        let service = graph.services[index]
        let end = service.target.map { "\($0)" } ?? "nothing"
        let users = graph.services.filter { $0.via == service.name }.map { "service \($0.name)" }
        let aliases = graph.records.filter { $0.data == .cname(service.fullName) }.map { "alias \($0.owner)" }
        let uses = self.uses(of: index, graph)
        var explanation = make(
            "service \(service.name) at site \(graph.site): \(service.fullName) → \(end)", graph.origins(of: .service(index)),
            { subject in if case .service(let other) = subject { other == index } else { false } }, Set(users + aliases).sorted() + uses,
            graph, previews)
        let needed = Set(users + aliases).sorted() + uses
        if !needed.isEmpty { explanation.consequence += "; and the inventory would be refused: \(needed.joined(separator: ", "))" }
        return explanation
    }

    /// What else of the site names a service: without the service these would be errors.
    private func uses(of index: Int, _ graph: SiteGraph) -> [String] {
        guard let site = sites.first(where: { $0.name == graph.site }) else { return [] }
        let name = graph.services[index].name
        let isNamed = { (references: [Located<ServerReference>]?) in references?.contains { $0.value == .service(name) } ?? false }
        var uses: [String] = []
        if site.settings?.netboot?.chain?.service.value == name { uses.append("network boot chains to it") }
        if isNamed(site.settings?.dhcp.ntp) { uses.append("DHCP tells it as time server") }
        for segment in site.segments {
            for dhcp in [segment.dhcp, segment.bootstrapDHCP] {
                if isNamed(dhcp?.ntp) { uses.append("segment \(segment.name.value) tells it as time server") }
                if isNamed(dhcp?.dns) { uses.append("segment \(segment.name.value) tells it as resolver") }
            }
        }
        return uses
    }

    private func explain(segment index: Int, _ graph: SiteGraph, _ previews: [ProviderPreview]) -> Explanation {
        let segment = graph.segments[index]
        let hosts = Set(graph.links.filter { $0.segment == index }.map { "host \(graph.hosts[$0.host].name)" }).sorted()
        let what = ([segment.vlan.map { "VLAN \($0)" }] + segment.prefixes.map { $0.description }).compactMap { $0 }.joined(separator: ", ")
        return make(
            "segment \(segment.name) at site \(graph.site): \(what.isEmpty ? "no prefix" : what)", graph.origins(of: .segment(index)),
            { subject in
                switch subject {
                case .segment(let other): other == index
                case .link(let link): graph.links[link].segment == index
                default: false
                }
            }, hosts, graph, previews)
    }

    private func explain(link index: Int, _ what: String, _ graph: SiteGraph, _ previews: [ProviderPreview]) -> Explanation {
        let link = graph.links[index]
        let near = graph.neighbours(of: .link(index))
        return make(
            "\(what): host \(graph.hosts[link.host].name), interface \(link.label), at site \(graph.site)", graph.origins(of: .link(index)),
            { $0 == .link(index) }, near.services.map { "service \($0)" }, graph, previews)
    }

    private func explain(_ address: IPAddress, _ graph: SiteGraph, _ previews: [ProviderPreview]) -> [Explanation] {
        var result: [Explanation] = []
        for (index, link) in graph.links.enumerated() where link.addresses.contains(address) {
            result.append(explain(link: index, "address \(address)", graph, previews))
        }
        for (index, segment) in graph.segments.enumerated() where segment.gateways.contains(address) {
            var explanation = explain(segment: index, graph, previews)
            let holders = graph.heldAddresses.filter { $0.address == address }.map { graph.hosts[graph.links[$0.link].host].name }
            explanation.title = "address \(address) is the gateway of " + explanation.title
            explanation.resources.removeAll { line in !line.attributes.contains { $0.value == address.description } }
            explanation.consequence = "without it hosts on the segment would be told no router"
            explanation.dependents += holders.map { "host \($0) holds it while the \(graph.mode.rawValue) side serves" }
            result.append(explanation)
        }
        guard result.isEmpty, let index = graph.segments.firstIndex(where: { $0.prefixes.contains { $0.contains(address) } }) else {
            return result
        }
        let isLeased = graph.dhcp.contains { $0.segment == index && $0.pool?.contains(address) ?? false }
        var explanation = explain(segment: index, graph, previews)
        explanation.title = "address \(address) is \(isLeased ? "leased from the pool" : "free"), in " + explanation.title
        return [explanation]
    }

    private func explainOther(_ name: DomainName, _ graph: SiteGraph, _ previews: [ProviderPreview]) -> [Explanation] {
        var subjects: [Subject] = []
        for record in graph.records where record.owner == name && !subjects.contains(record.subject) {
            switch record.subject {
            case .alias, .ownerRecords: subjects.append(record.subject)
            case .site, .segment, .host, .link, .service: break
            }
        }
        return subjects.map { subject in
            make("name \(name) at site \(graph.site)", graph.origins(of: subject), { $0 == subject }, [], graph, previews)
        }
    }

    private func explain(_ address: ResourceAddress, _ graph: SiteGraph, _ previews: [ProviderPreview]) -> [Explanation] {
        guard address.site == graph.site else { return [] }
        return previews.flatMap(\.resources).filter { $0.address == address }.map { resource in
            let near = graph.neighbours(of: resource.subject)
            return make(
                "resource \(address)", graph.origins(of: resource.subject), { $0 == resource.subject },
                near.services.map { "service \($0)" }, graph,
                previews, only: address)
        }
    }

    private func owners(_ subject: Subject, _ graph: SiteGraph) -> Set<DomainName> {
        Set(graph.records.filter { $0.subject == subject }.map(\.owner))
    }

    private func previews(_ graph: SiteGraph) -> [ProviderPreview] { graph.placements.compactMap { registry.preview($0, graph: graph) } }

    private func make(
        _ title: String, _ origins: [Origin], _ follows: (Subject) -> Bool, _ dependents: [String], _ graph: SiteGraph,
        _ previews: [ProviderPreview],
        only: ResourceAddress? = nil
    ) -> Explanation {
        let lines = previews.flatMap(\.resources).filter { follows($0.subject) && (only == nil || $0.address == only) }
            .map { Explanation.Line(address: $0.address, attributes: $0.attributes, rendered: $0.rendered) }
        let services = dependents.filter { $0.hasPrefix("service ") }
        var consequence: String
        if lines.isEmpty {
            let missing = graph.placements.filter { registry.declaration(of: $0.provider) == nil }.map(\.provider.rawValue)
            consequence =
                missing.isEmpty
                ? "without it nothing would change on a target"
                : "what it becomes isn't planned: there is no provider \(Set(missing).sorted().joined(separator: ", ")) yet"
        } else {
            consequence = "without it \(lines.count == 1 ? "1 resource" : "\(lines.count) resources") would be deleted"
        }
        if !services.isEmpty { consequence += ", and \(services.joined(separator: ", ")) would end nowhere" }
        return Explanation(
            title: title, origins: origins.filter { $0.span != nil }, resources: lines, dependents: dependents, consequence: consequence)
    }
}
