extension DiagnosticCode {
    /// The rules about names, records and zones.
    static var nameEntries: [DiagnosticCode: Entry] {
        [
            .duplicateName: Entry(
                title: "A name has one owner",
                why: "Two machines under one name answer in turn, and every second connection goes astray.",
                mend: "rename one of the two",
                example: "records: { hv01: { addresses: [10.20.25.9] } }  # hv01 is a host"),
            .nameIsHostAndService: Entry(
                title: "A name is a host's or a service's",
                why: "Hosts are replaced and services stay. A service that is named like a host moves with the machine.",
                mend: "rename one: keep the service's name, it is what clients know",
                example: "services: { hv01: { host: hv01 } }"),
            .zoneOwners: Entry(
                title: "A zone has one owner",
                why:
                    "A site's server answers a zone and all below it from its own data alone, so two that share one each deny the other's names.",
                mend: "give the site a domain of its own beside the others', or make the alias a service of the site that owns the zone",
                example: "# sites/a and sites/b\nsite: { domain: lab.example.org }"),
            .recordBesideAlias: Entry(
                title: "An alias stands alone",
                why: "RFC 1034 section 3.6.2 forbids records beside a CNAME, and servers refuse the whole zone.",
                mend: "give the records another owner",
                example: "services: { mail: { host: ph01 } }\nrecords: { mail: { txt: [hello] } }"),
            .nameTooLong: Entry(
                title: "A name fits the limits of DNS",
                why: "63 characters in a label and 253 in a name (RFC 1035 section 2.3.4); longer ones can't be asked for.",
                mend: "shorten the name or the domain",
                example:
                    "# a label of 64 characters\nservices: { aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: { host: ph01 } }"
            ),
            .managementZoneClash: Entry(
                title: "A site's zone and the management zone have no name in common",
                why: "Both would answer for it, and which one is asked depends on the resolver.",
                mend: "choose a domain or a name outside the management zone",
                example: "organization: { management_zone: mgmt.example.org }\nsite: { domain: lab.mgmt.example.org }"),
            .duplicateRecord: Entry(
                title: "A record is written once",
                why: "A record set is a set (RFC 2181 section 5); a repeated line is most often a slip in its data.",
                mend: "remove one of the two",
                example: "records: { \"@\": { txt: [hello, hello] } }"),
            .recordTargetUnknown: Entry(
                title: "What a record points at in our own zone exists",
                why: "Mail and calls would be sent to a name without an address.",
                mend: "correct the name, or end it with a dot when it lies elsewhere",
                example: "records: { \"@\": { mx: [{ preference: 10, host: male }] } }"),
            .recordTargetIsAlias: Entry(
                title: "MX, SRV and NS records point at a name with an address of its own",
                why: """
                    RFC 2181 section 10.3 and RFC 2782 forbid an alias there; some mail servers and resolvers refuse it, others \
                    follow it.
                    """,
                mend: "point it at the host's name that is shown",
                example: "services: { post: { host: ph01 } }\nrecords: { \"@\": { mx: [{ preference: 10, host: post }] } }"),
            .outsideRootDomain: Entry(
                title: "Every name that we give lies below the root domain",
                why: "Elsewhere names are other people's, and a site's resolver that answers for them hides what they say.",
                mend: "choose a name below the root domain, or correct the organisation's `root_domain`",
                example: "organization: { root_domain: example.org }\naliases: { files.example.net: { site: lab, service: files } }"),
        ]
    }
}
