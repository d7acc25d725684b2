import Diagnostics
import TestSupport
import Testing

@Suite struct PolicyRefusalTests {
    @Test(arguments: firewall + intent)
    func `a broken rule about policy or intent is told with its place and its mend`(_ refusal: InventoryCase) async throws {
        try await refusal.check()
    }

    private static func host(_ name: String, _ binding: String) -> InventoryCase.Edit {
        .init(add: "hosts:\n  \(name): { form: ph, interfaces: { lan: {} } }\nbindings:\n  \(name): \(binding)\n", to: "sites/lab/z.yml")
    }

    static let firewall: [InventoryCase] = [
        .init(
            "a policy names segments that are there", .firewallUnknownSegment, mend: "did you mean 'trusted'?",
            .init("from: trusted,", "from: «trustde»,")),
        .init(
            "a policy that never decides is a warning", .firewallShadowed, severity: .warning,
            .init(
                "    - { from: trusted, to: iot, action: accept, ports: [tcp/1883, udp/5000-5010] }",
                "    - { from: trusted, to: iot, action: drop }\n    - «{ from: trusted, to: iot, action: accept, ports: [tcp/1883] }»")),
        .init(
            "what several earlier policies match together never decides either", .firewallShadowed, severity: .warning,
            mend: "write it before them",
            .init(
                "    - { from: trusted, to: iot, action: accept, ports: [tcp/1883, udp/5000-5010] }",
                "    - { from: trusted, to: iot, action: drop, ports: [tcp/1-500] }\n"
                    + "    - { from: trusted, to: iot, action: drop, ports: [tcp/501-1000] }\n"
                    + "    - «{ from: trusted, to: iot, action: accept, ports: [tcp/400-600] }»")),
        .init(
            "a policy from a segment to itself never decides", .firewallShadowed, severity: .warning, mend: "name another segment",
            .init(
                "    - { from: trusted, to: iot, action: accept, ports: [tcp/1883, udp/5000-5010] }",
                "    - «{ from: trusted, to: trusted, action: accept }»")),
        .init(
            "management reaches every segment with a managed host", .firewallCutsManagement, mend: "from: management, to: iot",
            .init("firewall:", "«firewall»:"), .init("to: [trusted, iot]", "to: [trusted]"),
            host("cam-ph01", "{ interfaces: { lan: { segment: iot, addresses: [10.1.25.30] } } }")),
        .init(
            "'internet' names segments that are there", .firewallInternetUnknown, mend: "did you mean 'trusted'?",
            .init("internet: [management, trusted]", "internet: [management, «trustd»]")),
        .init("a port has its protocol", .firewallPortsWithoutProtocol, mend: "tcp/1883 or udp/1883", .init("tcp/1883", "«1883»")),
    ]

    static let intent: [InventoryCase] = [
        .init(
            "a retired host holds no service", .retiredHoldsService,
            host("old-ph01", "{ lifecycle: retired }"), .init("ntp: { host: builder-ph01 }", "ntp: { host: «old-ph01» }")),
        .init(
            "a retired host serves nobody", .retiredHoldsService, host("old-ph01", "{ lifecycle: retired }"),
            .init("dns: { host: core-rt01", "dns: { host: «old-ph01»")),
        .init(
            "a retired host applies nothing", .retiredHoldsService, host("old-ph01", "{ lifecycle: retired }"),
            .init("controller: builder-ph01", "controller: «old-ph01»")),
        .init(
            "a retired host runs no workload", .retiredHoldsService, host("old-ph01", "{ lifecycle: retired, workloads: [«sdr»] }"),
            .init("    workloads: [sdr]\n", "")),
        .init(
            "a retired host holds no address", .retiredHoldsAddress,
            host("old-ph01", "{ lifecycle: retired, interfaces: { «lan»: { segment: iot, addresses: [10.1.25.30] } } }")),
        .init(
            "a service on a host in maintenance is a warning", .serviceOnMaintenance, severity: .warning,
            host("new-ph01", "{ lifecycle: maintenance, interfaces: { lan: { segment: iot, addresses: [10.1.25.30] } } }"),
            .init("ntp: { host: builder-ph01 }", "«ntp»: { host: new-ph01 }")),
        .init(
            "a workload that runs nowhere is a note", .workloadParked, severity: .note, site: nil, .init("    workloads: [sdr]\n", ""),
            .init("  sdr: {", "  «sdr»: {")),
        .init(
            "a host that stands nowhere is a note", .hostUnbound, severity: .note, site: nil,
            .init(add: "hosts:\n  «spare-hv01»: { form: hv }\n", to: "inventory/z.yml")),
        .init(
            "a site's own host that isn't bound is a note", .hostUnbound, severity: .note,
            .init(add: "hosts:\n  «spare-hv01»: { form: hv }\n", to: "sites/lab/z.yml")),
        .init(
            "a workload that isn't defined is refused with the nearest known one", .unknownWorkload, mend: "did you mean 'sdr'?",
            .init("[sdr]", "[sdr, «sdrr»]")),
        .init(
            "a workload runs on one host of a site", .workloadTwice,
            .init(
                "  builder-ph01:\n    interfaces:\n      mgmt: { seg",
                "  builder-ph01:\n    workloads: [«sdr»]\n    interfaces:\n      mgmt: { seg")),
        .init(
            "a service is published by one workload", .workloadTwice, site: nil, also: [.workloadParked],
            .init(add: "workloads:\n  web: { services: [«radio»] }\n", to: "inventory/z.yml")),
    ]
}
