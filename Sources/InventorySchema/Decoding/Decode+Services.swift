import Addressing
import Diagnostics
import YAMLSyntax

extension Shape {
    static let service = Shape(
        "service",
        [
            Key("host", .reference(.host), "the host that does the job now", example: "provisioner-ph01"),
            Key("interface", .reference(.interface), "the host's interface; else its primary one", example: "mgmt"),
            Key("service", .reference(.service), "another service of the site that it is a name for", example: "pve"),
            Key(
                "authority", .choice(of: Authority.Role.self), "whoever serves this role in the present mode",
                example: "dns"),
            Key("description", .text, "what it is", example: "\"Artifact store\""),
        ], rules: [.exactlyOne(serviceTargets), .needs("interface", "host")])

    /// What a service may point at.
    static let serviceTargets = ["host", "service", "authority"]

    static let ownerRecords = Shape(
        "records",
        [
            Key("addresses", .list(.address), "A and AAAA records", example: "[10.20.25.9]"),
            Key("mx", .list(.shape(.mx)), "mail exchangers", example: "[{ preference: 10, host: mail }]"),
            Key("txt", .oneOrMore(.recordText), "text records", example: "[\"v=spf1 -all\"]"),
            Key("srv", .list(.shape(.srv)), "service locations", example: "[{ priority: 0, weight: 0, port: 5060, host: sip }]"),
            Key("ns", .oneOrMore(.recordTarget), "name servers", example: "[dns]"),
        ])

    static let mx = Shape(
        "mx",
        [
            Key("preference", .integer(0...65_535), required: true, "lower is tried first", example: "10"),
            Key("host", .recordTarget, required: true, "the exchanger", example: "mail"),
        ])

    static let srv = Shape(
        "srv",
        [
            Key("priority", .integer(0...65_535), "lower is tried first", example: "0"),
            Key("weight", .integer(0...65_535), "the share among equals", example: "0"),
            Key("port", .integer(1...65_535), required: true, "the port", example: "5060"),
            Key("host", .recordTarget, required: true, "the target", example: "sip"),
        ])
}

extension FileDecoder {
    mutating func service(_ name: Located<String>, _ node: NodeID) -> Service? {
        guard let fields = fields(node, .service) else { return nil }
        let given = Shape.serviceTargets.filter { fields[$0] != nil }
        guard given.count == 1 else {
            report(
                .serviceShape,
                given.isEmpty
                    ? "service '\(name.value)' points at nothing" : "service '\(name.value)' points at \(given.joined(separator: " and "))",
                at: node,
                mend: "write one of `host: NAME`, `service: NAME`, `authority: ROLE`")
            return nil
        }
        if let interface = fields["interface"], fields["host"] == nil {
            report(
                .serviceShape, "service '\(name.value)' names an interface and no host", at: interface,
                mend: "add `host: NAME`, or remove 'interface'")
        }
        let target: Service.Target?
        if let host = fields["host"] {
            let interface = label(fields["interface"], "the interface of service '\(name.value)'")
            target = label(host, "the host of service '\(name.value)'").map { .host($0, interface: interface) }
        } else if let other = fields["service"] {
            target = label(other, "the target of service '\(name.value)'").map { .service($0) }
        } else if let role = fields["authority"] {
            let value: Authority.Role? = choice(role, "the role of service '\(name.value)'")
            target = value.map { .authority(located($0, role)) }
        } else {
            target = nil
        }
        let description = text(fields["description"], "the description of service '\(name.value)'")?.value
        return target.map { Service(name: name, target: $0, description: description) }
    }

    /// Records by owner: a relative name whose labels may begin with an underscore (RFC 8552), or `@` for the domain itself.
    mutating func ownerRecords(_ key: NodeID, _ node: NodeID) -> OwnerRecords? {
        guard let owner = ownerName(key), let fields = fields(node, .ownerRecords) else { return nil }
        let what = { "'\(owner.value)'" }
        var records: [Located<RecordFact>] = []
        for item in items(fields["addresses"], "the addresses of \(what())") {
            if let address = address(item, "an address of \(what())") { records.append(Located(.address(address.value), at: address.span)) }
        }
        for item in items(fields["mx"], "the mail exchangers of \(what())") {
            if let record = mx(item, what()) { records.append(located(record, item)) }
        }
        for item in items(fields["txt"], "the texts of \(what())", orOne: true) {
            if let record = txt(item, what()) { records.append(located(record, item)) }
        }
        for item in items(fields["srv"], "the locations of \(what())") {
            if let record = srv(item, what()) { records.append(located(record, item)) }
        }
        for item in items(fields["ns"], "the name servers of \(what())", orOne: true) {
            if let name = nameReference(item, "a name server of \(what())") { records.append(located(.ns(name), item)) }
        }
        return OwnerRecords(owner: owner, records: records)
    }

    private mutating func ownerName(_ key: NodeID) -> Located<String>? {
        guard let text = scalar(key, "the owner of records") else { return nil }
        if text == "@" { return located(text, key) }
        do {
            let name = try DomainName(underscored: text)
            return located(name.description, key)
        } catch {
            report(
                .badDomainName, "the owner of records is \(quoted(text)): \(error.rule)", at: key,
                mend: "write a name in the site's zone such as _sip._udp, or '@'")
            return nil
        }
    }

    private mutating func mx(_ node: NodeID, _ what: @autoclosure () -> String) -> RecordFact? {
        guard let fields = fields(node, .mx) else { return nil }
        let preference = integer("preference", of: fields, "the preference of a mail exchanger of \(what())")
        let host = nameReference(fields["host"], "a mail exchanger of \(what())")
        guard let preference, let host else { return nil }
        return .mx(preference: UInt16(preference), exchange: host)
    }

    private mutating func srv(_ node: NodeID, _ what: @autoclosure () -> String) -> RecordFact? {
        guard let fields = fields(node, .srv) else { return nil }
        let priority = fields["priority"] == nil ? 0 : integer("priority", of: fields, "the priority of \(what())")
        let weight = fields["weight"] == nil ? 0 : integer("weight", of: fields, "the weight of \(what())")
        let port = integer("port", of: fields, "the port of \(what())")
        let host = nameReference(fields["host"], "the target of \(what())")
        guard let priority, let weight, let port, let host else { return nil }
        return .srv(priority: UInt16(priority), weight: UInt16(weight), port: UInt16(port), target: host)
    }

    private mutating func txt(_ node: NodeID, _ what: @autoclosure () -> String) -> RecordFact? {
        guard let text = scalar(node, "a text of \(what())") else { return nil }
        guard text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }), text.utf8.count <= 255 else {
            report(
                .badText,
                "a text of \(what()) \(text.utf8.count > 255 ? "is longer than 255 bytes" : "holds characters that are not printable ASCII")",
                at: node, mend: "write at most 255 printable ASCII characters on one line")
            return nil
        }
        return .txt(text)
    }

    private mutating func nameReference(_ node: NodeID?, _ what: @autoclosure () -> String) -> NameReference? {
        guard let node, let text = scalar(node, what()) else { return nil }
        do {
            let name = try DomainName(text)
            return text.hasSuffix(".") ? .absolute(name) : .relative(name.description)
        } catch {
            report(
                .badDomainName, "\(what()) is \(quoted(text)): \(error.rule)", at: node,
                mend: "write a name in the site's zone, or an absolute one with a final dot")
            return nil
        }
    }
}
