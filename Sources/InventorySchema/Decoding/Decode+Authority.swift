import Addressing
import Diagnostics
import YAMLSyntax

extension Shape {
    static let authority = Shape(
        "authority",
        [
            Key("mode", .choice(of: Authority.Mode.self), required: true, "the side that serves", example: "bootstrap"),
            Key(
                "bootstrap", .shape(.bootstrapAuthority), "the builder, for the bootstrap segments",
                example: "{ host: provisioner-ph01, segments: [management], dns: dnsmasq }"),
            Key("production", .shape(.productionAuthority), "the core router, for everything", example: "{}"),
        ])

    static let bootstrapAuthority = Shape(
        "bootstrap",
        [
            Key("host", .reference(.host), required: true, "the builder", example: "provisioner-ph01"),
            Key("segments", .list(.reference(.segment)), required: true, "the segments it serves", example: "[management]"),
            Key("uplink", .reference(.interface), "its interface that leads out", example: "wan"),
        ] + Authority.Role.allCases.map { Key($0.rawValue, provider, "the provider that serves \($0.rawValue)", example: "dnsmasq") })

    static let productionAuthority = Shape(
        "production",
        Authority.Role.allCases.map {
            Key($0.rawValue, .shape(.server), "who serves \($0.rawValue)", example: "{ host: core-rt01, provider: kea }")
        })

    static let server = Shape(
        "server",
        [
            Key("host", .reference(.host), required: true, "the host", example: "core-rt01"),
            Key("provider", provider, required: true, "the provider", example: "unbound"),
        ])

    private static let provider = ValueType.choice(of: ProviderName.self)
}

extension FileDecoder {
    mutating func authority(_ node: NodeID) -> Authority? {
        guard let fields = fields(node, .authority) else { return nil }
        let mode: Authority.Mode? = choice(fields["mode"], "the authority's mode")
        var authority = Authority(
            span: tree.span(node), mode: Located(mode ?? .bootstrap, at: fields["mode"].map(tree.span) ?? tree.span(node)),
            bootstrap: [], bootstrapSegments: [], production: [])
        if let side = fields["bootstrap"] { bootstrap(side, into: &authority) }
        if let side = fields["production"] { production(side, into: &authority) }
        return mode == nil ? nil : authority
    }

    private mutating func bootstrap(_ node: NodeID, into authority: inout Authority) {
        guard let fields = fields(node, .bootstrapAuthority) else { return }
        authority.bootstrapSpan = tree.span(node)
        authority.bootstrapSegments = identifiers(fields["segments"], "the bootstrap segments")
        authority.bootstrapUplink = label(fields["uplink"], "the builder's uplink")
        guard let host = label(fields["host"], "the builder") else { return }
        for role in Authority.Role.allCases {
            guard let value = fields[role.rawValue], let provider: ProviderName = choice(value, "the provider of \(role.rawValue)") else {
                continue
            }
            authority.bootstrap.append(.init(role: role, host: host, provider: located(provider, value)))
        }
    }

    private mutating func production(_ node: NodeID, into authority: inout Authority) {
        guard let fields = fields(node, .productionAuthority) else { return }
        authority.productionSpan = tree.span(node)
        for role in Authority.Role.allCases {
            guard let value = fields[role.rawValue], let server = self.fields(value, .server) else { continue }
            let host = label(server["host"], "the host of \(role.rawValue)")
            let provider: ProviderName? = choice(server["provider"], "the provider of \(role.rawValue)")
            guard let host, let provider, let providerNode = server["provider"] else { continue }
            authority.production.append(.init(role: role, host: host, provider: located(provider, providerNode)))
        }
    }
}
