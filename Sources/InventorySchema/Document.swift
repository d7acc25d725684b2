/// What kinds of YAML files an inventory is made of.
public enum DocumentKind: String, Sendable, CaseIterable {
    /// A file below `inventory/`.
    case inventory
    /// A file below `sites/NAME/`.
    case site

    /// The keys that may stand at the top of such a file.
    public var shape: Shape { self == .inventory ? Self.inventoryShape : Self.siteShape }

    /// Keys that later versions will read: known, and not yet supported.
    public static let reserved: [(name: String, about: String)] = [
        ("uplinks", "ways to the internet, and routes"), ("switch_profiles", "what the ports of a kind of switch carry"),
        ("ports", "switch ports"), ("links", "cabling"), ("wireless", "wireless networks"), ("virtual_machines", "virtual machines"),
        ("tenants", "tenants of a site"), ("install_profiles", "how a host is installed"), ("artifacts", "files to be served"),
        ("images", "images to be built"),
    ]

    private static let inventoryShape = Shape(
        "inventory file",
        [
            Key("deevnet", .shape(.deevnet), "the inventory's schema; stands once", example: "{ schema: 1 }"),
            Key(
                "organization", .shape(.organization), "who the inventory belongs to; stands once",
                example: "{ name: deevnet, root_domain: deevnet.net }"),
            Key(
                "hardware", .map(.identifier, .shape(.hardware)), "hardware types, by name",
                example: "{ optiplex-7050-mff: { arch: x86_64 } }"),
            Key("workloads", .map(.name, .shape(.workload)), "what should run, by name", example: "{ sdr: { services: [sdr] } }"),
            hosts("machines that may stand at any site, by name"), aliases, ignore("findings that are known and accepted"),
        ])

    private static let siteShape = Shape(
        "site file",
        [
            Key("site", .shape(.site), "the site itself; stands once", example: exampleSite),
            Key(
                "segments", .map(.identifier, .shape(.segment)), "broadcast domains, by name",
                example: "{ management: { vlan: 99, prefixes: [10.20.99.0/24] } }"),
            hosts("machines that only this site has, by name"),
            Key(
                "bindings", .map(.reference(.host), .shape(.binding)), "where hosts stand, by host",
                example: "{ hv01: { interfaces: { mgmt: { segment: management, addresses: [10.20.99.21] } } } }"),
            Key("services", .map(.name, .shape(.service)), "stable names, by name", example: "{ artifacts: { host: provisioner-ph01 } }"),
            Key(
                "records", .map(.recordOwner, .shape(.ownerRecords)), "records that are neither host nor service, by owner",
                example: "{ \"@\": { txt: \"v=spf1 -all\" } }"),
            aliases,
            Key("firewall", .shape(.firewall), "who may talk to whom; stands once", example: "{ default: drop }"),
            ignore("findings of the site that are known and accepted"),
            Key(
                "ignore_drift", .list(.shape(.ignoredDrift)),
                "resources that stay as somebody changed them on the target, until the inventory wants something else of them",
                example: "[{ address: dvntm/provisioner-ph01/dnsmasq/reservation/hv01.mgmt, reason: \"A replacement card on trial\" }]"),
        ])

    private static func hosts(_ about: String) -> Key {
        Key("hosts", .map(.name, .shape(.host)), about, example: "{ hv01: { form: hv } }")
    }

    private static func ignore(_ about: String) -> Key {
        Key(
            "ignore", .list(.shape(.waiver)), about,
            example: "[{ code: DVN0305, reason: \"The card is ordered\", until: 2027-03-31 }]")
    }

    private static let aliases = Key(
        "aliases", .map(.domainName, .shape(.alias)), "global names of services, by name",
        example: "{ artifacts.deevnet.net: { site: dvntm, service: artifacts } }")

    private static let exampleSite = "{ name: dvntm, domain: dvntm.deevnet.net, blocks: [10.20.0.0/16], authority: { mode: bootstrap } }"
}
