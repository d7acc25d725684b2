import Addressing
import Diagnostics
import YAMLSyntax

extension Shape {
    static let host = Shape(
        "host",
        [
            Key("form", .choice(of: HostForm.self), required: true, "the kind of machine", example: "hv"),
            Key("hardware", .reference(.hardware), "the hardware type", example: "optiplex-7050-mff"),
            Key("formerly", .name, "the name it had before; a rename is a move", example: "hv00"),
            Key("interfaces", .map(.name, .shape(.interface)), "its network interfaces, by label", example: "{ mgmt: { mac: unknown } }"),
        ])

    static let interface = Shape(
        "interface",
        [
            Key("mac", .mac, "the hardware address, or 'unknown'", example: "\"02:de:20:01:00:01\""),
            Key("device", .device, "the name that the host's system gives it", example: "eno1"),
        ])

    static let binding = Shape(
        "binding",
        [
            Key("lifecycle", .choice(of: Lifecycle.self), "where the host is in its life", example: "active"),
            Key("workloads", .list(.reference(.workload)), "what is assigned to the host", example: "[sdr]"),
            Key("managed", .boolean, "whether deevnet may manage it", example: "true"),
            Key("interfaces", .map(.name, .shape(.interfaceBinding)), "where its interfaces are attached, by label", example: "{}"),
        ])

    static let interfaceBinding = Shape(
        "interface binding",
        [
            Key("segment", .reference(.segment), "the segment it is attached to", example: "management"),
            Key(
                "addresses", addresses,
                "its addresses there, or how it comes by them", example: "[10.20.99.21]"),
            Key("assign", .choice(of: Attachment.Assignment.self), "who puts the addresses on it", example: "reserved"),
            Key("primary", .boolean, "whether it carries the host's own name", example: "true"),
            Key("wol", .boolean, "whether the host can be woken through it", example: "true"),
            Key("trunk", .boolean, "whether it carries several segments, tagged", example: "true"),
            Key(
                "segments", .map(.reference(.segment), .shape(.trunkMember)), "the segments of a trunk",
                example: "{ trusted: { addresses: gateway } }"),
        ], rules: [.switched(by: "trunk", needed: "segments", excluded: keysOfOneSegment)])

    /// What an interface in one segment says of itself, and a trunk of each of its segments.
    static let keysOfOneSegment = ["segment", "addresses", "assign"]

    static let trunkMember = Shape(
        "trunk member",
        [
            Key(
                "addresses", addresses,
                "its addresses there, or how it comes by them", example: "gateway"),
            Key("assign", .choice(of: Attachment.Assignment.self), "who puts the addresses on it", example: "static"),
        ])

    private static let addresses = ValueType.either([.items(.address), .choice(["dhcp", "slaac", "none", "gateway"])])
}

extension FileDecoder {
    mutating func host(_ name: Located<String>, _ node: NodeID) -> HostIdentity? {
        guard let fields = fields(node, .host) else { return nil }
        let form: HostForm? = choice(fields["form"], "the form of host '\(name.value)'")
        let hardware = identifier(fields["hardware"], "the hardware of host '\(name.value)'")
        let formerly = label(fields["formerly"], "the former name of host '\(name.value)'")
        var interfaces: [InterfaceIdentity] = []
        eachEntry(of: fields["interfaces"], "interfaces") { decoder, label, value in
            if let interface = decoder.interface(label, value, host: name.value) { interfaces.append(interface) }
        }
        guard let form else { return nil }
        return HostIdentity(name: name, formerly: formerly, form: form, hardware: hardware, interfaces: interfaces)
    }

    private mutating func interface(_ label: Located<String>, _ node: NodeID, host: String) -> InterfaceIdentity? {
        guard let fields = fields(node, .interface) else { return nil }
        return InterfaceIdentity(
            label: label,
            mac: mac(fields["mac"], "the MAC of '\(host)' interface '\(label.value)'"),
            device: device(fields["device"], "the device of '\(host)' interface '\(label.value)'"))
    }

    /// A Linux interface name: at most 15 bytes (IFNAMSIZ) of `[A-Za-z0-9._-]`.
    private mutating func device(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<String>? {
        guard let node, let text = scalar(node, what()) else { return nil }
        let allowed = text.utf8.allSatisfy {
            (0x61...0x7a).contains($0) || (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2e || $0 == 0x5f || $0 == 0x2d
        }
        guard allowed, 1...15 ~= text.utf8.count, text.utf8.first != 0x2d, text.utf8.first != 0x2e else {
            report(
                .badName, "\(what()) is \(quoted(text))", at: node, mend: "write 1 to 15 letters, digits, '.', '_' or '-', such as eno1")
            return nil
        }
        return located(text, node)
    }

    mutating func binding(_ host: Located<String>, _ node: NodeID) -> Binding? {
        guard let fields = fields(node, .binding) else { return nil }
        let lifecycle: Lifecycle? = choice(fields["lifecycle"], "the lifecycle of '\(host.value)'")
        var interfaces: [InterfaceBinding] = []
        eachEntry(of: fields["interfaces"], "interfaces") { decoder, label, value in
            if let interface = decoder.interfaceBinding(label, value, host: host.value) { interfaces.append(interface) }
        }
        return Binding(
            host: host,
            lifecycle: Located(lifecycle ?? .active, at: fields["lifecycle"].map(tree.span) ?? host.span),
            workloads: labels(fields["workloads"], "the workloads of '\(host.value)'"),
            isManaged: boolean(fields["managed"], "'managed' of '\(host.value)'", default: true),
            interfaces: interfaces)
    }

    private mutating func interfaceBinding(_ label: Located<String>, _ node: NodeID, host: String) -> InterfaceBinding? {
        guard let fields = fields(node, .interfaceBinding) else { return nil }
        let what = { "'\(host)' interface '\(label.value)'" }
        let isTrunk = boolean(fields["trunk"], "'trunk' of \(what())", default: false)
        var attachments: [Attachment] = []
        if isTrunk {
            for key in Shape.keysOfOneSegment {
                if let value = fields[key] {
                    report(
                        .interfaceShape, "\(what()) is a trunk and has a '\(key)' of its own", at: value,
                        mend: "write '\(key)' under the segment it belongs to, in 'segments'")
                }
            }
            attachments = trunkMembers(fields["segments"], what(), label)
        } else {
            if let segments = fields["segments"] {
                report(
                    .interfaceShape, "\(what()) has 'segments' but is no trunk", at: segments,
                    mend: "add `trunk: true`, or write `segment: NAME`")
            }
            attachments = [attachment(fields, identifier(fields["segment"], "the segment of \(what())"), what(), label.span)]
        }
        return InterfaceBinding(
            label: label, isTrunk: isTrunk,
            isPrimary: boolean(fields["primary"], "'primary' of \(what())", default: false),
            wakesOnLAN: boolean(fields["wol"], "'wol' of \(what())", default: false),
            attachments: attachments)
    }

    private mutating func trunkMembers(_ node: NodeID?, _ what: @autoclosure () -> String, _ label: Located<String>) -> [Attachment] {
        guard let node else {
            report(
                Diagnostic(
                    .interfaceShape, "\(what()) is a trunk without segments", at: label.span,
                    mend: "add `segments: { NAME: { addresses: gateway } }`", site: site))
            return []
        }
        if tree.isNull(node) { return [] }
        guard expectMapping(node, "'segments' of \(what())") else { return [] }
        var members: [Attachment] = []
        for (key, value) in tree.pairs(of: node) {
            guard let segment = identifier(key, "a segment of \(what())"), let fields = fields(value, .trunkMember) else { continue }
            members.append(attachment(fields, segment, what(), segment.span))
        }
        return members
    }

    private mutating func attachment(
        _ fields: borrowing Fields, _ segment: Located<String>?, _ what: @autoclosure () -> String, _ span: SourceSpan
    ) -> Attachment {
        var source = Attachment.Source.none
        var addresses: [Located<IPAddress>] = []
        if let node = fields["addresses"] {
            if tree.kind(node) == .sequence {
                source = .listed
                addresses = items(node, "the addresses of \(what())").compactMap { address($0, "an address of \(what())") }
            } else if let text = scalar(node, "the addresses of \(what())") {
                switch text {
                case "dhcp": source = .dhcp
                case "slaac": source = .slaac
                case "none": source = .none
                case "gateway": source = .gateway
                default:
                    if (try? IPAddress(text)) != nil {
                        report(.wrongShape, "the addresses of \(what()) are one address, not a list", at: node, mend: "write [\(text)]")
                    } else {
                        report(
                            .unknownValue, "the addresses of \(what()) are \(quoted(text))", at: node,
                            mend: "write a list such as [10.20.99.21], or one of: dhcp, slaac, none, gateway")
                    }
                }
            }
        }
        let assignment: Attachment.Assignment? = choice(fields["assign"], "'assign' of \(what())")
        return Attachment(span: span, segment: segment, source: source, addresses: addresses, assignment: assignment ?? .static)
    }
}
