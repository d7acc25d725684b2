import Addressing
import Diagnostics
public import InventorySchema

extension SiteDerivation {
    /// In each mode one managed host serves each role, with a provider that can, and stands in each segment it serves.
    mutating func proveAuthority() {
        let authority = settings.authority
        for name in authority.bootstrapSegments { _ = segment(name, "the bootstrap side", .authoritySegmentUnknown) }
        for mode in Authority.Mode.allCases {
            let servers = authority.servers(in: mode)
            let span = mode == .bootstrap ? authority.bootstrapSpan : authority.productionSpan
            if span == nil, mode == authority.mode.value {
                report(
                    .authorityMissing, "the authority's mode is '\(mode.rawValue)', and that side isn't described", at: authority.mode.span,
                    mend: "add `\(mode.rawValue)` to the authority, or choose the other mode")
            }
            guard let span else { continue }
            for role in [Authority.Role.dns, .dhcp] where !servers.contains(where: { $0.role == role }) {
                report(
                    .authorityMissing, "nobody serves \(role.rawValue) in \(mode.rawValue) mode", at: span,
                    mend: mode == .bootstrap ? "add `\(role.rawValue): dnsmasq`" : "add `\(role.rawValue): { host: NAME, provider: NAME }`")
            }
            var unknown: Set<SourceSpan> = []
            for server in servers where !unknown.contains(server.host.span) {
                proveServer(server, mode)
                if hostIndex[server.host.value] == nil { unknown.insert(server.host.span) }
            }
        }
        proveController()
        proveUplink()
        proveUpstreams()
    }

    private mutating func proveServer(_ server: Authority.Server, _ mode: Authority.Mode) {
        let what = "\(server.role.rawValue) in \(mode.rawValue) mode"
        if !server.provider.value.roles.contains(server.role) {
            let able = ProviderName.allCases.filter { $0.roles.contains(server.role) }.map(\.rawValue)
            report(
                .providerUnfit, "provider '\(server.provider.value.rawValue)' can't serve \(what)", at: server.provider.span,
                mend: "choose one of: \(able.joined(separator: ", "))")
        }
        guard let index = host(server.host, "who serves \(what)", .authorityHostUnknown) else { return }
        let host = graph.hosts[index]
        if !host.isManaged {
            report(
                .authorityHostUnmanaged, "host '\(host.name)' serves \(what) and isn't managed", at: server.host.span,
                notes: [.init("`managed: false` stands in its binding", at: host.bindingSpan)], mend: "choose a managed host")
        }
        if host.lifecycle == .retired {
            report(
                .retiredHoldsService, "host '\(host.name)' serves \(what) and is retired", at: server.host.span,
                notes: [.init("retired here", at: host.bindingSpan)], mend: "choose another host")
        }
        for segment in segments(server.role, mode) {
            let stands = host.links.contains { graph.links[$0].segment == segment && !graph.links[$0].addresses.isEmpty }
            if !stands {
                report(
                    .authorityHostAbsent,
                    "host '\(host.name)' serves \(what) and has no address in segment '\(graph.segments[segment].name)'",
                    at: server.host.span,
                    notes: [.init("the segment", at: graph.segments[segment].span), .init("the host's binding", at: host.bindingSpan)],
                    mend: "bind an interface of it there, or don't serve that segment")
            }
        }
    }

    /// The segments in which a role's server must stand.
    func segments(_ role: Authority.Role, _ mode: Authority.Mode) -> [Int] {
        if mode == .bootstrap { return settings.authority.bootstrapSegments.compactMap { segmentIndex[$0.value] }.sorted() }
        switch role {
        case .dhcp: return graph.segments.indices.filter { dhcp(of: $0, mode) != nil }
        case .gateway: return graph.segments.indices.filter { !graph.segments[$0].isExternal && !graph.segments[$0].gateways.isEmpty }
        case .dns, .tftp: return []
        }
    }

    /// A question can be sent on only to another machine.
    private mutating func proveUpstreams() {
        let servers = settings.authority.servers(in: mode).filter { $0.role == .dns }.compactMap { hostIndex[$0.host.value] }
        for upstream in settings.dns.upstreams {
            let owner = servers.first { server in graph.hosts[server].links.contains { graph.links[$0].addresses.contains(upstream.value) }
            }
            let fault: String
            if let owner {
                fault = "is '\(graph.hosts[owner].name)'s own, who would ask itself"
            } else if upstream.value.isUnspecified {
                fault = "stands for no machine"
            } else if upstream.value.isMulticast {
                fault = "is a multicast address"
            } else {
                continue
            }
            report(
                .upstreamUnusable, "the upstream \(upstream.value) \(fault)", at: upstream.span,
                mend: "write the address of a resolver on another machine, or remove it")
        }
    }

    private mutating func proveController() {
        guard let controller = settings.controller else { return }
        guard let index = host(controller, "the site's controller", .controllerUnknown) else { return }
        if graph.hosts[index].lifecycle == .retired {
            report(
                .retiredHoldsService, "host '\(controller.value)' is the site's controller and is retired", at: controller.span,
                notes: [.init("retired here", at: graph.hosts[index].bindingSpan)], mend: "choose another host")
        }
        if !graph.hosts[index].isManaged {
            report(
                .authorityHostUnmanaged, "host '\(controller.value)' is the site's controller and isn't managed", at: controller.span,
                mend: "choose a managed host")
        }
    }

    private mutating func proveUplink() {
        guard let uplink = settings.authority.bootstrapUplink, let builder = settings.authority.bootstrap.first?.host,
            let index = hostIndex[builder.value]
        else { return }
        let labels = graph.hosts[index].links.map { graph.links[$0].label }
        guard !labels.contains(uplink.value) else { return }
        let nearest = nearestName(to: uplink.value, among: labels)
        report(
            .unknownInterface, "the uplink '\(uplink.value)' isn't an interface of the builder '\(builder.value)'", at: uplink.span,
            mend: nearest.map { "did you mean '\($0)'?" } ?? "name one of: \(labels.joined(separator: ", "))")
    }
}

extension ProviderName {
    /// What a system of this kind can serve.
    public var roles: Set<Authority.Role> {
        switch self {
        case .dnsmasq: [.dns, .dhcp, .tftp]
        case .unbound, .bind, .nsd, .knot: [.dns]
        case .kea: [.dhcp]
        case .nftables: [.gateway]
        case .opnsense, .vyos: [.dns, .dhcp, .tftp, .gateway]
        }
    }
}
