import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// A retired host holds no address and no workload; a service on a host in maintenance is a warning.
    mutating func proveLifecycle() {
        for binding in site.bindings where binding.lifecycle.value == .retired {
            if let held = binding.interfaces.lazy.flatMap(\.attachments).first(where: { $0.source == .listed || $0.source == .gateway }) {
                report(
                    .retiredHoldsAddress, "host '\(binding.host.value)' is retired and holds an address", at: held.span,
                    notes: [.init("retired here", at: binding.lifecycle.span)], mend: "remove the interface from its binding")
            }
            if let workload = binding.workloads.first {
                report(
                    .retiredHoldsService, "host '\(binding.host.value)' is retired and runs workload '\(workload.value)'",
                    at: workload.span,
                    notes: [.init("retired here", at: binding.lifecycle.span)], mend: "assign the workload to another host")
            }
        }
        for service in graph.services {
            guard let host = service.host, graph.hosts[host].lifecycle == .maintenance, service.via == nil else { continue }
            report(
                .serviceOnMaintenance, "service '\(service.name)' is on host '\(graph.hosts[host].name)', which is in maintenance",
                at: service.span,
                notes: [.init("the host's binding", at: graph.hosts[host].bindingSpan)],
                mend: "point it at another host until the maintenance ends")
        }
    }
}
