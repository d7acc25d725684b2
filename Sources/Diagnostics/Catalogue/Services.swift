extension DiagnosticCode {
    /// The rules about services and aliases.
    static var serviceEntries: [DiagnosticCode: Entry] {
        [
            .aliasUnknownTarget: Entry(
                title: "A service points at a host or a service that the site has",
                why: "Clients would be sent to a name that doesn't exist.",
                mend: "correct the name, or add the host or the service",
                example: "services: { artifacts: { host: ph09 } }"),
            .aliasLoop: Entry(
                title: "A chain of services ends",
                why: "A resolver follows a loop until it gives up, and the client waits that long.",
                mend: "let one service of the loop point at a host",
                example: "services: { a: { service: b }, b: { service: a } }"),
            .aliasWithoutAddress: Entry(
                title: "A service ends in an address in both authority modes",
                why: "A name that works in one mode and is empty in the other fails on the day of the switch.",
                mend: "give the host an address, name who serves the role in that mode, or point at another host",
                example: "services: { dns: { authority: tftp } }  # nobody serves TFTP in production"),
            .aliasClaimedTwice: Entry(
                title: "A global alias has one owner",
                why: "Two sites that claim one name would each send clients to themselves.",
                mend: "remove the alias at one of the two sites",
                example: "# sites/a and sites/b\naliases: { files.example.org: { site: a, service: files } }"),
            .unknownSite: Entry(
                title: "A site that is named exists",
                why: "The alias would be published by nobody.",
                mend: "correct the name, or add the folder sites/NAME",
                example: "aliases: { files.example.org: { site: labb, service: files } }"),
            .unknownService: Entry(
                title: "A service that is named exists at the site",
                why: "Clients would be given an empty list, or a URL whose name can't be resolved.",
                mend: "correct the name, or add it under `services`",
                example: "site: { dhcp: { ntp: [nptd] } }"),
            .serviceShape: Entry(
                title: "A service points at exactly one of host, service and authority",
                why: "With two of them it would be unclear which one moves the name.",
                mend: "write one of `host: NAME`, `service: NAME`, `authority: ROLE`",
                example: "services: { dns: { host: ph01, authority: dns } }"),
        ]
    }
}
