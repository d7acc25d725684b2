import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// Where workloads run at this site.
    mutating func deriveWorkloads() {
        let known = Dictionary(inventory.workloads.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        var hosts: [String: [Located<String>]] = [:]
        for binding in site.bindings {
            for assigned in binding.workloads {
                guard known[assigned.value] != nil else {
                    let nearest = nearestName(to: assigned.value, among: known.keys.sorted())
                    report(
                        .unknownWorkload, "host '\(binding.host.value)' is assigned workload '\(assigned.value)', which isn't defined",
                        at: assigned.span,
                        mend: nearest.map { "did you mean '\($0)'?" } ?? "add it under `workloads`")
                    continue
                }
                if let other = hosts[assigned.value]?.first?.span {
                    let (first, later) = other < assigned.span ? (other, assigned.span) : (assigned.span, other)
                    report(
                        .workloadTwice, "workload '\(assigned.value)' is assigned to two hosts", at: later,
                        notes: [.init("first assigned here", at: first)], mend: "keep one: a workload runs on one host of a site")
                }
                hosts[assigned.value, default: []].append(Located(binding.host.value, at: assigned.span))
            }
        }
        for workload in inventory.workloads {
            graph.workloads.append(
                WorkloadAssignment(
                    name: workload.name.value, hosts: (hosts[workload.name.value] ?? []).map(\.value),
                    services: workload.services.map(\.value)))
        }
    }
}
