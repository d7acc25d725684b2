extension DiagnosticCode {
    /// The rules about DHCP and network boot.
    static var dhcpEntries: [DiagnosticCode: Entry] {
        [
            .poolWithoutPoolMode: Entry(
                title: "A segment has a pool only when its DHCP mode is `pool`",
                why: "In another mode nobody leases from it, so whoever wrote it expects something that won't happen.",
                mend: "remove the pool, or write `mode: pool`",
                example: "dhcp: { mode: reservations, pool: 10.20.10.100-10.20.10.200 }"),
            .poolOutsidePrefix: Entry(
                title: "A pool lies inside one prefix of its segment",
                why: "Clients would be given addresses that don't work on the link, and some servers refuse to start.",
                mend: "choose a range inside the prefix",
                example: "prefixes: [10.20.10.0/24]\ndhcp: { mode: pool, pool: 10.20.11.100-10.20.11.200 }"),
            .poolCoversGateway: Entry(
                title: "A pool leaves the gateway out",
                why: "The first client that is given the gateway's address cuts the segment off.",
                mend: "start the pool after the gateway, or end it before",
                example: "gateway: 10.20.10.1\ndhcp: { mode: pool, pool: 10.20.10.1-10.20.10.200 }"),
            .reservationInPool: Entry(
                title: "A written address lies outside the pool",
                why: "The server could lease it to a stranger while its owner is switched off.",
                mend: "choose an address outside the pool, or make the pool smaller",
                example: "dhcp: { mode: pool, pool: 10.20.10.100-10.20.10.200 }\n# addresses: [10.20.10.150]"),
            .poolMissing: Entry(
                title: "A segment that leases has a pool",
                why: "There would be nothing to lease.",
                mend: "add `pool: FIRST-LAST`, or write `mode: reservations`",
                example: "dhcp: { mode: pool }"),
            .reservationWithoutMAC: Entry(
                title: "A reserved interface has a MAC",
                why: "A reservation is found by the MAC; without one the host is given nothing.",
                mend: "add `mac: ADDRESS` to the interface, or `mac: unknown`",
                example:
                    "# hosts: { hv01: { form: hv, interfaces: { mgmt: {} } } }\nmgmt: { segment: management, addresses: [10.20.99.21], assign: reserved }"
            ),
            .reservationInUnservedSegment: Entry(
                title: "A reservation stands in a segment with DHCP",
                why: "Nobody would hand it out, and the host would stay without an address.",
                mend: "give the segment DHCP, or write `assign: static`",
                example:
                    "segments: { lan: { prefixes: [10.20.10.0/24] } }\n# lan: { segment: lan, addresses: [10.20.10.5], assign: reserved }"),
            .dhcpWithoutPrefix: Entry(
                title: "A segment with DHCP has an IPv4 prefix",
                why: "There are no addresses to give.",
                mend: "add the prefix, or write `mode: none`",
                example: "blackhole: { vlan: 999, dhcp: { mode: reservations } }"),
            .reservationGateway: Entry(
                title: "A gateway's address is written once, at its segment",
                why: "Written twice, the two will differ one day, and the router and its clients will disagree.",
                mend: "write `addresses: gateway`",
                example: "# gateway: 10.20.10.1\nlan: { segment: trusted, addresses: [10.20.10.1] }"),
            .reservationOfServer: Entry(
                title: "Who serves DHCP in a segment has its own address there",
                why: "The server starts without an address, so nobody answers: neither itself nor anyone else.",
                mend: "write `assign: static`, and give the host the address in its own system",
                example:
                    "bootstrap: { host: ph01, segments: [lan], dns: dnsmasq, dhcp: dnsmasq }\n# ph01: lan: { segment: lan, addresses: [10.20.10.5], assign: reserved }"
            ),
            .serverWithoutIPv4: Entry(
                title: "A server that DHCP tells clients has an IPv4 address",
                why: "DHCP has room for IPv4 addresses alone; the entry would reach no client, without a word.",
                mend: "name a server with an IPv4 address, or remove it",
                example: "site: { dhcp: { ntp: [\"fd00:20:99::10\"] } }"),
            .externalServed: Entry(
                title: "An external segment is not served by us",
                why: "A second DHCP server on somebody else's network takes it down.",
                mend: "remove `dhcp` from the segment",
                example: "isp: { prefixes: [192.168.8.0/24], external: true, dhcp: { mode: reservations } }"),
        ]
    }
}
