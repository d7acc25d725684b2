import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// No policy is shadowed by an earlier one, and management reaches the hosts that are managed from it.
    mutating func proveFirewall() {
        guard let matrix = graph.firewall else { return }
        proveShadows(matrix)
        proveManagement(matrix)
    }

    private mutating func proveShadows(_ matrix: FirewallMatrix) {
        for (index, policy) in matrix.policies.enumerated() {
            let earlier = matrix.policies[..<index].filter { $0.from == policy.from && $0.to == policy.to && $0.span != policy.span }
            let alone = earlier.first { covers($0.ports, policy.ports) }
            let shadows = alone.map { [$0] } ?? earlier.filter { !$0.ports.isEmpty }
            guard !shadows.isEmpty, covers(shadows.flatMap(\.ports), policy.ports, isAll: alone?.ports.isEmpty ?? false) else { continue }
            let (others, them) = shadows.count == 1 ? ("an earlier one matches", "the other") : ("earlier ones together match", "them")
            report(
                .firewallShadowed, "the policy from '\(policy.from)' to '\(policy.to)' never decides: \(others) all it matches",
                at: policy.span, notes: shadows.map { .init("earlier: \($0.action.rawValue)", at: $0.span) },
                mend: "remove it, or write it before \(them)")
        }
    }

    private func covers(_ wide: [TransportPort], _ narrow: [TransportPort]) -> Bool { covers(wide, narrow, isAll: wide.isEmpty) }

    /// Whether ports together match all that others match; none are all ports among `narrow`, and `isAll` says so of `wide`.
    private func covers(_ wide: [TransportPort], _ narrow: [TransportPort], isAll: Bool) -> Bool {
        if isAll { return true }
        return !narrow.isEmpty
            && narrow.allSatisfy { port in
                var next = Int(port.ports.lowerBound)
                for range in wide.filter({ $0.transport == port.transport }).map(\.ports).sorted(by: { $0.lowerBound < $1.lowerBound })
                where Int(range.lowerBound) <= next {
                    next = max(next, Int(range.upperBound) + 1)
                }
                return next > Int(port.ports.upperBound)
            }
    }

    /// Managed hosts without an interface in the management segment are reached through the firewall.
    private mutating func proveManagement(_ matrix: FirewallMatrix) {
        guard let management = managementSegment, let ssh = try? TransportPort("tcp/22") else { return }
        let from = graph.segments[management].name
        var needed: [Int: Int] = [:]
        for (index, host) in graph.hosts.enumerated() where host.isManaged && host.lifecycle != .retired {
            guard !host.links.contains(where: { graph.links[$0].segment == management }), let primary = host.primary,
                let segment = graph.links[primary].segment, !graph.segments[segment].isExternal
            else { continue }
            if needed[segment] == nil { needed[segment] = index }
        }
        for (segment, host) in needed.sorted(by: { $0.key < $1.key }) {
            let to = graph.segments[segment].name
            let deciding = matrix.policies.first { $0.from == from && $0.to == to && covers($0.ports, [ssh]) }
            guard (deciding?.action ?? matrix.defaultAction) != .accept else { continue }
            report(
                .firewallCutsManagement,
                "segment '\(from)' doesn't reach segment '\(to)', where managed host '\(graph.hosts[host].name)' stands",
                at: deciding?.span ?? site.firewall?.span, notes: [.init("the host's binding", at: graph.hosts[host].bindingSpan)],
                mend: "add `{ from: \(from), to: \(to), action: accept }` before what drops it")
        }
    }
}
