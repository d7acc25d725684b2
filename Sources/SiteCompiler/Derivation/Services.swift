import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// The services of the present mode with their alias records. Where services end is proven in both modes.
    mutating func deriveServices() {
        let other: Authority.Mode = mode == .bootstrap ? .production : .bootstrap
        let known = Set(findings.all)
        graph.services = resolveServices(in: mode)
        if !settings.authority.servers(in: other).isEmpty {
            // The other side's findings are the same but for those that only it has.
            var second = self
            second.findings = DiagnosticList()
            _ = second.resolveServices(in: other)
            let found = Set(findings.all)
            for finding in second.findings.all where !found.contains(finding) && !known.contains(finding) { findings.add(finding) }
        }
        for index in graph.services.indices {
            guard let target = graph.services[index].target else { continue }
            graph.records.append(Record(owner: graph.services[index].fullName, data: .cname(target), subject: .service(index)))
        }
    }

    private struct Entry {
        var name: Located<String>
        var target: Service.Target
        var workload: String?
    }

    private mutating func resolveServices(in mode: Authority.Mode) -> [GraphService] {
        var entries = site.services.map { Entry(name: $0.name, target: $0.target, workload: nil) }
        entries += workloadServices(known: Set(site.services.map(\.name.value)))
        entries.sort { $0.name.value < $1.name.value }
        let index = Dictionary(entries.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        var result: [GraphService] = []
        for entry in entries {
            guard let fullName = name(entry.name.value, in: graph.domain, at: entry.name.span) else { continue }
            var service = GraphService(name: entry.name.value, fullName: fullName, workload: entry.workload, span: entry.name.span)
            if let end = follow(entry, entries, index, mode) {
                service.host = graph.links[end].host
                service.link = end
                if case .service(let next) = entry.target {
                    service.via = next.value
                    service.target = name(next.value, in: graph.domain, at: next.span)
                } else {
                    service.target = aliasTarget(end)
                }
            }
            result.append(service)
        }
        return result
    }

    /// Services of workloads that are assigned to a host here; a parked one publishes nothing.
    private mutating func workloadServices(known: Set<String>) -> [Entry] {
        var entries: [Entry] = []
        // A workload on two hosts, or two workloads with one service, is told elsewhere; the name has one end all the same.
        var seen = Set<String>()
        for binding in site.bindings {
            for assigned in binding.workloads {
                guard let workload = inventory.workloads.first(where: { $0.name.value == assigned.value }) else { continue }
                for service in workload.services {
                    if known.contains(service.value) {
                        report(
                            .duplicateName,
                            "service '\(service.value)' of workload '\(workload.name.value)' is also written under `services`",
                            at: service.span, mend: "keep one of the two")
                    } else if seen.insert(service.value).inserted {
                        entries.append(Entry(name: service, target: .host(binding.host, interface: nil), workload: workload.name.value))
                    }
                }
            }
        }
        return entries
    }

    /// The management name where the chain ends in the management segment and there is such a zone, else the link's own name.
    private func aliasTarget(_ link: Int) -> DomainName? {
        if let zone = graph.managementZone, let management = managementSegment, graph.links[link].segment == management {
            return try? DomainName(label: managementLabel(of: link), in: zone)
        }
        return graph.links[link].name
    }

    /// The link at which a service's chain ends; every way not to end is reported once, at the last entry of the chain.
    private mutating func follow(_ start: Entry, _ entries: [Entry], _ index: [String: Int], _ mode: Authority.Mode) -> Int? {
        var entry = start
        var path = [start.name]
        while true {
            switch entry.target {
            case .service(let next):
                guard let position = index[next.value] else {
                    if path.count == 1 { reportUnknownService(start, next, index) }
                    return nil
                }
                if let loop = path.firstIndex(where: { $0.value == next.value }) {
                    // A loop is told once, by its first member.
                    let members = path[loop...].map(\.value)
                    if members.min() == start.name.value {
                        report(
                            .aliasLoop, "service '\(start.name.value)' never ends: \((members + [next.value]).joined(separator: " → "))",
                            at: start.name.span, notes: path.dropFirst().map { .init("then '\($0.value)'", at: $0.span) },
                            mend: "let one of them point at a host")
                    }
                    return nil
                }
                entry = entries[position]
                path.append(entry.name)
            case .host(let host, let interface): return ending(start, host, interface, path.count == 1)
            case .authority(let role):
                guard let server = settings.authority.servers(in: mode).first(where: { $0.role == role.value }) else {
                    report(
                        .aliasWithoutAddress,
                        "service '\(start.name.value)' ends at nobody in \(mode.rawValue) mode: no host serves \(role.value.rawValue)",
                        at: role.span, notes: [.init("the authority", at: settings.authority.span)],
                        mend: "add `\(role.value.rawValue)` to the authority's \(mode.rawValue) side, or point the service at a host")
                    return nil
                }
                // An authority host that is unknown or retired is the authority's own finding.
                guard let found = hostIndex[server.host.value], graph.hosts[found].lifecycle != .retired else { return nil }
                return ending(start, server.host, nil, path.count == 1)
            }
        }
    }

    private mutating func reportUnknownService(_ start: Entry, _ next: Located<String>, _ index: [String: Int]) {
        let nearest = nearestName(to: next.value, among: index.keys.sorted())
        report(
            .aliasUnknownTarget, "service '\(start.name.value)' points at service '\(next.value)', which site '\(site.name)' doesn't have",
            at: next.span,
            mend: nearest.map { "did you mean '\($0)'?" } ?? "add it under `services`, or point at a host")
    }

    private mutating func ending(_ start: Entry, _ host: Located<String>, _ interface: Located<String>?, _ isDirect: Bool) -> Int? {
        guard let found = hostIndex[host.value] else {
            if isDirect { _ = self.host(host, "service '\(start.name.value)'", .aliasUnknownTarget) }
            return nil
        }
        let target = graph.hosts[found]
        if target.lifecycle == .retired {
            // A workload on a retired host is told at its assignment.
            if isDirect, start.workload == nil {
                report(
                    .retiredHoldsService, "service '\(start.name.value)' points at host '\(host.value)', which is retired", at: host.span,
                    notes: [.init("retired here", at: target.bindingSpan)], mend: "point it at another host")
            }
            return nil
        }
        var link = target.primary
        if let interface {
            link = target.links.first { graph.links[$0].label == interface.value }
            if link == nil {
                if isDirect {
                    report(
                        .unknownInterface,
                        "service '\(start.name.value)' names interface '\(interface.value)', which host '\(host.value)' has bound nowhere",
                        at: interface.span, mend: "name one of: \(target.links.map { graph.links[$0].label }.joined(separator: ", "))")
                }
                return nil
            }
        }
        guard let link, graph.links[link].name != nil else {
            if isDirect {
                report(
                    .aliasWithoutAddress,
                    "service '\(start.name.value)' ends in no address: host '\(host.value)' has none that is published",
                    at: start.name.span,
                    notes: [.init("the host is bound here", at: target.bindingSpan)],
                    mend: "give the host an address, or point the service at another")
            }
            return nil
        }
        return link
    }

    /// Global aliases that this site owns. An alias is a record and no zone: what lies below it isn't ours.
    mutating func deriveAliases() {
        for alias in inventory.aliases where alias.site.value == site.name {
            guard let service = graph.services.firstIndex(where: { $0.name == alias.service.value }) else {
                if inventory.workloads.contains(where: { $0.services.contains { $0.value == alias.service.value } }) {
                    report(
                        .aliasWithoutAddress,
                        "alias '\(alias.name.value)' ends in no address: the workload of service '\(alias.service.value)' is parked",
                        at: alias.service.span, mend: "assign the workload to a host, or remove the alias")
                } else {
                    let nearest = nearestName(to: alias.service.value, among: graph.services.map(\.name))
                    report(
                        .unknownService,
                        "alias '\(alias.name.value)' names service '\(alias.service.value)', which site '\(site.name)' doesn't have",
                        at: alias.service.span, mend: nearest.map { "did you mean '\($0)'?" } ?? "add it under `services`")
                }
                continue
            }
            proveAliasPlace(alias)
            graph.records.append(
                Record(
                    owner: alias.name.value, data: .cname(graph.services[service].fullName),
                    subject: .alias(alias.name.value.description, alias.name.span)))
        }
    }

    /// An alias lies below the root domain, where names are ours to give, and neither in a zone of ours nor above one.
    private mutating func proveAliasPlace(_ alias: GlobalAlias) {
        let name = alias.name.value
        let root = organization.rootDomain
        guard name != root.value, name.isSubdomain(of: root.value) else {
            report(
                .outsideRootDomain, "alias '\(name)' doesn't lie below the organisation's root domain \(root.value)", at: alias.name.span,
                notes: [.init("the root domain", at: root.span)], mend: "choose a name that ends in '.\(root.value)'")
            return
        }
        for other in inventory.sites {
            guard let domain = other.settings?.domain else { continue }
            if name.isSubdomain(of: domain.value) {
                report(
                    .zoneOwners, "alias '\(name)' lies in the zone \(domain.value) of site '\(other.name)'", at: alias.name.span,
                    notes: [.init("the zone", at: domain.span)],
                    mend: "make it a service of that site, or choose a name outside the sites' domains")
            } else if domain.value.isSubdomain(of: name) {
                report(
                    .zoneOwners, "alias '\(name)' stands above the zone \(domain.value) of site '\(other.name)'", at: alias.name.span,
                    notes: [.init("the zone", at: domain.span)], mend: "choose a name that no domain of a site ends in")
            }
        }
        guard let management = organization.managementZone else { return }
        if name.isSubdomain(of: management.value) {
            report(
                .managementZoneClash, "alias '\(name)' lies in the management zone \(management.value)", at: alias.name.span,
                notes: [.init("the management zone", at: management.span)], mend: "choose a name outside the management zone")
        } else if management.value.isSubdomain(of: name) {
            report(
                .managementZoneClash, "alias '\(name)' stands above the management zone \(management.value)", at: alias.name.span,
                notes: [.init("the management zone", at: management.span)], mend: "choose a name that the management zone doesn't end in")
        }
    }
}
