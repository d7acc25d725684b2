import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// The matrix, one policy for each pair of segments, in the order written.
    mutating func deriveFirewall() {
        guard let firewall = site.firewall else { return }
        var matrix = FirewallMatrix(defaultAction: firewall.defaultAction, internet: [], policies: [])
        for name in firewall.internet {
            if let index = segment(name, "'internet'", .firewallInternetUnknown) { matrix.internet.append(graph.segments[index].name) }
        }
        for policy in firewall.policies {
            let from = policy.from.compactMap { segment($0, "a policy", .firewallUnknownSegment) }
            let to = policy.to.compactMap { segment($0, "a policy", .firewallUnknownSegment) }
            if Set(from) == Set(to), from.count == 1 {
                report(
                    .firewallShadowed,
                    "the policy from '\(graph.segments[from[0]].name)' to itself never decides: what stays in a segment doesn't pass the router",
                    at: policy.span, mend: "remove it, or name another segment")
            }
            for a in from {
                for b in to where a != b {
                    matrix.policies.append(
                        .init(
                            from: graph.segments[a].name, to: graph.segments[b].name, action: policy.action,
                            ports: policy.ports.map(\.value),
                            span: policy.span))
                }
            }
        }
        graph.firewall = matrix
    }
}
