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
        var lines: [PublishedAddress] = []
        lines.reserveCapacity(graph.records.count)
        for (index, record) in graph.records.enumerated() {
            guard let address = record.data.address, isOurs(record.owner, record.subject) else { continue }
            lines.append(PublishedAddress(address: address, name: record.owner, record: index))
        }
        chooseReverseNames(&lines)
        // In the order of the states' keys, so that they needn't be sorted again. The sort is stable: of one name the order of the records stays.
        lines.sort { $0.name.description < $1.name.description }
        for range in lines.runs(where: { $0.name == $1.name }) {
            let same = lines[range]
            let addresses = same.map(\.address)
            // Nearly always it is all of them, and then the two lists are one.
            let reverse = same.allSatisfy(\.isReverse) ? addresses : same.filter(\.isReverse).map(\.address)
            add(
                .host(HostAddresses(lines[range.lowerBound].name, addresses: addresses, reverse: reverse)),
                from: graph.records[lines[range.lowerBound].record].subject)
        }
    }

    /// Marks the reverse name among the names of each address, and adds the PTR records that no line of the hosts file makes.
    private mutating func chooseReverseNames(_ lines: inout [PublishedAddress]) {
        // By address, while the lines themselves stay in the order of the records, which is nearly that of their names.
        let byAddress = lines.indices.sorted { lines[$0].address < lines[$1].address }
        let pointers = graph.pointers.indices.sorted { graph.pointers[$0].address < graph.pointers[$1].address }
        var next = pointers.startIndex
        for range in byAddress.runs(where: { lines[$0].address == lines[$1].address }) {
            let same = byAddress[range]
            let address = lines[byAddress[range.lowerBound]].address
            while next < pointers.endIndex, graph.pointers[pointers[next]].address < address {
                addPointer(graph.pointers[pointers[next]])
                next += 1
            }
            let start = next
            while next < pointers.endIndex, graph.pointers[pointers[next]].address == address { next += 1 }
            let pointed = pointers[start..<next]
            var chosen = lines[byAddress[range.lowerBound]].name
            if same.count > 1 {
                let names = same.map { lines[$0].name }
                chosen = names.filter { name in pointed.contains { graph.pointers[$0].name == name } }.min() ?? names.min() ?? chosen
            }
            for index in same where lines[index].name == chosen { lines[index].isReverse = true }
            // dnsmasq asks its hosts file only for names that have no `ptr-record`, so of several names of one address all are written.
            if pointed.contains(where: { graph.pointers[$0].name != chosen }) { for index in pointed { addPointer(graph.pointers[index]) } }
        }
        for index in pointers[next...] { addPointer(graph.pointers[index]) }
    }

    private mutating func addPointer(_ pointer: Pointer) {
        let owner = pointer.address.reverseName
        guard isOurs(owner, pointer.subject) else { return }
        add(.record(OtherRecord(owner, .ptr(pointer.name))), from: pointer.subject)
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
        known.reserveCapacity(graph.records.count)
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
        case .a, .aaaa, .cname: return
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

/// An A or AAAA record on its way to the hosts file.
private struct PublishedAddress {
    let address: IPAddress
    let name: DomainName
    /// Its index among the graph's records.
    let record: Int
    var isReverse = false
}

extension Array {
    /// The ranges of neighbours that belong together.
    fileprivate func runs(where belong: (Element, Element) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for index in indices where index + 1 == count || !belong(self[index], self[index + 1]) {
            runs.append(start..<index + 1)
            start = index + 1
        }
        return runs
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
