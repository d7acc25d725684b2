import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// Every owner name has one claimant; an alias stands alone (RFC 1034 §3.6.2); what a record points at in our own zones exists.
    mutating func proveNames() {
        var claims: [DomainName: Subject] = [:]
        claims.reserveCapacity(graph.records.count)
        for record in graph.records {
            guard let first = claims.updateValue(record.subject, forKey: record.owner) else { continue }
            claims[record.owner] = first
            if first != record.subject, !mayShare(record, first) { reportClash(record.owner, first, record.subject) }
        }
        proveZoneBorders()
        proveTargets(claims)
    }

    /// A host's or the site's own name may carry further records, but no further addresses.
    private func mayShare(_ record: Record, _ first: Subject) -> Bool {
        switch (first, record.subject, record.data) {
        case (.link, .ownerRecords, .a), (.link, .ownerRecords, .aaaa): false
        case (.link, .ownerRecords, _): true
        default: false
        }
    }

    private mutating func reportClash(_ name: DomainName, _ a: Subject, _ b: Subject) {
        let isOrdered = if let x = span(of: a), let y = span(of: b) { x < y } else { true }
        let (first, later) = isOrdered ? (a, b) : (b, a)
        let notes = [Diagnostic.Note("first claimed by \(describe(first))", at: span(of: first))]
        let isServiceAndHost = [(a, b), (b, a)].contains { if case (.service, .link) = $0 { true } else { false } }
        let isBesideAlias = [a, b].contains { if case .service = $0 { true } else { false } }
        if isServiceAndHost {
            report(
                .nameIsHostAndService, "'\(name)' is both a host's name and a service's", at: span(of: later), notes: notes,
                mend: "rename one: hosts are replaceable, service names are stable")
        } else if isBesideAlias, case .ownerRecords = later {
            report(
                .recordBesideAlias, "'\(name)' is an alias and has records of its own", at: span(of: later), notes: notes,
                mend: "an alias stands alone: give the records another owner")
        } else {
            report(
                .duplicateName, "the name '\(name)' of \(describe(later)) has a claimant already", at: span(of: later), notes: notes,
                mend: "rename one of the two")
        }
    }

    private func describe(_ subject: Subject) -> String {
        switch subject {
        case .site: "the site"
        case .segment(let index): "segment '\(graph.segments[index].name)'"
        case .host(let index): "host '\(graph.hosts[index].name)'"
        case .link(let index): "host '\(graph.hosts[graph.links[index].host].name)' interface '\(graph.links[index].label)'"
        case .service(let index): "service '\(graph.services[index].name)'"
        case .ownerRecords(let owner, _): "records of '\(owner)'"
        case .alias(let name, _): "alias '\(name)'"
        }
    }

    private func span(of subject: Subject) -> SourceSpan? { graph.origins(of: subject).lazy.compactMap(\.span).first }

    /// A site zone defines no name of the management zone, and the other way round.
    private mutating func proveZoneBorders() {
        guard let management = organization.managementZone, management.value.isSubdomain(of: graph.domain) else { return }
        let border = management.value.relative(to: graph.domain) ?? ""
        for record in graph.records where record.owner.isSubdomain(of: management.value) {
            if let zone = graph.managementZone, record.owner.isSubdomain(of: zone), case .link = record.subject { continue }
            report(
                .managementZoneClash, "'\(record.owner)' of site zone \(graph.domain) lies in the management zone \(management.value)",
                at: span(of: record.subject), notes: [.init("the management zone", at: management.span)],
                mend: "choose a name outside '\(border)'")
        }
    }

    /// Names in our own zones that MX, SRV and NS point at have an address.
    private mutating func proveTargets(_ claims: [DomainName: Subject]) {
        for record in graph.records {
            let target: DomainName
            switch record.data {
            case .mx(_, let exchange): target = exchange
            case .srv(_, _, _, let host): target = host
            case .ns(let server): target = server
            case .a, .aaaa, .cname, .txt: continue
            }
            guard target.isSubdomain(of: graph.domain) else { continue }
            if case .service(let service)? = claims[target] {
                // RFC 2181 §10.3: the name of an exchanger or name server is no alias; RFC 2782 says so for SRV.
                report(
                    .recordTargetIsAlias, "'\(record.owner)' points at '\(target)', which is an alias", at: span(of: record.subject),
                    notes: [.init("the service", at: graph.services[service].span)],
                    mend: graph.services[service].link.flatMap { graph.links[$0].name }.map { "point it at '\($0)'" }
                        ?? "point it at a host's name")
            }
            guard claims[target] == nil else { continue }
            let nearest = nearestName(to: target.description, among: claims.keys.map(\.description).sorted())
            report(
                .recordTargetUnknown, "'\(record.owner)' points at '\(target)', which the site doesn't define",
                at: span(of: record.subject),
                mend: nearest.map { "did you mean '\($0)'?" } ?? "name a host or a service of the site")
        }
    }
}
