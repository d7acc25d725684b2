import Addressing
import Diagnostics
import YAMLSyntax

extension Shape {
    static let deevnet = Shape(
        "deevnet",
        [Key("schema", .integer(1...Inventory.schemaVersion), required: true, "the version of the inventory's schema", example: "1")])

    static let organization = Shape(
        "organization",
        [
            Key("name", .name, required: true, "the organisation's name", example: "deevnet"),
            Key("root_domain", .domainName, required: true, "the domain below which the sites' domains lie", example: "deevnet.net"),
            Key("management_zone", .domainName, "the zone in which each site has a zone of management names", example: "mgmt.deevnet.net"),
            Key(
                "host_names", .choice(of: Organization.HostNames.self), "the style of host names that is looked for",
                example: "role-form-number"),
        ])

    static let hardware = Shape(
        "hardware",
        [
            Key("display_name", .text, "the name people know it by", example: "\"Dell OptiPlex 7050\""),
            Key("arch", .choice(of: Hardware.Architecture.self), "the processor architecture", example: "x86_64"),
            Key("firmware", .choice(of: Hardware.Firmware.self), "what it starts with", example: "uefi"),
            Key("boot_disk", .path(absolute: true), "the disk that an installer may write", example: "/dev/nvme0n1"),
            Key("management_nic", .name, "the label of the interface that is for management", example: "mgmt"),
            Key("gpu", .boolean, "whether it has a graphics processor", example: "false"),
        ])

    static let workload = Shape(
        "workload",
        [
            Key("services", .list(.name), "services published where the workload is assigned", example: "[sdr]"),
            Key("description", .text, "what it is", example: "\"Software defined radio\""),
        ])

    static let alias = Shape(
        "alias",
        [
            Key("site", .reference(.site), required: true, "the site that has the service", example: "dvntm"),
            Key("service", .reference(.serviceElsewhere), required: true, "the service it points at", example: "artifacts"),
        ])
}

extension FileDecoder {
    mutating func schemaVersion(_ node: NodeID) {
        guard expectMapping(node, "'deevnet'") else { return }
        for (key, value) in tree.pairs(of: node) where tree.text(key) == "schema" {
            if let version = integer(value, "the schema's version", in: 1...9999), version > Inventory.schemaVersion {
                report(
                    .schemaVersion, "the inventory has schema \(version), and this program reads up to \(Inventory.schemaVersion)",
                    at: value,
                    mend: "install a newer deevnet")
                return
            }
        }
        _ = fields(node, .deevnet)
    }

    mutating func organization(_ node: NodeID) -> Organization? {
        guard let fields = fields(node, .organization) else { return nil }
        let name = label(fields["name"], "the organisation's name")
        let root = domainName(fields["root_domain"], "the root domain")
        let zone = domainName(fields["management_zone"], "the management zone")
        let style: Organization.HostNames? = choice(fields["host_names"], "the style of host names")
        guard let name, let root else { return nil }
        return Organization(name: name, rootDomain: root, managementZone: zone, hostNames: style ?? .roleFormNumber)
    }

    mutating func hardware(_ name: Located<String>, _ node: NodeID) -> Hardware? {
        guard let fields = fields(node, .hardware) else { return nil }
        return Hardware(
            name: name,
            displayName: text(fields["display_name"], "the display name")?.value ?? name.value,
            architecture: choice(fields["arch"], "the architecture"),
            firmware: choice(fields["firmware"], "the firmware"),
            bootDisk: path("boot_disk", of: fields, "the boot disk")?.value,
            managementNIC: label(fields["management_nic"], "the management interface"),
            hasGPU: boolean(fields["gpu"], "'gpu'", default: false))
    }

    mutating func workload(_ name: Located<String>, _ node: NodeID) -> Workload? {
        guard let fields = fields(node, .workload) else { return nil }
        return Workload(
            name: name,
            services: labels(fields["services"], "a workload's services"),
            description: text(fields["description"], "the description")?.value)
    }

    mutating func alias(_ key: NodeID, _ node: NodeID) -> GlobalAlias? {
        let name = domainName(key, "the name of an alias")
        guard let fields = fields(node, .alias) else { return nil }
        let site = label(fields["site"], "the alias's site")
        let service = label(fields["service"], "the alias's service")
        guard let name, let site, let service else { return nil }
        return GlobalAlias(name: name, site: site, service: service)
    }

    mutating func labels(_ node: NodeID?, _ what: @autoclosure () -> String) -> [Located<String>] {
        items(node, what()).compactMap { label($0, "an entry of \(what())") }
    }

    mutating func identifiers(_ node: NodeID?, _ what: @autoclosure () -> String, orOne: Bool = false) -> [Located<String>] {
        items(node, what(), orOne: orOne).compactMap { identifier($0, "an entry of \(what())") }
    }
}
