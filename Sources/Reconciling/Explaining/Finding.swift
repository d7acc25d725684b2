import Addressing
import Diagnostics
import InventorySchema
import Planning
import SiteCompiler

/// One thing of a site that a word can mean.
struct Meaning {
    var title: String
    var origins: [Origin]
    /// The resources that follow from it.
    var follows: (ProviderPreview.Resource) -> Bool
    /// What ends at it.
    var dependents: [String] = []
    /// What to take away to see what would be without it; nil: it follows from the site as a whole.
    var entry: InventoryEntry?
}

/// What a word means at one site.
struct Finding {
    let graph: SiteGraph
    let site: Site?
    let previews: [ProviderPreview]

    func explanation(of meaning: Meaning, _ absence: Explanation.Absence) -> Explanation {
        let lines = previews.flatMap(\.resources).filter(meaning.follows)
            .map { Explanation.Line(address: $0.address, attributes: $0.attributes, rendered: $0.rendered) }
        return Explanation(
            title: meaning.title, origins: meaning.origins.filter { $0.span != nil }, resources: lines, dependents: meaning.dependents,
            absence: absence)
    }

    func meanings(of word: String) -> [Meaning] {
        var result: [Meaning] = []
        for (index, host) in graph.hosts.enumerated() where host.name == word { result.append(meaning(host: index)) }
        for (index, service) in graph.services.enumerated() where service.name == word || service.fullName.description == word {
            result.append(meaning(service: index))
        }
        for (index, segment) in graph.segments.enumerated() where segment.name == word { result.append(meaning(segment: index)) }
        if let mac = try? MACAddress(word) {
            for (index, link) in graph.links.enumerated() where link.mac == mac {
                result.append(meaning(link: index, "MAC \(mac)", without: .mac(mac)))
            }
        }
        if let address = try? IPAddress(word) { result += meanings(of: address) }
        if word.contains("."), let name = try? DomainName(underscored: word) { result += meanings(of: name) }
        if let address = ResourceAddress(word), address.site == graph.site { result += meanings(of: address) }
        return result
    }

    private func meaning(host index: Int) -> Meaning {
        let host = graph.hosts[index]
        let near = graph.neighbours(of: .host(index))
        let roles = graph.placements.filter { $0.hostName == host.name }.map {
            "\($0.provider.rawValue) for \($0.roles.map(\.rawValue).joined(separator: ", "))"
        }
        return Meaning(
            title: "host \(host.name) at site \(graph.site): \(host.form.rawValue), \(host.lifecycle.rawValue)"
                + (host.isManaged ? "" : ", not managed"),
            origins: graph.origins(of: .host(index)),
            follows: { resource in
                switch resource.subject {
                case .host(let other): other == index
                case .link(let link): graph.links[link].host == index
                case .service(let service): graph.services[service].host == index
                case .site, .segment, .ownerRecords, .alias: false
                }
            },
            dependents: near.services.map { "service \($0)" } + near.names.map { "name \($0)" } + roles.map { "serves by \($0)" },
            entry: .binding(host: host.name, site: graph.site))
    }

    private func meaning(service index: Int) -> Meaning {
        let service = graph.services[index]
        let end = service.target.map { "\($0)" } ?? "nothing"
        let users = graph.services.filter { $0.via == service.name }.map { "service \($0.name)" }
        let aliases = graph.records.compactMap { record -> String? in
            guard case .alias(let name, _) = record.subject, record.data == .cname(service.fullName) else { return nil }
            return "alias \(name)"
        }
        return Meaning(
            title: "service \(service.name) at site \(graph.site): \(service.fullName) → \(end)",
            origins: graph.origins(of: .service(index)), follows: { $0.subject == .service(index) },
            dependents: Set(users + aliases).sorted() + uses(of: service.name), entry: .service(service.name, site: graph.site))
    }

    /// What else of the site names a service.
    private func uses(of name: String) -> [String] {
        guard let site else { return [] }
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

    private func meaning(segment index: Int) -> Meaning {
        let segment = graph.segments[index]
        let hosts = Set(graph.links.filter { $0.segment == index }.map { "host \(graph.hosts[$0.host].name)" }).sorted()
        let what = ([segment.vlan.map { "VLAN \($0)" }] + segment.prefixes.map { $0.description }).compactMap { $0 }.joined(separator: ", ")
        return Meaning(
            title: "segment \(segment.name) at site \(graph.site): \(what.isEmpty ? "no prefix" : what)",
            origins: graph.origins(of: .segment(index)),
            follows: { resource in
                switch resource.subject {
                case .segment(let other): other == index
                case .link(let link): graph.links[link].segment == index
                default: false
                }
            }, dependents: hosts, entry: .segment(segment.name, site: graph.site))
    }

    private func meaning(link index: Int, _ what: String, without entry: InventoryEntry? = nil) -> Meaning {
        let link = graph.links[index]
        return Meaning(
            title: "\(what): host \(graph.hosts[link.host].name), interface \(link.label), at site \(graph.site)",
            origins: graph.origins(of: .link(index)), follows: { $0.subject == .link(index) },
            dependents: graph.neighbours(of: .link(index)).services.map { "service \($0)" }, entry: entry ?? self.entry(of: .link(index)))
    }

    private func meanings(of address: IPAddress) -> [Meaning] {
        var result: [Meaning] = []
        for (index, link) in graph.links.enumerated() where link.addresses.contains(address) {
            let isGateway = link.segment.map { graph.segments[$0].gateways.contains(address) } ?? false
            result.append(meaning(link: index, "address \(address)", without: isGateway ? nil : .address(address, site: graph.site)))
        }
        for (index, segment) in graph.segments.enumerated() where segment.gateways.contains(address) {
            var meaning = meaning(segment: index)
            let holders = graph.heldAddresses.filter { $0.address == address }.map { graph.hosts[graph.links[$0.link].host].name }
            let ofSegment = meaning.follows
            meaning.title = "address \(address) is the gateway of " + meaning.title
            meaning.follows = { resource in ofSegment(resource) && resource.attributes.contains { $0.value == address.description } }
            meaning.dependents += holders.map { "host \($0) holds it while the \(graph.mode.rawValue) side serves" }
            meaning.entry = .gateway(segment: segment.name, site: graph.site)
            result.append(meaning)
        }
        guard result.isEmpty, let index = graph.segments.firstIndex(where: { $0.prefixes.contains { $0.contains(address) } }) else {
            return result
        }
        let isLeased = graph.dhcp.contains { $0.segment == index && $0.pool?.contains(address) ?? false }
        var meaning = meaning(segment: index)
        meaning.title = "address \(address) is \(isLeased ? "leased from the pool" : "free"), in " + meaning.title
        meaning.follows = { isLeased && $0.subject == .segment(index) }
        meaning.dependents = []
        if isLeased { meaning.entry = .pool(segment: graph.segments[index].name, site: graph.site) }
        return [meaning]
    }

    private func meanings(of name: DomainName) -> [Meaning] {
        let named = graph.records.filter { $0.owner == name }.map(\.subject)
        var subjects: [Subject] = []
        for subject in named where !subjects.contains(subject) { subjects.append(subject) }
        return subjects.compactMap { subject in
            switch subject {
            case .link(let index): meaning(link: index, "name \(name)")
            case .alias, .ownerRecords:
                Meaning(
                    title: "name \(name) at site \(graph.site)", origins: graph.origins(of: subject), follows: { $0.subject == subject },
                    entry: entry(of: subject))
            case .site, .segment, .host, .service: nil
            }
        }
    }

    private func meanings(of address: ResourceAddress) -> [Meaning] {
        previews.flatMap(\.resources).filter { $0.address == address }.map { resource in
            Meaning(
                title: "resource \(address)", origins: graph.origins(of: resource.subject), follows: { $0.address == address },
                dependents: graph.neighbours(of: resource.subject).services.map { "service \($0)" }, entry: entry(of: resource.subject))
        }
    }

    /// What was written that a subject stands for.
    private func entry(of subject: Subject) -> InventoryEntry? {
        switch subject {
        case .site: nil
        case .segment(let index): .segment(graph.segments[index].name, site: graph.site)
        case .host(let index): .binding(host: graph.hosts[index].name, site: graph.site)
        case .link(let index):
            .attachment(
                host: graph.hosts[graph.links[index].host].name, label: graph.links[index].label,
                segment: graph.links[index].segment.map { graph.segments[$0].name }, site: graph.site)
        case .service(let index): .service(graph.services[index].name, site: graph.site)
        case .ownerRecords(let owner, _): .records(owner: owner, site: graph.site)
        case .alias(let name, _): .alias(name)
        }
    }
}
