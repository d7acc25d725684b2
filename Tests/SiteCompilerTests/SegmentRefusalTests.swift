import Diagnostics
import TestSupport
import Testing

@Suite struct SegmentRefusalTests {
    @Test(arguments: addresses + interfaces + prefixes)
    func `a broken rule about addresses is told with its place and its mend`(_ refusal: InventoryCase) async throws {
        try await refusal.check()
    }

    static let addresses: [InventoryCase] = [
        .init(
            "one address on two interfaces is refused", .duplicateAddress,
            .init("mgmt: { segment: management, addresses: [10.1.99.5] }", "«mgmt»: { segment: management, addresses: [10.1.99.21] }")),
        .init(
            "an address outside its segment is refused with the range that is free", .addressOutsideSegment,
            mend: "between 10.1.25.1 and 10.1.25.254",
            .init("[10.1.25.21]", "[«10.1.52.21»]")),
        .init(
            "an address in a segment without a prefix is refused", .addressOutsideSegment, mend: "add a prefix",
            .init("{ segment: iot, addresses: [10.1.25.21] }", "{ segment: blackhole, addresses: [«10.1.25.21»] }")),
        .init("a broadcast address is no host's", .addressIsNetworkOrBroadcast, .init("[10.1.25.21]", "[«10.1.25.255»]")),
        .init(
            "a network's own address is no gateway's", .addressIsNetworkOrBroadcast, site: "away",
            .init("gateway: 10.2.1.1,", "gateway: «10.2.1.0»,")),
        .init(
            "a pool leaves the broadcast address out", .addressIsNetworkOrBroadcast, site: "away",
            .init("10.2.1.100-10.2.1.200", "«10.2.1.100-10.2.1.255»")),
        .init(
            "two addresses of one family on an interface are refused", .twoAddressesOneFamily,
            .init("[10.1.99.5]", "[10.1.99.5, «10.1.99.6»]")),
        .init("two prefixes of one family are refused", .twoAddressesOneFamily, .init("[10.1.25.0/24]", "[10.1.25.0/24, «10.1.26.0/24»]")),
        .init(
            "two gateways of one family are refused", .twoAddressesOneFamily, site: "away",
            .init("gateway: 10.2.1.1,", "gateway: [10.2.1.1, «10.2.1.2»],")),
        .init(
            "an address without a segment is refused", .addressWithoutSegment,
            .init("{ segment: isp, addresses: [192.0.2.1] }", "{ addresses: [«192.0.2.1»] }")),
        .init(
            "the gateway's address without a segment is refused", .addressWithoutSegment,
            .init("lan1: { segment: isp, addresses: [192.0.2.1] }", "«lan1»: { addresses: gateway }")),
    ]

    static let interfaces: [InventoryCase] = [
        .init(
            "an unknown segment is refused with the nearest known one", .unknownSegment, mend: "did you mean 'iot'?",
            .init("{ segment: iot, addresses: [10.1.25.21] }", "{ segment: «iott», addresses: [10.1.25.21] }")),
        .init(
            "an unknown interface is refused with the nearest known one", .unknownInterface, mend: "did you mean 'lan'?",
            .init("      lan: { segment: iot", "      «lna»: { segment: iot")),
        .init(
            "the builder's uplink is one of its interfaces", .unknownInterface, mend: "did you mean 'wan'?",
            .init("uplink: wan", "uplink: «wam»")),
        .init("a service names an interface that its host has", .unknownInterface, .init("interface: mgmt", "interface: «eth9»")),
        .init(
            "a host that is bound and described nowhere is refused with the nearest known one", .unknownHost, also: [.hostUnbound],
            mend: "did you mean 'edge-rt01'?",
            .init("  edge-rt01: { managed", "  «edge-rt02»: { managed")),
        .init(
            "a trunk has no segment of its own", .interfaceShape,
            .init("{ trunk: true, segments", "{ trunk: true, segment: «management», segments")),
        .init(
            "an interface with segments is a trunk", .interfaceShape, mend: "trunk: true",
            .init(
                "{ trunk: true, segments: { management: { addresses: gateway }, trusted: { addresses: gateway }, iot: { addresses: gateway } } }",
                "{ segments: «{ management: { addresses: gateway } }» }")),
        .init(
            "a trunk has segments", .interfaceShape,
            .init(
                "lan: { trunk: true, segments: { management: { addresses: gateway }, trusted: { addresses: gateway }, iot: { addresses: gateway } } }",
                "«lan»: { trunk: true }")),
        .init(
            "a reservation has its address", .interfaceShape,
            .init("wan: { addresses: dhcp }", "«wan»: { addresses: dhcp, assign: reserved }")),
        .init(
            "the gateway's address of a segment without gateway is refused", .noGateway,
            .init("lan: { segment: iot, addresses: [10.1.25.21] }", "«lan»: { segment: blackhole, addresses: gateway }")),
    ]

    static let prefixes: [InventoryCase] = [
        .init(
            "prefixes that overlap are refused at the later one", .prefixOverlap,
            .init(add: "segments:\n  cams: { prefixes: [«10.1.25.128/25»] }\n", to: "sites/lab/z.yml")),
        .init(
            "a block is one site's, and both that claim it are stopped", .siteBlocksOverlap, site: "away", also: [.siteBlocksOverlap],
            .init("blocks: [10.2.0.0/16]", "blocks: [10.2.0.0/16, «10.1.128.0/17»]")),
        .init(
            "a prefix outside the site's blocks is refused", .prefixOutsideBlocks,
            .init(add: "segments:\n  cams: { prefixes: [«10.3.0.0/24»] }\n", to: "sites/lab/z.yml")),
        .init(
            "a prefix with host bits is refused with the whole one", .prefixHasHostBits, mend: "10.1.25.0/24",
            .init("[10.1.25.0/24]", "[«10.1.25.5/24»]")),
        .init(
            "an external prefix lies outside the blocks", .externalInsideBlocks,
            .init(add: "segments:\n  other: { prefixes: [«10.1.40.0/24»], external: true }\n", to: "sites/lab/z.yml")),
        .init(
            "a gateway outside its prefix is refused", .gatewayOutsidePrefix, site: "away",
            .init("gateway: 10.2.1.1,", "gateway: «10.2.2.1»,")),
        .init(
            "a VLAN id of two segments is refused", .duplicateVLAN, .init(add: "segments:\n  cams: { vlan: «25» }\n", to: "sites/lab/z.yml")
        ),
    ]
}
