import Addressing

/// What a daemon that has loaded some states answers over DNS.
struct ExpectedNames {
    private struct RecordSet: Hashable {
        var owner: DomainName
        var type: UInt16
    }

    private var addresses: [DomainName: [IPAddress]] = [:]
    private var aliases: [DomainName: DomainName] = [:]
    private var reverse: [DomainName: DomainName] = [:]
    private var records: [RecordSet: Set<[UInt8]>] = [:]

    init(_ states: some Sequence<DnsmasqState>) {
        for state in states {
            switch state {
            case .host(let host):
                addresses[host.name] = host.addresses
                for address in host.reverse { reverse[address.reverseName] = host.name }
            case .alias(let alias): aliases[alias.owner] = alias.target
            case .record(let record):
                records[RecordSet(owner: record.owner, type: record.content.recordType.rawValue), default: []].insert(record.content.wire)
            case .setting, .zone, .range, .option, .boot, .reservation, .service, .foreign: break
            }
        }
    }

    /// The answer to a question.
    func answer(_ name: DomainName, _ type: DNSQuestion.RecordType) -> NameQuestion.Expected {
        var name = name
        var along: Set<[UInt8]> = []
        // Each alias at most once, whatever they name.
        while let target = aliases[name], along.insert(Array(target.wire)).inserted { name = target }
        return .data(data(name, type), aliases: along)
    }

    private func data(_ name: DomainName, _ type: DNSQuestion.RecordType) -> Set<[UInt8]> {
        let own = records[RecordSet(owner: name, type: type.rawValue)] ?? []
        switch type {
        case .a: return own.union((addresses[name] ?? []).compactMap(\.v4).map(\.octets))
        case .aaaa: return own.union((addresses[name] ?? []).compactMap(\.v6).map(\.octets))
        // It asks its hosts file only for names that have no record of their own.
        case .ptr: return own.isEmpty ? Set(reverse[name].map { [Array($0.wire)] } ?? []) : own
        case .ns, .cname, .mx, .txt, .srv: return own
        }
    }
}

extension IPv4Address {
    /// Its bytes in order.
    var octets: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0)) } }
}

extension IPv6Address {
    /// Its bytes in order.
    var octets: [UInt8] { [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) } } }
}

extension OtherRecord.Content {
    /// The type by its number.
    var recordType: DNSQuestion.RecordType {
        switch self {
        case .mx: .mx
        case .txt: .txt
        case .srv: .srv
        case .ns: .ns
        case .ptr: .ptr
        }
    }

    /// The data as on the wire (RFC 1035 §3.3, RFC 2782).
    var wire: [UInt8] {
        func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)] }
        return switch self {
        case .mx(let preference, let exchange): number(preference) + exchange.wire
        case .txt(let text): [UInt8(text.description.utf8.count)] + Array(text.description.utf8)
        case .srv(let priority, let weight, let port, let target): number(priority) + number(weight) + number(port) + target.wire
        case .ns(let name), .ptr(let name): Array(name.wire)
        }
    }
}
