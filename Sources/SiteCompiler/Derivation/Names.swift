import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// The site's own zone of management names: `<site>.<management zone>`, so that every zone has one owner.
    mutating func deriveManagementZone() {
        guard let zone = organization.managementZone else { return }
        do { graph.managementZone = try DomainName(label: site.name, in: zone.value) } catch {
            report(
                .nameTooLong, "site '\(site.name)' has no name in the management zone \(zone.value): \(error.rule)", at: zone.span,
                mend: "shorten the zone")
        }
    }

    var managementSegment: Int? { segmentIndex[settings.managementSegment?.value ?? "management"] }

    /// The names of the hosts' links with their A, AAAA and PTR records.
    mutating func deriveNames() {
        if let named = settings.managementSegment { _ = segment(named, "the site's management segment") }
        let management = managementSegment
        graph.records.reserveCapacity(graph.links.count * 2)
        graph.pointers.reserveCapacity(graph.links.count)
        for index in graph.links.indices {
            let link = graph.links[index]
            guard !link.addresses.isEmpty, graph.hosts[link.host].lifecycle.publishesRecords, let label = label(of: index) else { continue }
            guard let name = name(label, in: graph.domain, at: link.span) else { continue }
            graph.links[index].name = name
            publish(link.addresses, name, .link(index))
            if let zone = graph.managementZone, link.segment == management, management != nil,
                let alternative = self.name(managementLabel(of: index), in: zone, at: link.span)
            {
                publish(link.addresses, alternative, .link(index))
            }
            guard let segment = link.segment, !graph.segments[segment].isExternal else { continue }
            for address in link.addresses {
                graph.pointers.append(Pointer(address: address, name: name, subject: .link(index)))
            }
        }
    }

    private mutating func publish(_ addresses: [IPAddress], _ name: DomainName, _ subject: Subject) {
        for address in addresses {
            switch address {
            case .v4(let value): graph.records.append(Record(owner: name, data: .a(value), subject: subject))
            case .v6(let value): graph.records.append(Record(owner: name, data: .aaaa(value), subject: subject))
            }
        }
    }

    /// The primary link has the host's own name; another is `host-label`, and one of a trunk `host-segment`.
    private func label(of index: Int) -> String? {
        let link = graph.links[index]
        let host = graph.hosts[link.host]
        if host.primary == index { return host.name }
        guard link.isTrunk, let segment = link.segment else { return "\(host.name)-\(link.label)" }
        let suffix = graph.segments[segment].name.utf8.map { $0 == 0x5f ? 0x2d : $0 }
        return "\(host.name)-\(String(decoding: suffix, as: UTF8.self))"
    }

    /// In the management zone a host has its own name; a second interface there, such as a baseboard's, is `host-label`.
    func managementLabel(of index: Int) -> String {
        let link = graph.links[index]
        let host = graph.hosts[link.host]
        let there = host.links.filter { graph.links[$0].segment == link.segment && !graph.links[$0].addresses.isEmpty }
        let own = there.first { $0 == host.primary } ?? there.first
        return own == index ? host.name : "\(host.name)-\(link.label)"
    }

    mutating func name(_ label: String, in zone: DomainName, at span: SourceSpan?) -> DomainName? {
        do { return try DomainName(label: label, in: zone) } catch {
            report(.nameTooLong, "'\(label)' has no name in zone \(zone): \(error.rule)", at: span, mend: "shorten the name")
            return nil
        }
    }
}
