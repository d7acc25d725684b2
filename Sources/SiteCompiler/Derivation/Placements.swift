import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// Who does what in the present mode, one placement for each provider on each host.
    mutating func derivePlacements() {
        graph.controller = settings.controller?.value ?? settings.authority.bootstrap.first?.host.value
        var placements: [Placement] = []
        for server in settings.authority.servers(in: mode) {
            guard let host = hostIndex[server.host.value] else { continue }
            let served = served(server.role, host)
            if let index = placements.firstIndex(where: { $0.hostName == server.host.value && $0.provider == server.provider.value }) {
                placements[index].roles.append(server.role)
                placements[index].segments = Set(placements[index].segments + served).sorted()
            } else {
                placements.append(
                    Placement(
                        site: site.name, hostName: server.host.value, provider: server.provider.value, roles: [server.role],
                        segments: served, span: server.provider.span))
            }
            if mode == .bootstrap, server.role == .gateway { holdGateways(host) }
        }
        for index in placements.indices {
            guard let host = hostIndex[placements[index].hostName] else { continue }
            placements[index].addresses = addresses(of: host, in: placements[index].segments)
        }
        graph.placements = placements.sorted { ($0.hostName, $0.provider.rawValue) < ($1.hostName, $1.provider.rawValue) }
    }

    private func addresses(of host: Int, in segments: [Int]) -> [IPAddress] {
        let own = graph.hosts[host].links.filter { link in graph.links[link].segment.map(segments.contains) ?? false }
            .flatMap { graph.links[$0].addresses }
        let held = graph.heldAddresses.filter { graph.links[$0.link].host == host && segments.contains($0.segment) }.map(\.address)
        return Set(own + held).sorted()
    }

    /// Bootstrap serves its segments; in production DNS and TFTP answer wherever their host stands.
    private func served(_ role: Authority.Role, _ host: Int) -> [Int] {
        let needed = segments(role, mode)
        if mode == .bootstrap || role == .dhcp || role == .gateway { return needed }
        return Set(
            graph.hosts[host].links.compactMap { link in
                graph.links[link].addresses.isEmpty ? nil : graph.links[link].segment
            }
        ).filter { !graph.segments[$0].isExternal }.sorted()
    }

    /// While it serves, the builder has the segments' gateway addresses beside its own.
    private mutating func holdGateways(_ host: Int) {
        for segment in segments(.gateway, .bootstrap) {
            guard let link = graph.hosts[host].links.first(where: { graph.links[$0].segment == segment }) else { continue }
            for address in graph.segments[segment].gateways where !graph.links[link].addresses.contains(address) {
                graph.heldAddresses.append(HeldAddress(segment: segment, link: link, address: address))
            }
        }
    }
}
