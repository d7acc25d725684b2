import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// The zones that the site's DNS answers from its own data alone.
    mutating func deriveZones() {
        graph.zones.append(Zone(apex: graph.domain, kind: .site))
        if let zone = graph.managementZone { graph.zones.append(Zone(apex: zone, kind: .management)) }
        for segment in graph.segments where !segment.isExternal {
            for prefix in segment.prefixes {
                for apex in prefix.reverseZones { graph.zones.append(Zone(apex: apex, kind: .reverse)) }
            }
        }
        var seen = Set<DomainName>()
        graph.zones = graph.zones.sorted { $0.apex < $1.apex }.filter { seen.insert($0.apex).inserted }
    }

    /// Records that are neither host nor service.
    mutating func deriveOwnerRecords() {
        for owner in site.records {
            let name: DomainName
            if owner.owner.value == "@" {
                name = graph.domain
            } else {
                do { name = try DomainName(underscored: owner.owner.value, in: graph.domain) } catch {
                    report(
                        .nameTooLong, "'\(owner.owner.value)' has no name in zone \(graph.domain): \(error.rule)", at: owner.owner.span,
                        mend: "shorten the name")
                    continue
                }
            }
            var seen = Set<RecordData>()
            for record in owner.records {
                guard let data = data(record) else { continue }
                if case .address(let address) = record.value { proveOutsidePools(address, owner.owner.value, record.span) }
                if !seen.insert(data).inserted {
                    report(
                        .duplicateRecord, "'\(owner.owner.value)' has the same record twice", at: record.span, mend: "remove one of the two"
                    )
                    continue
                }
                graph.records.append(Record(owner: name, data: data, subject: .ownerRecords(owner.owner.value, owner.owner.span)))
            }
        }
    }

    private mutating func proveOutsidePools(_ address: IPAddress, _ owner: String, _ span: SourceSpan) {
        for (segment, pools) in zip(site.segments, pools) {
            guard let pool = pools.first(where: { $0.value.contains(address) }) else { continue }
            report(
                .reservationInPool,
                "address \(address) of records '\(owner)' lies inside the pool \(pool.value) of segment '\(segment.name.value)'", at: span,
                notes: [.init("the pool", at: pool.span)], mend: "choose an address outside the pool, or make the pool smaller")
        }
    }

    private mutating func data(_ record: Located<RecordFact>) -> RecordData? {
        switch record.value {
        case .address(.v4(let address)): .a(address)
        case .address(.v6(let address)): .aaaa(address)
        case .txt(let text): .txt(text)
        case .mx(let preference, let exchange): absolute(exchange, record.span).map { .mx(preference: preference, exchange: $0) }
        case .srv(let priority, let weight, let port, let target):
            absolute(target, record.span).map { .srv(priority: priority, weight: weight, port: port, target: $0) }
        case .ns(let server): absolute(server, record.span).map { .ns($0) }
        }
    }

    private mutating func absolute(_ reference: NameReference, _ span: SourceSpan) -> DomainName? {
        switch reference {
        case .absolute(let name): return name
        case .relative(let text):
            do { return try DomainName(underscored: text, in: graph.domain) } catch {
                report(.nameTooLong, "'\(text)' has no name in zone \(graph.domain): \(error.rule)", at: span, mend: "shorten the name")
                return nil
            }
        }
    }
}
