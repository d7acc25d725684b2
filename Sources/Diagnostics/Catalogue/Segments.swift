extension DiagnosticCode {
    /// The rules about addresses and segments.
    static var segmentEntries: [DiagnosticCode: Entry] {
        [addressEntries, prefixEntries].reduce(into: [:]) { all, group in all.merge(group) { first, _ in first } }
    }

    private static var addressEntries: [DiagnosticCode: Entry] {
        [
            .duplicateAddress: Entry(
                title: "An address is on one interface",
                why: "Two machines with one address take turns at being unreachable, and nobody sees why.",
                mend: "choose another address for one of the two",
                example:
                    "hv01: { interfaces: { mgmt: { segment: lan, addresses: [10.20.99.21] } } }\nhv02: { interfaces: { mgmt: { segment: lan, addresses: [10.20.99.21] } } }"
            ),
            .addressOutsideSegment: Entry(
                title: "An address lies inside its segment's prefix",
                why: "Outside of it the host reaches neither its gateway nor its neighbours.",
                mend: "choose an address inside the prefix, or name the segment that has it",
                example: "mgmt: { segment: management, addresses: [10.20.10.21] }"),
            .addressIsNetworkOrBroadcast: Entry(
                title: "The first and the last address of a prefix are nobody's",
                why: "They are the network's own address and the broadcast address; a host that has one of them hears everyone or no one.",
                mend: "choose an address between the two that are named",
                example: "mgmt: { segment: management, addresses: [10.20.99.255] }"),
            .addressWithoutSegment: Entry(
                title: "An address stands in a segment",
                why: "Without the segment neither its prefix nor its gateway nor its VLAN is known.",
                mend: "write `segment: NAME` beside the address",
                example: "lan: { addresses: [10.20.10.5] }"),
            .twoAddressesOneFamily: Entry(
                title: "There is one address, prefix or gateway of each family",
                why: "Names, routes and reservations would have to choose between two.",
                mend: "keep one of the two; what needs a second address is an interface or a segment of its own",
                example: "mgmt: { segment: management, addresses: [10.20.99.21, 10.20.99.22] }"),
            .unknownInterface: Entry(
                title: "An interface is one that the host has",
                why: "A binding of an interface that isn't there would be a name without a machine.",
                mend: "correct the label, or add it to the host's `interfaces`",
                example: "bindings:\n  hv01: { interfaces: { mngt: { segment: management } } }"),
            .unknownHost: Entry(
                title: "A host that is named is described and bound",
                why: "What points at nobody would be rendered as an empty answer.",
                mend: "correct the name, or add it under `hosts` and `bindings`",
                example: "bindings:\n  hv09: {}"),
            .interfaceShape: Entry(
                title: "An interface is either plain or a trunk, and a reservation has its address",
                why: "A mixture could mean that frames are tagged or that they aren't, and the wrong guess cuts the host off.",
                mend: "write `segment` and `addresses`, or `trunk: true` with `segments`",
                example: "lan: { trunk: true, segment: trusted }"),
        ]
    }

    private static var prefixEntries: [DiagnosticCode: Entry] {
        [
            .prefixOverlap: Entry(
                title: "The prefixes of a site are disjoint",
                why: "A packet for an address in both would leave by whichever route is looked at first.",
                mend: "make the two disjoint",
                example: "trusted: { prefixes: [10.20.10.0/24] }\niot: { prefixes: [10.20.10.128/25] }"),
            .prefixOutsideBlocks: Entry(
                title: "A prefix lies inside the site's blocks",
                why: "The blocks are what this site may use; outside of them it would take another site's addresses.",
                mend: "choose a prefix inside a block, add the block, or write `external: true`",
                example: "site: { blocks: [10.20.0.0/16] }\nsegments: { iot: { prefixes: [10.30.25.0/24] } }"),
            .siteBlocksOverlap: Entry(
                title: "A block is one site's",
                why: "Both sites would give out its addresses and answer for its reverse zones, and no route could lead to both.",
                mend: "make the blocks of the sites disjoint",
                example: "# sites/a and sites/b\nsite: { blocks: [10.20.0.0/16] }"),
            .prefixHasHostBits: Entry(
                title: "A prefix is written as its first address",
                why: "10.20.99.5/24 may be meant as an address or as a network.",
                mend: "write the prefix that is shown",
                example: "prefixes: [10.20.99.5/24]"),
            .externalInsideBlocks: Entry(
                title: "An external segment lies outside the site's blocks",
                why: "What isn't ours can't be in what we hand out.",
                mend: "remove `external: true`, or correct the prefix",
                example: "site: { blocks: [10.20.0.0/16] }\nsegments: { isp: { prefixes: [10.20.8.0/24], external: true } }"),
            .gatewayOutsidePrefix: Entry(
                title: "A gateway lies inside its segment's prefix",
                why: "A gateway that isn't on the link can't be reached, so nothing leaves the segment.",
                mend: "choose an address inside the prefix",
                example: "iot: { prefixes: [10.20.25.0/24], gateway: 10.20.52.1 }"),
            .noGateway: Entry(
                title: "The word `gateway` stands where the segment has a gateway",
                why: "The address is written once, at the segment; there is none to take.",
                mend: "add `gateway: ADDRESS` to the segment",
                example: "blackhole: { vlan: 999 }\n# lan: { segment: blackhole, addresses: gateway }"),
            .duplicateVLAN: Entry(
                title: "A VLAN id is one segment's",
                why: "Two segments with one tag are one broadcast domain, and a firewall between them sees nothing.",
                mend: "give one of the two another id",
                example: "trusted: { vlan: 10 }\niot: { vlan: 10 }"),
            .unknownSegment: Entry(
                title: "A segment that is named exists at the site",
                why: "An interface in no segment is on no wire.",
                mend: "correct the name, or add it under `segments`",
                example: "mgmt: { segment: managment }"),
        ]
    }
}
