extension ValueType {
    /// What kind of value it is, in words.
    public var title: String {
        switch self {
        case .reference(let kind): kind.title
        case .list(let item), .items(let item): "list of: \(item.title)"
        case .oneOrMore(let item): "one, or a list of: \(item.title)"
        case .map(let name, let value): "\(value.title) by \(name.title)"
        case .shape(let shape): shape.name
        case .either(let types): types.map(\.title).joined(separator: ", or ")
        case .choice(let words): words.joined(separator: " | ")
        case .integer(let bounds):
            bounds.count == 1 ? "\(bounds.lowerBound)" : "integer from \(bounds.lowerBound) to \(bounds.upperBound)"
        default: scalarSchema?.title ?? ""
        }
    }

    /// What a scalar of this type looks like; nil for what a schema spells out in its place.
    var scalarSchema: ScalarSchema? {
        switch self {
        case .text: .text
        case .reason: .reason
        case .date: .date
        case .resource: .resource
        case .recordText: .recordText
        case .name: .name
        case .identifier: .identifier
        case .domainName: .domainName
        case .recordTarget: .recordTarget
        case .recordOwner: .recordOwner
        case .device: .device
        case .mac: .mac
        case .address: .address
        case .prefix: .prefix
        case .range: .range
        case .vlan: .integer(1...4094, title: "VLAN id")
        case .boolean: .boolean
        case .duration(let allowsInfinite): .duration(allowsInfinite: allowsInfinite)
        case .path(let absolute): .path(absolute: absolute)
        case .port: .port
        case .reference(let kind): kind.isIdentifier ? .identifier : .name
        case .integer(let bounds): .integer(bounds)
        case .choice(let words): ScalarSchema(title: "one of these words", words: words)
        case .list, .items, .oneOrMore, .map, .shape, .either: nil
        }
    }

    /// What a schema calls its definition; nil for what it spells out in its place.
    var definition: String? {
        switch self {
        case .text: "text"
        case .reason: "reason"
        case .date: "date"
        case .resource: "resource"
        case .recordText: "recordText"
        case .name: "name"
        case .identifier: "identifier"
        case .domainName: "domainName"
        case .recordTarget: "recordTarget"
        case .recordOwner: "recordOwner"
        case .device: "device"
        case .mac: "mac"
        case .address: "address"
        case .prefix: "prefix"
        case .range: "range"
        case .vlan: "vlan"
        case .boolean: "boolean"
        case .duration(let allowsInfinite): allowsInfinite ? "leaseTime" : "duration"
        case .path(let absolute): absolute ? "absolutePath" : "relativePath"
        case .port: "port"
        case .reference(let kind): kind.isIdentifier ? "identifier" : "name"
        case .integer, .choice, .list, .items, .oneOrMore, .map, .shape, .either: nil
        }
    }
}

extension EntryKind {
    /// What kind of value its name is, in words.
    var title: String {
        switch self {
        case .site: "a site's name"
        case .hardware: "a hardware type's name"
        case .host: "a host's name"
        case .interface: "an interface's label"
        case .segment: "a segment's name"
        case .workload: "a workload's name"
        case .service: "a service's name"
        case .serviceElsewhere: "the name of a service of that site"
        }
    }
}
