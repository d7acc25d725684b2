import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// What DHCP does on a segment in a mode; nil: nothing.
    func dhcp(of segment: Int, _ mode: Authority.Mode) -> SegmentDHCP? {
        let written = site.segments[segment]
        let dhcp = mode == .bootstrap ? written.bootstrapDHCP ?? written.dhcp : written.dhcp
        guard let dhcp, dhcp.mode.value != .none, !written.isExternal else { return nil }
        return dhcp
    }

    /// DHCP on each segment that is served, with its options.
    mutating func deriveDHCP() {
        guard let placement = graph.placements.first(where: { $0.roles.contains(.dhcp) }) else { return }
        var reported: Set<SourceSpan> = []
        for segment in placement.segments {
            guard let dhcp = dhcp(of: segment, mode), let prefix = graph.segments[segment].prefixes.first(where: { $0.family == .ipv4 })
            else { continue }
            let routers = graph.segments[segment].gateways.filter { $0.family == .ipv4 }
            graph.dhcp.append(
                DHCPService(
                    segment: segment, segmentName: graph.segments[segment].name, prefix: prefix,
                    pool: dhcp.mode.value == .pool ? dhcp.pool?.value : nil, leaseSeconds: dhcp.leaseSeconds ?? settings.dhcp.leaseSeconds,
                    routers: routers, resolvers: resolvers(segment, dhcp, &reported), domain: graph.domain,
                    search: [graph.domain] + settings.dhcp.search.map(\.value),
                    ntp: (dhcp.ntp ?? settings.dhcp.ntp).flatMap { addresses($0, "a time server", &reported) }))
        }
    }

    /// Who serves DNS, by its address in the segment where it has one.
    private mutating func resolvers(_ segment: Int, _ dhcp: SegmentDHCP, _ reported: inout Set<SourceSpan>) -> [IPAddress] {
        if let given = dhcp.dns { return given.flatMap { addresses($0, "a resolver", &reported) } }
        guard let placement = graph.placements.first(where: { $0.roles.contains(.dns) }), let server = graph.host(named: placement.hostName)
        else { return [] }
        let host = graph.hosts[server]
        let here = host.links.first { graph.links[$0].segment == segment && !graph.links[$0].addresses.isEmpty } ?? host.primary
        return here.map { graph.links[$0].addresses.filter { $0.family == .ipv4 } } ?? []
    }

    /// The IPv4 addresses of a server that clients are told (DHCP has no place for others: RFC 2132 §3.8, §8.3). What the site says for all its segments is
    /// `reported` once.
    private mutating func addresses(
        _ reference: Located<ServerReference>, _ what: String, _ reported: inout Set<SourceSpan>
    ) -> [IPAddress] {
        let all: [IPAddress]
        switch reference.value {
        case .address(let address): all = [address]
        case .service(let name):
            guard let service = graph.services.first(where: { $0.name == name }) else {
                guard reported.insert(reference.span).inserted else { return [] }
                let nearest = nearestName(to: name, among: graph.services.map(\.name))
                report(
                    .unknownService, "\(what) is service '\(name)', which site '\(site.name)' doesn't have", at: reference.span,
                    mend: nearest.map { "did you mean '\($0)'?" } ?? "add it under `services`, or write an address")
                return []
            }
            all = service.link.map { graph.links[$0].addresses } ?? []
        }
        let told = all.filter { $0.family == .ipv4 }
        if told.isEmpty, let first = all.first, reported.insert(reference.span).inserted {
            report(
                .serverWithoutIPv4, "\(what) has the address \(first), and DHCP tells clients IPv4 addresses alone", at: reference.span,
                mend: "name a server with an IPv4 address, or remove it: no client hears of this one")
        }
        return told
    }

    /// A reservation for every `reserved` interface with a known MAC in every segment served.
    mutating func deriveReservations() {
        var isServed = [Bool](repeating: false, count: graph.segments.count)
        for service in graph.dhcp { isServed[service.segment] = true }
        let hasDHCP = graph.segments.indices.map { dhcp(of: $0, .production) != nil || dhcp(of: $0, .bootstrap) != nil }
        let servers = Authority.Mode.allCases.flatMap { settings.authority.servers(in: $0) }.filter { $0.role == .dhcp }.map(\.host.value)
        for index in graph.links.indices {
            let link = graph.links[index]
            guard link.assignment == .reserved, let segment = link.segment else { continue }
            let host = graph.hosts[link.host]
            if !hasDHCP[segment] {
                report(
                    .reservationInUnservedSegment,
                    "'\(host.name)' interface '\(link.label)' has a reservation in segment '\(graph.segments[segment].name)', which has no DHCP",
                    at: link.span,
                    notes: [.init("the segment", at: graph.segments[segment].span)],
                    mend: "give the segment DHCP, or write `assign: static`")
            }
            if servers.contains(host.name) { proveServedByAnother(index, segment) }
            guard isServed[segment], host.lifecycle.holdsReservations, let mac = link.mac, !link.addresses.isEmpty else { continue }
            graph.reservations.append(
                Reservation(
                    segment: segment, link: index,
                    key: link.isTrunk ? "\(host.name).\(link.label).\(graph.segments[segment].name)" : "\(host.name).\(link.label)",
                    mac: mac, addresses: link.addresses, hostName: link.name.map { String($0.firstLabel) } ?? host.name,
                    isArmed: host.lifecycle.mayInstall))
        }
    }

    /// Who serves DHCP needs its address before it can give any.
    private mutating func proveServedByAnother(_ link: Int, _ segment: Int) {
        let host = graph.hosts[graph.links[link].host].name
        for mode in Authority.Mode.allCases {
            let server = settings.authority.servers(in: mode).first { $0.role == .dhcp && $0.host.value == host }
            guard let server, segments(.dhcp, mode).contains(segment), dhcp(of: segment, mode) != nil else { continue }
            return report(
                .reservationOfServer,
                "'\(host)' interface '\(graph.links[link].label)' waits for its address from '\(host)' itself, which serves DHCP in segment '\(graph.segments[segment].name)' in \(mode.rawValue) mode",
                at: graph.links[link].span, notes: [.init("who serves", at: server.host.span)], mend: "write `assign: static`")
        }
    }

    /// What network boot offers in the present mode.
    mutating func deriveNetboot() {
        guard let netboot = settings.netboot else { return }
        var url: String?
        if let chain = netboot.chain {
            if let service = graph.services.first(where: { $0.name == chain.service.value }) {
                url = "http://\(service.fullName)\(chain.path.value)"
            } else {
                let nearest = nearestName(to: chain.service.value, among: graph.services.map(\.name))
                report(
                    .unknownService, "network boot chains to service '\(chain.service.value)', which site '\(site.name)' doesn't have",
                    at: chain.service.span, mend: nearest.map { "did you mean '\($0)'?" } ?? "add it under `services`")
            }
        }
        guard graph.placements.contains(where: { $0.roles.contains(.tftp) }) else { return }
        graph.netboot = NetbootService(
            clients: netboot.clients, root: netboot.root,
            files: netboot.files.map { .init(architecture: $0.key, path: $0.value.value) }.sorted { $0.architecture < $1.architecture },
            chainURL: url)
    }
}
