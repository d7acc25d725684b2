extension DiagnosticCode {
    /// The rules about lifecycle and intent.
    static var intentEntries: [DiagnosticCode: Entry] {
        [
            .retiredHoldsService: Entry(
                title: "A retired host serves nothing",
                why: "The machine is gone or about to go, and with it what points at it.",
                mend: "point the service at another host, or change the lifecycle",
                example: "bindings: { ph01: { lifecycle: retired } }\nservices: { artifacts: { host: ph01 } }"),
            .retiredHoldsAddress: Entry(
                title: "A retired host holds no address",
                why: "Its address would stay blocked for ever, and its name would answer with nobody.",
                mend: "remove the interface from its binding",
                example: "ph01: { lifecycle: retired, interfaces: { lan: { segment: trusted, addresses: [10.20.10.5] } } }"),
            .serviceOnMaintenance: Entry(
                title: "A service is not on a host in maintenance",
                why: "The machine may go down at any moment, and clients of the service with it.",
                mend: "point the service at another host until the maintenance ends",
                example: "bindings: { ph01: { lifecycle: maintenance } }\nservices: { artifacts: { host: ph01 } }"),
            .workloadParked: Entry(
                title: "A workload without a host is told",
                why: "That is legal: intent may wait for a machine. Its services are published nowhere until then.",
                mend: "add it to the `workloads` of a binding when it has a host",
                example: "workloads: { sdr: { services: [sdr] } }"),
            .hostUnbound: Entry(
                title: "A host that stands at no site is told",
                why: "That is legal: a machine may lie on a shelf. It has neither name nor address until it is bound.",
                mend: "add it under `bindings` of a site when it has a place",
                example: "hosts: { hv09: { form: hv } }"),
            .unknownWorkload: Entry(
                title: "A workload that is assigned is defined",
                why: "The host would be asked to run something that nobody described.",
                mend: "correct the name, or add it under `workloads` below inventory/",
                example: "bindings: { hv01: { workloads: [srd] } }"),
            .workloadTwice: Entry(
                title: "A workload runs on one host of a site, and a service is published by one workload",
                why: "The name of its service can point at one place only.",
                mend: "keep one of the two",
                example: "bindings: { hv01: { workloads: [sdr] }, hv02: { workloads: [sdr] } }"),
        ]
    }
}
