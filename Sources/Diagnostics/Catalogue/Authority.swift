extension DiagnosticCode {
    /// The rules about who serves a site.
    static var authorityEntries: [DiagnosticCode: Entry] {
        [
            .authorityHostUnknown: Entry(
                title: "Who serves is a host of the site",
                why: "The configuration would have no machine to go to.",
                mend: "correct the name, or add the host under `bindings`",
                example: "bootstrap: { host: ph09, segments: [management], dns: dnsmasq, dhcp: dnsmasq }"),
            .authorityServes: Entry(
                title: "No apply changes who serves",
                why: "Two DHCP servers on one segment, or none, is the worst night there is; who serves moves by a procedure of its own.",
                mend: "commit the mode that serves now, or move the authority on purpose",
                example: "authority: { mode: production }   # while the builder serves in bootstrap mode"),
            .authorityHostUnmanaged: Entry(
                title: "Who serves or applies is managed",
                why: "On a machine that deevnet may not touch nothing can be put in place.",
                mend: "choose a managed host, or remove `managed: false` from its binding",
                example: "bindings: { ph01: { managed: false } }\n# bootstrap: { host: ph01 }"),
            .authorityHostAbsent: Entry(
                title: "Who serves a segment has an address in it",
                why: "DHCP and the gateway work on the link; from elsewhere they are not heard.",
                mend: "bind an interface of the host in the segment, or don't serve it",
                example: "bootstrap: { host: ph01, segments: [iot], dns: dnsmasq, dhcp: dnsmasq }  # ph01 is in management only"),
            .authorityMissing: Entry(
                title: "The side that serves is described and serves DNS and DHCP",
                why: "With nobody serving, the first machine that starts finds no network.",
                mend: "add the side or the role that is named",
                example: "authority: { mode: production }"),
            .controllerUnknown: Entry(
                title: "The controller is a host of the site",
                why: "Nobody would apply at this site.",
                mend: "correct the name, or add the host under `bindings`",
                example: "site: { controller: ph09 }"),
            .authoritySegmentUnknown: Entry(
                title: "A segment that bootstrap serves exists",
                why: "The builder would wait on a wire that isn't there.",
                mend: "correct the name, or add it under `segments`",
                example: "bootstrap: { host: ph01, segments: [managment], dns: dnsmasq, dhcp: dnsmasq }"),
            .providerNotYet: Entry(
                title: "A provider that this version can't drive yet is told",
                why: "The inventory may name it today; what it would do is planned by nobody, so a rebuild by hand is still needed there.",
                mend: "choose a provider that this version has, or leave it until one is there",
                example: "production: { dns: { host: rt01, provider: knot } }"),
            .providerUnfit: Entry(
                title: "A provider can serve the role that it is given",
                why: "A DNS server hands out no leases, whatever the inventory says.",
                mend: "choose one of the providers that are listed",
                example: "bootstrap: { host: ph01, segments: [management], dns: kea, dhcp: kea }"),
            .upstreamUnusable: Entry(
                title: "An upstream is a resolver on another machine",
                why: "A server that is told to ask itself, or no machine, leaves every question about other names without an answer.",
                mend: "write the address of a resolver on another machine, or remove it",
                example: "dns: { upstreams: [0.0.0.0] }"),
        ]
    }
}
