extension DiagnosticCode {
    /// The rules about the firewall.
    static var firewallEntries: [DiagnosticCode: Entry] {
        [
            .firewallUnknownSegment: Entry(
                title: "A policy names segments that exist",
                why: "A policy about nothing protects nothing.",
                mend: "correct the name, or add it under `segments`",
                example: "policies: [{ from: managment, to: [iot], action: accept }]"),
            .firewallShadowed: Entry(
                title: "A policy is reached",
                why: "An earlier policy matches all that it matches, so it says something that isn't so.",
                mend: "remove it, or write it before the other",
                example:
                    "policies:\n  - { from: iot, to: trusted, action: drop }\n  - { from: iot, to: trusted, action: accept, ports: [tcp/80] }"
            ),
            .firewallCutsManagement: Entry(
                title: "Management reaches every segment with a managed host",
                why: "After the next apply the host could be neither reached nor repaired.",
                mend: "add a policy that accepts from the management segment, before what drops it",
                example: "firewall: { default: drop, policies: [] }"),
            .firewallInternetUnknown: Entry(
                title: "The list `internet` names segments that exist",
                why: "The segment that was meant would stay cut off.",
                mend: "correct the name, or add it under `segments`",
                example: "firewall: { internet: [trustd] }"),
            .firewallPortsWithoutProtocol: Entry(
                title: "A port has its protocol",
                why: "Port 53 is both tcp/53 and udp/53, and the wrong one of them fails silently.",
                mend: "write tcp/PORT or udp/PORT",
                example: "ports: [53]"),
        ]
    }
}
