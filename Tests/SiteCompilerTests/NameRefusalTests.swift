import Diagnostics
import TestSupport
import Testing

@Suite struct NameRefusalTests {
    @Test(arguments: names + targets + services + aliases)
    func `a broken rule about names is told with its place and its mend`(_ refusal: InventoryCase) async throws {
        try await refusal.check()
    }

    private static let longName = [63, 63, 63, 47].map { String(repeating: "a", count: $0) }.joined(separator: ".")

    static let names: [InventoryCase] = [
        .init(
            "addresses under a host's name are refused", .duplicateName,
            .init(add: "records:\n  «builder-ph01»: { addresses: [10.1.25.10] }\n", to: "sites/lab/z.yml")),
        .init(
            "a service of a workload and of the site is refused", .duplicateName,
            .init("[radio]", "[«radio»]"), .init(add: "services:\n  radio: { host: hv01 }\n", to: "sites/lab/z.yml")),
        .init(
            "a name is a host's or a service's", .nameIsHostAndService,
            .init(add: "services:\n  «builder-ph01»: { host: builder-ph01 }\n", to: "sites/lab/z.yml")),
        .init(
            "a zone has one owner, and both that claim it are stopped", .zoneOwners, site: "away", also: [.zoneOwners],
            .init("domain: away.example.org", "domain: «lab.example.org»")),
        .init(
            "a site's domain doesn't lie in another site's zone, and both are stopped", .zoneOwners, site: "away", also: [.zoneOwners],
            .init("domain: away.example.org", "domain: «hv01.lab.example.org»")),
        .init(
            "a reverse zone has one owner, and both that claim it are stopped", .zoneOwners, site: "away", also: [.zoneOwners],
            .init("blocks: [10.2.0.0/16]", "blocks: [10.2.0.0/16, 10.3.1.128/25]"),
            .init("blocks: [10.1.0.0/16,", "blocks: [10.1.0.0/16, 10.3.1.0/25,"),
            .init(add: "segments:\n  cams: { prefixes: [«10.3.1.128/26»] }\n", to: "sites/away/z.yml"),
            .init(add: "segments:\n  cams: { prefixes: [10.3.1.0/26] }\n", to: "sites/lab/z.yml")),
        .init(
            "a site's domain lies below the root domain", .outsideRootDomain, site: "away", mend: "'.example.org'",
            .init("domain: away.example.org", "domain: «away.example.net»")),
        .init(
            "the management zone lies below the root domain", .outsideRootDomain, site: nil,
            .init("management_zone: mgmt.example.org", "management_zone: «mgmt.example.net»")),
        .init(
            "a global alias lies outside the sites' zones", .zoneOwners,
            .init(add: "aliases:\n  «x.away.example.org»: { site: lab, service: files }\n", to: "sites/lab/z.yml")),
        .init(
            "a global alias lies below the root domain", .outsideRootDomain, mend: "'.example.org'",
            .init(add: "aliases:\n  «org»: { site: lab, service: files }\n", to: "sites/lab/z.yml")),
        .init(
            "a global alias isn't the root domain itself", .outsideRootDomain,
            .init(add: "aliases:\n  «example.org»: { site: lab, service: files }\n", to: "sites/lab/z.yml")),
        .init(
            "a name of somebody else is no global alias", .outsideRootDomain,
            .init(add: "aliases:\n  «files.example.net»: { site: lab, service: files }\n", to: "sites/lab/z.yml")),
        .init(
            "a global alias isn't a site's domain", .zoneOwners,
            .init(add: "aliases:\n  «away.example.org»: { site: lab, service: files }\n", to: "sites/lab/z.yml")),
        .init(
            "a global alias stands above no site's domain", .zoneOwners,
            .init("domain: away.example.org", "domain: away.far.example.org"),
            .init(add: "aliases:\n  «far.example.org»: { site: lab, service: files }\n", to: "sites/lab/z.yml")),
        .init(
            "a global alias stands above no management zone", .managementZoneClash,
            .init("management_zone: mgmt.example.org", "management_zone: mgmt.far.example.org"),
            .init(add: "aliases:\n  «far.example.org»: { site: lab, service: files }\n", to: "sites/lab/z.yml")),
        .init(
            "an alias has no records of its own", .recordBesideAlias,
            .init(add: "records:\n  «ntp»: { txt: [hello] }\n", to: "sites/lab/z.yml")),
        .init(
            "a name longer than DNS allows is refused", .nameTooLong,
            .init(add: "records:\n  «\(longName)»: { txt: [hello] }\n", to: "sites/lab/z.yml")),
        .init(
            "a site's domain lies outside the management zone", .managementZoneClash, site: "away",
            .init("domain: away.example.org", "domain: «x.mgmt.example.org»")),
        .init(
            "a global alias lies outside the management zone", .managementZoneClash,
            .init(add: "aliases:\n  «new.mgmt.example.org»: { site: lab, service: files }\n", to: "sites/lab/z.yml")),
        .init(
            "a record that stands twice is refused", .duplicateRecord, .init("[\"v=spf1 -all\"]", "[\"v=spf1 -all\", «\"v=spf1 -all\"»]")),
        .init(
            "what a record points at exists", .recordTargetUnknown, mend: "did you mean 'mail.lab.example.org'?",
            .init("\"@\": { mx: [{ preference: 10, host: mail }]", "«\"@\"»: { mx: [{ preference: 10, host: male }]")),
    ]

    static let targets: [InventoryCase] = [
        .init(
            "a mail exchanger is no alias", .recordTargetIsAlias, mend: "builder-ph01.lab.example.org",
            .init("\"@\": { mx: [{ preference: 10, host: mail }]", "«\"@\"»: { mx: [{ preference: 10, host: ntp }]")),
        .init("a name server is no alias", .recordTargetIsAlias, .init("\"@\": {", "«\"@\"»: {"), .init("ns: builder-ph01", "ns: dns")),
    ]

    static let services: [InventoryCase] = [
        .init(
            "a service points at a host that is there", .aliasUnknownTarget, mend: "did you mean 'builder-ph01'?",
            .init("ntp: { host: builder-ph01 }", "ntp: { host: «builder-ph02» }")),
        .init(
            "a service points at a service that is there", .aliasUnknownTarget, mend: "did you mean 'artifacts'?",
            .init("files: { service: artifacts }", "files: { service: «artifact» }")),
        .init(
            "a chain of services ends", .aliasLoop,
            .init("artifacts: { host: builder-ph01, interface: mgmt,", "«artifacts»: { service: files,")),
        .init(
            "a service that is its own name never ends", .aliasLoop, .init("files: { service: artifacts }", "«files»: { service: files }")),
        .init(
            "an alias that ends in no address is refused", .aliasWithoutAddress,
            .init("ntp: { host: builder-ph01 }", "«ntp»: { host: core-rt01, interface: wan }"),
            .init("files: { service: artifacts }", "files: { service: ntp }")),
        .init(
            "a service ends in an address in both modes", .aliasWithoutAddress, mend: "production side",
            .init("dns: { authority: dns }", "dns: { authority: «tftp» }")),
        .init(
            "a service points at exactly one thing", .serviceShape,
            .init("files: { service: artifacts }", "files: «{ service: artifacts, host: builder-ph01 }»")),
        .init("a service points at something", .serviceShape, .init("files: { service: artifacts }", "files: «{ description: nothing }»")),
        .init(
            "an interface stands beside its host", .serviceShape,
            .init("files: { service: artifacts }", "files: { service: artifacts, interface: «mgmt» }")),
    ]

    static let aliases: [InventoryCase] = [
        .init(
            "two sites that claim one alias are refused", .aliasClaimedTwice, site: nil,
            .init("  files.example.org: {", "  «files.example.org»: {"),
            .init(add: "aliases:\n  files.example.org: { site: away, service: files }\n", to: "sites/away/z.yml")),
        .init(
            "an alias names a site that is there", .unknownSite, site: nil, mend: "did you mean 'lab'?",
            .init("{ site: lab, service: files }", "{ site: «labb», service: files }")),
        .init(
            "an alias names a service that is there", .unknownService, mend: "did you mean 'files'?",
            .init("{ site: lab, service: files }", "{ site: lab, service: «filse» }")),
        .init(
            "an alias of a parked workload's service ends in no address", .aliasWithoutAddress, also: [.workloadParked],
            .init("{ site: lab, service: files }", "{ site: lab, service: «radio» }"), .init("    workloads: [sdr]\n", "")),
        .init(
            "a time server is a service that is there", .unknownService, mend: "did you mean 'ntp'?", .init("ntp: [ntp]", "ntp: [«ntpd»]")),
        .init(
            "network boot chains to a service that is there", .unknownService,
            .init("{ service: artifacts, path", "{ service: «artefacts», path")),
    ]
}
