import Addressing
import Diagnostics
import Planning
import SiteCompiler

extension Derivation {
    mutating func addNames() {
        add(.setting(.flag(.domainNeeded)), from: .site)
        add(.setting(.flag(.bogusPriv)), from: .site)
        // dnsmasq(8) allows more, but calls 10 000 the most that helps.
        add(.setting(.number(.cacheSize, 10_000)), from: .site)
        add(.setting(.number(.localTTL, graph.ttlSeconds)), from: .site)
        for address in graph.upstreams { add(.setting(.upstream(address)), from: .site) }
        add(.zone(Marker.zone), from: .site)
        for zone in graph.zones { add(.zone(zone.apex), from: .site) }
        addHosts()
        addAliases()
        for record in graph.records { addOther(record) }
    }

    // MARK: Addresses

    /// Every address of a hosts file has a reverse name: the one that the graph's PTR record says, else the first of its names.
    private mutating func addHosts() {
        let pointers = pointersByReverseName()
        var names: [DomainName: (addresses: [IPAddress], subject: Subject)] = [:]
        var byAddress: [IPAddress: [DomainName]] = [:]
        for record in graph.records {
            guard let address = record.data.address, isOurs(record.owner, record.subject) else { continue }
            names[record.owner, default: ([], record.subject)].addresses.append(address)
            byAddress[address, default: []].append(record.owner)
        }
        var reverse: [DomainName: [IPAddress]] = [:]
        for (address, owners) in byAddress {
            let pointed = pointers.isEmpty ? [] : pointers[address.reverseName, default: []]
            guard let owner = owners.filter(pointed.contains).min() ?? owners.min() else { continue }
            reverse[owner, default: []].append(address)
        }
        for (name, entry) in names.sorted(by: { $0.key < $1.key }) {
            add(.host(HostAddresses(name, addresses: entry.addresses, reverse: reverse[name] ?? [])), from: entry.subject)
        }
        addPointers(reverse, pointers)
    }

    private func pointersByReverseName() -> [DomainName: [DomainName]] {
        var pointers: [DomainName: [DomainName]] = [:]
        for record in graph.records {
            if case .ptr(let name) = record.data { pointers[record.owner, default: []].append(name) }
        }
        return pointers
    }

    /// PTR records that no line of the hosts file makes. dnsmasq asks its hosts file only for names that have no `ptr-record`, so of several
    /// names of one address all are written here.
    private mutating func addPointers(_ reverse: [DomainName: [IPAddress]], _ pointers: [DomainName: [DomainName]]) {
        var made: [DomainName: DomainName] = [:]
        for (name, addresses) in reverse {
            for address in addresses { made[address.reverseName] = name }
        }
        for record in graph.records {
            guard case .ptr(let name) = record.data, isOurs(record.owner, record.subject) else { continue }
            if made[record.owner] == name, pointers[record.owner]?.count == 1 { continue }
            add(.record(OtherRecord(record.owner, .ptr(name))), from: record.subject)
        }
    }

    /// Names below the marks' zone would let a record pass for a mark.
    private mutating func isOurs(_ name: DomainName, _ subject: Subject) -> Bool {
        guard name.isSubdomain(of: Marker.zone) else { return true }
        refuse(subject, "'\(name)' lies in the zone by which dnsmasq is asked what it has loaded", mend: "choose another name")
        return false
    }

    // MARK: Aliases

    /// dnsmasq follows an alias only to a name that it knows itself (dnsmasq(8), `--cname`).
    private mutating func addAliases() {
        var known: Set<DomainName> = []
        var targets: [DomainName: DomainName] = [:]
        for record in graph.records {
            if record.data.address != nil { known.insert(record.owner) }
            if case .cname(let target) = record.data { targets[record.owner] = target }
        }
        for record in graph.records {
            guard case .cname(let target) = record.data, isOurs(record.owner, record.subject) else { continue }
            guard known.contains(target) || targets[target] != nil else {
                refuse(
                    record.subject,
                    "alias '\(record.owner)' points at '\(target)', to which this site's records give no address; dnsmasq answers only what it knows itself",
                    mend: "point it at a name of the site that has an address")
                continue
            }
            add(.alias(Alias(record.owner, target: target)), from: record.subject)
        }
    }

    // MARK: Others

    private mutating func addOther(_ record: Record) {
        let content: OtherRecord.Content
        switch record.data {
        case .a, .aaaa, .cname, .ptr: return
        case .mx(let preference, let exchange): content = .mx(preference: preference, exchange: exchange)
        case .srv(let priority, let weight, let port, let target):
            content = .srv(priority: priority, weight: weight, port: port, target: target)
        case .ns(let server): content = .ns(server)
        case .txt(let text):
            guard let text = RecordText(text) else {
                refuse(
                    record.subject, "a TXT record of '\(record.owner)' holds what dnsmasq can't be told safely",
                    mend: "use printable ASCII, at most 255 characters")
                return
            }
            content = .txt(text)
        }
        guard isOurs(record.owner, record.subject) else { return }
        add(.record(OtherRecord(record.owner, content)), from: record.subject)
    }
}

extension RecordData {
    fileprivate var address: IPAddress? {
        switch self {
        case .a(let address): .v4(address)
        case .aaaa(let address): .v6(address)
        default: nil
        }
    }
}
