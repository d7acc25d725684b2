import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// Where workloads run; one that runs nowhere in the organisation is a note.
    mutating func deriveWorkloads() {
        let known = Dictionary(inventory.workloads.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        var hosts: [String: [Located<String>]] = [:]
        for binding in site.bindings {
            for assigned in binding.workloads {
                guard known[assigned.value] != nil else {
                    let nearest = nearestName(to: assigned.value, among: known.keys.sorted())
                    report(
                        .unknownWorkload, "host '\(binding.host.value)' is assigned workload '\(assigned.value)', which isn't defined", at: assigned.span,
                        mend: nearest.map { "did you mean '\($0)'?" } ?? "add it under `workloads`")
                    continue
                }
                if let first = hosts[assigned.value]?.first {
                    report(
                        .workloadTwice, "workload '\(assigned.value)' is assigned to two hosts", at: assigned.span,
                        notes: [.init("first assigned here", at: first.span)], mend: "keep one: a workload runs on one host of a site")
                }
                hosts[assigned.value, default: []].append(Located(binding.host.value, at: assigned.span))
            }
        }
        for workload in inventory.workloads {
            graph.workloads.append(
                WorkloadAssignment(
                    name: workload.name.value, hosts: (hosts[workload.name.value] ?? []).map(\.value), services: workload.services.map(\.value)))
            if hosts[workload.name.value] == nil {
                report(
                    .workloadParked, "workload '\(workload.name.value)' is parked at site '\(site.name)': no host runs it", at: workload.name.span,
                    mend: "add it to a binding's `workloads` when it has a host")
            }
        }
    }
}
