extension DiagnosticCode {
    /// The rules about what a host is.
    static var identityEntries: [DiagnosticCode: Entry] {
        [macEntries, hostEntries].reduce(into: [:]) { all, group in all.merge(group) { first, _ in first } }
    }

    private static var macEntries: [DiagnosticCode: Entry] {
        [
            .badMAC: Entry(
                title: "A MAC address is six pairs of hexadecimal digits",
                why: "A reservation for a mistyped address waits for a card that doesn't exist.",
                mend: "write six pairs such as 02:de:20:01:00:01, or `unknown`",
                example: "mgmt: { mac: 02:de:20:01:00 }"),
            .macNotCanonical: Entry(
                title: "A MAC address is written in lowercase with colons",
                why: "One form can be searched for, compared and found again with grep.",
                mend: "write the form that is shown",
                example: "mgmt: { mac: 02-DE-20-01-00-01 }"),
            .macMulticast: Entry(
                title: "A MAC address belongs to one card",
                why: "Group addresses and all zeros are no card's, so no machine will ever ask with them.",
                mend: "copy what `ip link` shows for the interface, or write `unknown`",
                example: "mgmt: { mac: \"01:00:5e:00:00:01\" }"),
            .duplicateMAC: Entry(
                title: "A MAC address is written once in the organisation",
                why: "Two machines with one MAC would be given each other's address and installed with each other's system.",
                mend: "correct one of the two, or write `unknown`",
                example:
                    "hv01: { interfaces: { mgmt: { mac: \"02:de:20:01:00:01\" } } }\nhv02: { interfaces: { mgmt: { mac: \"02:de:20:01:00:01\" } } }"
            ),
            .macUnknown: Entry(
                title: "A MAC address that is not known yet is told with what it blocks",
                why: "The inventory may be written before the machine arrives; the reservation comes by itself when the MAC is known.",
                mend: "write the MAC when you know it: it is on the label, or in the lease list after the first start",
                example: "mgmt: { mac: unknown }"),
            .onlyMACUnknown: Entry(
                title: "A host in use has at least one MAC that is known",
                why: "A host that is given its address by MAC can't be told from a stranger when none of its MACs is known.",
                mend: "write one MAC, or `lifecycle: standby` until the machine is there",
                example: "hosts:\n  hv01: { form: hv, interfaces: { mgmt: { mac: unknown } } }"),
        ]
    }

    private static var hostEntries: [DiagnosticCode: Entry] {
        [
            .unknownHardware: Entry(
                title: "A host's hardware type is described",
                why: "Boot disk and firmware come from there; without them an installer would have to guess which disk to write.",
                mend: "correct the name, or add it under `hardware` below inventory/",
                example: "hosts:\n  hv01: { form: hv, hardware: optiplex }"),
            .unknownManagementNIC: Entry(
                title: "A host has the management interface that its hardware names",
                why: "Wake-up and installation go through that interface.",
                mend: "give one of the host's interfaces that label",
                example:
                    "hardware: { opti: { management_nic: mgmt } }\nhosts: { hv01: { form: hv, hardware: opti, interfaces: { lan: {} } } }"),
            .hostInTwoPlaces: Entry(
                title: "A host is described either in inventory/ or in its site's folder",
                why: "Two descriptions of one name are two machines, and a site would not know which of them it has.",
                mend: "remove one description, or rename the site's own host",
                example: "# inventory/hosts.yml and sites/lab/hosts.yml\nhosts: { hv01: { form: hv } }"),
            .formerlyExists: Entry(
                title: "A former name is not in use",
                why: "A rename moves what the old name had; it can't be moved while another host has that name.",
                mend: "remove `formerly` once the move is done, or rename the other host",
                example: "hv02: { form: hv, formerly: hv01 }"),
            .hostNameStyle: Entry(
                title: "A host's name is [role-]formNN",
                why: "A name that says what a machine is can be read in a log at night. An organisation may switch this off.",
                mend: "rename the host, or write `host_names: free` in the organisation",
                example: "hosts:\n  zeus: { form: hv }"),
            .primaryInterface: Entry(
                title: "One interface carries the host's own name",
                why: "With several addresses it must be clear which one the bare name answers with.",
                mend: "write `primary: true` on exactly one interface of the binding",
                example: "interfaces:\n  a: { segment: trusted, addresses: [10.20.10.5] }\n  b: { segment: iot, addresses: [10.20.25.5] }"),
        ]
    }
}
