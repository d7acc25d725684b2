import Diagnostics
import TestSupport
import Testing

@Suite struct ServingRefusalTests {
    @Test(arguments: authority + dhcp)
    func `a broken rule about who serves is told with its place and its mend`(_ refusal: InventoryCase) async throws {
        try await refusal.check()
    }

    static let authority: [InventoryCase] = [
        .init(
            "who serves is a host of the site", .authorityHostUnknown, site: "away", mend: "did you mean 'away-ph01'?",
            .init("host: away-ph01", "host: «away-ph02»")),
        .init(
            "who serves is managed", .authorityHostUnmanaged, site: "away", also: [.authorityHostUnmanaged],
            .init("host: away-ph01", "host: «away-ph01»"),
            .init("away-ph01: { interfaces: { lan: { segment", "away-ph01: { managed: false, interfaces: { lan: { segment")),
        .init("an upstream isn't the server itself", .upstreamUnusable, .init("[192.0.2.53]", "[«10.1.99.5»]")),
        .init("an upstream is an address of a machine", .upstreamUnusable, .init("[192.0.2.53]", "[192.0.2.53, «0.0.0.0»]")),
        .init("an upstream is no multicast address", .upstreamUnusable, .init("[192.0.2.53]", "[«\"ff02::fb\"»]")),
        .init("the controller is managed", .authorityHostUnmanaged, .init("controller: builder-ph01", "controller: «edge-rt01»")),
        .init(
            "the router stands in each segment with a gateway", .authorityHostAbsent,
            .init("gateway: { host: core-rt01", "gateway: { host: «core-rt01»"),
            .init(add: "segments:\n  cams: { prefixes: [10.1.30.0/24], gateway: 10.1.30.1 }\n", to: "sites/lab/z.yml")),
        .init(
            "the side that serves is described", .authorityMissing, site: "away",
            .init("    mode: bootstrap\n", "    mode: «production»\n", in: "sites/away/away.yml")),
        .init(
            "somebody serves DNS", .authorityMissing, site: "away", mend: "dns: dnsmasq",
            .init(
                "{ host: away-ph01, segments: [lan], dns: dnsmasq, dhcp: dnsmasq }", "«{ host: away-ph01, segments: [lan], dhcp: dnsmasq }»"
            )),
        .init(
            "the controller is a host of the site", .controllerUnknown, mend: "did you mean 'builder-ph01'?",
            .init("controller: builder-ph01", "controller: «bilder-ph01»")),
        .init(
            "bootstrap serves segments that are there", .authoritySegmentUnknown, site: "away", mend: "did you mean 'lan'?",
            .init("segments: [lan]", "segments: [«lam»]")),
        .init(
            "a provider can serve its role", .providerUnfit, site: "away", mend: "dnsmasq, unbound",
            .init("dns: dnsmasq, dhcp: dnsmasq }", "dns: «kea», dhcp: dnsmasq }", in: "sites/away/away.yml")),
    ]

    static let dhcp: [InventoryCase] = [
        .init(
            "a segment without DHCP has no pool", .poolWithoutPoolMode,
            .init("dhcp: { mode: none }", "dhcp: { mode: none, pool: «10.1.25.100-10.1.25.200» }")),
        .init(
            "a segment with reservations alone has no pool", .poolWithoutPoolMode,
            .init("dhcp: { mode: reservations }", "dhcp: { mode: reservations, pool: «10.1.99.50-10.1.99.60» }")),
        .init("a pool lies inside the prefix", .poolOutsidePrefix, site: "away", .init("10.2.1.100-10.2.1.200", "«10.2.2.100-10.2.2.200»")),
        .init("a pool leaves the gateway out", .poolCoversGateway, site: "away", .init("10.2.1.100-10.2.1.200", "«10.2.1.1-10.2.1.4»")),
        .init("an address inside the pool is refused", .reservationInPool, site: "away", .init("[10.2.1.5]", "[«10.2.1.150»]")),
        .init("an address inside the bootstrap pool is refused", .reservationInPool, .init("[10.1.99.21]", "[«10.1.99.121»]")),
        .init(
            "a record's address inside a pool is refused", .reservationInPool,
            .init(add: "records:\n  cam: { addresses: [«10.1.10.150»] }\n", to: "sites/lab/z.yml")),
        .init(
            "who serves DHCP doesn't wait for its own address", .reservationOfServer, site: "away", mend: "assign: static",
            .init("lan: { segment: lan, addresses: [10.2.1.5] }", "«lan»: { segment: lan, addresses: [10.2.1.5], assign: reserved }")),
        .init(
            "a segment that leases has a pool", .poolMissing, site: "away",
            .init("{ mode: pool, pool: 10.2.1.100-10.2.1.200 }", "{ mode: «pool» }")),
        .init(
            "a reservation has a MAC", .reservationWithoutMAC, site: "away", also: [.reservationOfServer],
            .init("lan: { mac: \"02:de:20:01:00:01\" }", "lan: {}"),
            .init("lan: { segment: lan, addresses: [10.2.1.5] }", "«lan»: { segment: lan, addresses: [10.2.1.5], assign: reserved }")),
        .init(
            "a reservation stands in a segment with DHCP", .reservationInUnservedSegment,
            .init("lan: { segment: iot, addresses: [10.1.25.21] }", "«lan»: { segment: iot, addresses: [10.1.25.21], assign: reserved }")),
        .init(
            "a segment with DHCP has an IPv4 prefix", .dhcpWithoutPrefix, site: "away",
            .init(add: "segments:\n  empty: { vlan: 9, dhcp: { mode: «reservations» } }\n", to: "sites/away/z.yml")),
        .init(
            "a gateway's address is written once", .reservationGateway, site: "away", mend: "addresses: gateway",
            .init("[10.2.1.5]", "[«10.2.1.1»]")),
        .init(
            "a time server of all segments has an IPv4 address, or is told once", .serverWithoutIPv4, severity: .warning,
            mend: "IPv4 address",
            .init("ntp: [ntp]", "ntp: [ntp, «\"fd00:20:99::10\"»]")),
        .init(
            "a resolver of a segment has an IPv4 address", .serverWithoutIPv4, severity: .warning, site: "away",
            .init("{ mode: pool, pool: 10.2.1.100-10.2.1.200 }", "{ mode: pool, pool: 10.2.1.100-10.2.1.200, dns: «\"fd00:20:99::10\"» }")),
        .init(
            "an unknown time server of all segments is told once", .unknownService, mend: "did you mean 'ntp'?",
            .init("ntp: [ntp]", "ntp: [«nto»]")),
        .init(
            "an external segment isn't served", .externalServed,
            .init("external: true }", "external: true, dhcp: { mode: «reservations» } }")),
    ]
}
