extension PayloadField {
    private static func file(_ path: String, _ harmless: String, _ form: Form = .same, also: [String] = []) -> PayloadField {
        PayloadField(path: path, harmless: harmless, reach: .file(form), also: also)
    }

    private static func nowhere(_ path: String, _ harmless: String, _ because: String, also: [String] = []) -> PayloadField {
        PayloadField(path: path, harmless: harmless, reach: .nowhere(because: because), also: also)
    }

    /// A word of a closed list, or the name of another entry: what is neither is refused, and which one is chosen isn't this test's matter.
    private static func chosen(_ path: String, _ harmless: String) -> PayloadField { file(path, harmless, .only) }

    static let table: [PayloadField] = organization + hosts("inventory") + hosts("site") + site + segments + waivers + rest

    static let byPath = Dictionary(uniqueKeysWithValues: table.map { ($0.path, $0) })

    private static let people = "it is for people"
    private static let builder = "builder-ph01"

    private static let organization = [
        chosen("inventory/deevnet.schema", "1"),
        nowhere("inventory/organization.name", "qzorg", people),
        nowhere("inventory/organization.root_domain", "example.org", "the site's domain must lie below it and is written itself"),
        file("inventory/organization.management_zone", "qzmgmt.example.org", .name),
        nowhere("inventory/organization.host_names", "free", "it is for a warning"),
        nowhere("inventory/hardware.*", "qzhardware", "it is for installing"),
        nowhere("inventory/hardware.*.display_name", "qz", people),
        nowhere("inventory/hardware.*.arch", "x86_64", "it is for installing"),
        nowhere("inventory/hardware.*.firmware", "uefi", "it is for installing"),
        nowhere("inventory/hardware.*.boot_disk", "/dev/qz", "it is for installing"),
        nowhere("inventory/hardware.*.management_nic", "mgmt", "it is for installing"),
        nowhere("inventory/hardware.*.gpu", "false", "it is for installing"),
        nowhere("inventory/workloads.*", "qzwl№n", "the services are published", also: ["workload of the binding"]),
        file("inventory/workloads.*.services", "qzwlsvc№n", .name),
        nowhere("inventory/workloads.*.description", "qz", people),
        file("inventory/aliases.*", "qzalias№n.example.org", .name),
        chosen("inventory/aliases.*.site", "lab"),
        chosen("inventory/aliases.*.service", "qzfixed"),
    ]

    private static func hosts(_ kind: String) -> [PayloadField] {
        let (host, card) = kind == "site" ? ("qzhost№n", "e0") : ("qzinv№n", "e1")
        let bindings =
            kind == "site"
            ? ["site/bindings.*", "site/bindings.*.interfaces.*"] : ["binding of inventory/hosts.*", "interface of inventory/hosts.*"]
        return [
            file("\(kind)/hosts.*", host, .same, also: [bindings[0]]),
            nowhere("\(kind)/hosts.*.form", "hv", "it is for a warning"),
            nowhere("\(kind)/hosts.*.hardware", "plain", "it is for installing"),
            nowhere("\(kind)/hosts.*.formerly", "qzold№n", "it is for the plan"),
            file("\(kind)/hosts.*.interfaces.*", kind == "site" ? "qzlabel№n" : "qzinvlabel№n", .same, also: [bindings[1]]),
            file("\(kind)/hosts.*.interfaces.*.mac", "02:de:00:\(card):№m"),
            nowhere("\(kind)/hosts.*.interfaces.*.device", "qzdev", "only the server's are listened on"),
        ]
    }

    private static let site: [PayloadField] =
        [
            chosen("site/site.name", "lab"),
            file("site/site.domain", "qzdom.example.org", .name),
            nowhere("site/site.blocks", "10.1.0.0/16", "the segments' prefixes lie in it and are written themselves"),
            chosen("site/site.controller", builder),
            chosen("site/site.management_segment", "mgmtseg"),
            chosen("site/site.authority.mode", "bootstrap"),
            chosen("site/site.authority.bootstrap.host", builder),
            chosen("site/site.authority.bootstrap.segments", "qzseg"),
            nowhere("site/site.authority.bootstrap.uplink", "wan", "no line names it"),
            chosen("site/site.authority.bootstrap.dns", "dnsmasq"),
            chosen("site/site.authority.bootstrap.dhcp", "dnsmasq"),
            chosen("site/site.authority.bootstrap.tftp", "dnsmasq"),
            nowhere("site/site.authority.bootstrap.gateway", "nftables", "dnsmasq is none"),
        ]
        + ["dns": "unbound", "dhcp": "kea", "tftp": "dnsmasq", "gateway": "nftables"].sorted { $0.key < $1.key }.flatMap { role, provider in
            [
                nowhere("site/site.authority.production.\(role).host", builder, "the other side serves"),
                nowhere("site/site.authority.production.\(role).provider", provider, "the other side serves"),
            ]
        } + [
            file("site/site.dns.upstreams", "192.0.2.53", .address),
            file("site/site.dns.ttl", "7m", .seconds),
            file("site/site.dhcp.lease", "11h", .seconds),
            file("site/site.dhcp.ntp", "10.1.0.77", .address),
            file("site/site.dhcp.search", "qzsearch.example.org", .name),
            chosen("site/site.netboot.clients", "reserved"),
            file("site/site.netboot.root", "/srv/qztftp"),
            file("site/site.netboot.files.bios", "qz.kpxe"),
            file("site/site.netboot.files.uefi-x64", "qz-x64.efi"),
            file("site/site.netboot.files.uefi-arm64", "qz-arm64.efi"),
            chosen("site/site.netboot.chain.service", "qzfixed"),
            file("site/site.netboot.chain.path", "/qz.ipxe"),
        ]

    private static let segments: [PayloadField] =
        [
            file("site/segments.*", "qzseg", .same, also: ["site/site.authority.bootstrap.segments", "segment of the server"]),
            nowhere("site/segments.*.vlan", "77", "the host's system tags"),
            file("site/segments.*.prefixes", "10.1.128.0/24", .only),
            file("site/segments.*.gateway", "10.1.128.201", .address),
            file("site/segments.*.external", "false", .only),
            nowhere("site/segments.*.description", "qz", people),
        ]
        + [("dhcp", 129, "qztwo", 3), ("bootstrap.dhcp", 128, "qzseg", 5)].flatMap { key, net, _, hours in
            [
                chosen("site/segments.*.\(key).mode", "pool"),
                file("site/segments.*.\(key).pool", "10.1.\(net).100-10.1.\(net).150", .only),
                file("site/segments.*.\(key).lease", "\(hours)h", .seconds),
                file("site/segments.*.\(key).ntp", "10.1.\(net).78", .address),
                file("site/segments.*.\(key).dns", "10.1.\(net).79", .address),
            ]
        }

    private static let waivers = ["inventory", "site"].flatMap { kind in
        [
            nowhere("\(kind)/ignore.code", "DVN0305", "it is for findings"), nowhere("\(kind)/ignore.reason", "qz", people),
            nowhere("\(kind)/ignore.until", "2999-12-31", "it is for findings"),
        ]
    }

    private static let rest: [PayloadField] = [
        chosen("site/bindings.*", "qzhost№n"),
        chosen("site/bindings.*.lifecycle", "provisioning"),
        chosen("site/bindings.*.workloads", "qzwlb№n"),
        nowhere("site/bindings.*.managed", "true", "it is for who may apply"),
        file("site/bindings.*.interfaces.*", "qzlabel№n", .only),
        chosen("site/bindings.*.interfaces.*.segment", "mgmtseg"),
        file("site/bindings.*.interfaces.*.addresses", "10.1.№16", .address),
        chosen("site/bindings.*.interfaces.*.assign", "reserved"),
        chosen("site/bindings.*.interfaces.*.primary", "true"),
        nowhere("site/bindings.*.interfaces.*.wol", "true", "it is for waking"),
        chosen("site/bindings.*.interfaces.*.trunk", "true"),
        chosen("site/bindings.*.interfaces.*.segments.*", "qzthree"),
        file("site/bindings.*.interfaces.*.segments.*.addresses", "10.1.130.209", .address),
        chosen("site/bindings.*.interfaces.*.segments.*.assign", "static"),
        file("site/services.*", "qzsvc№n"),
        chosen("site/services.*.host", builder),
        chosen("site/services.*.interface", "mgmt"),
        chosen("site/services.*.service", "qzfixed"),
        chosen("site/services.*.authority", "dns"),
        nowhere("site/services.*.description", "qz", people),
        file("site/records.*", "qzrec№n", .name),
        file("site/records.*.addresses", "10.1.№48", .address),
        file("site/records.*.mx.preference", "2№n"),
        file("site/records.*.mx.host", "qzmx№n.example.net.", .target),
        file("site/records.*.txt", "qz text №n", .quoted),
        file("site/records.*.srv.priority", "3№n"),
        file("site/records.*.srv.weight", "4№n"),
        file("site/records.*.srv.port", "5№n"),
        file("site/records.*.srv.host", "qzsrv№n.example.net.", .target),
        file("site/records.*.ns", "qzns№n.example.net.", .target),
        nowhere("site/firewall.default", "drop", "dnsmasq is no gateway"),
        nowhere("site/firewall.internet", "mgmtseg", "dnsmasq is no gateway"),
        nowhere("site/firewall.policies.from", "mgmtseg", "dnsmasq is no gateway"),
        nowhere("site/firewall.policies.to", "qzthree", "dnsmasq is no gateway"),
        nowhere("site/firewall.policies.action", "accept", "dnsmasq is no gateway"),
        nowhere("site/firewall.policies.ports", "tcp/1883", "dnsmasq is no gateway"),
        nowhere("site/firewall.policies.description", "qz", people),
        nowhere("site/ignore_drift.address", "lab/builder-ph01/dnsmasq/reservation/qz.mgmt", "it is for the plan"),
        nowhere("site/ignore_drift.reason", "qz", people),
        file("site/aliases.*", "qzown№n.example.org", .name),
        chosen("site/aliases.*.site", "lab"),
        chosen("site/aliases.*.service", "qzfixed"),
        // What isn't a field but says one of them once more.
        file("device of the server", "qzdev0"),
        chosen("binding of inventory/hosts.*", "qzinv№n"),
        chosen("segment of the server", "qzseg"),
        chosen("interface of inventory/hosts.*", "qzinvlabel№n"),
        chosen("workload of the binding", "qzwl№n"),
    ]
}
