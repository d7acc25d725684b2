import Addressing
import Diagnostics
import YAMLSyntax

extension Shape {
    static let firewall = Shape(
        "firewall",
        [
            Key("default", .choice(of: Firewall.Action.self), "what happens when no policy matches", example: "drop"),
            Key("internet", .list(.reference(.segment)), "segments that may reach the internet", example: "[trusted]"),
            Key("policies", .list(.shape(.policy)), "the matrix; the first that matches decides", example: "[]"),
        ])

    static let policy = Shape(
        "policy",
        [
            Key("from", .oneOrMore(.reference(.segment)), required: true, "where the packet comes from", example: "management"),
            Key("to", .oneOrMore(.reference(.segment)), required: true, "where it goes", example: "[trusted, iot]"),
            Key("action", .choice(of: Firewall.Action.self), required: true, "what happens to it", example: "accept"),
            Key("ports", .oneOrMore(.port), "the ports it is for; else all", example: "[tcp/1883]"),
            Key("description", .text, "why it is there", example: "\"Sensors report here\""),
        ])
}

extension FileDecoder {
    mutating func firewall(_ key: NodeID, _ node: NodeID) -> Firewall? {
        guard let fields = fields(node, .firewall) else { return nil }
        let action: Firewall.Action? = choice(fields["default"], "the firewall's default")
        return Firewall(
            span: tree.span(key), defaultAction: action ?? .drop,
            internet: identifiers(fields["internet"], "'internet'"),
            policies: items(fields["policies"], "the policies").compactMap { policy($0) })
    }

    private mutating func policy(_ node: NodeID) -> Firewall.Policy? {
        guard let fields = fields(node, .policy) else { return nil }
        let from = identifiers(fields["from"], "'from'", orOne: true)
        let to = identifiers(fields["to"], "'to'", orOne: true)
        let action: Firewall.Action? = choice(fields["action"], "the policy's action")
        let ports = items(fields["ports"], "the policy's ports", orOne: true).compactMap { port($0, "a port of the policy") }
        _ = text(fields["description"], "the policy's description")
        guard let action else { return nil }
        return Firewall.Policy(span: tree.span(node), from: from, to: to, action: action, ports: ports)
    }
}
