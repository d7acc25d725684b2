import Addressing
import Diagnostics
import YAMLSyntax

extension Shape {
    static let site = Shape(
        "site",
        [
            Key("name", .name, required: true, "the site's name: its folder under sites/", example: "dvntm"),
            Key("domain", .domainName, required: true, "the site's zone", example: "dvntm.deevnet.net"),
            Key("blocks", .list(.prefix), required: true, "the prefixes that the site may use", example: "[10.20.0.0/16]"),
            Key(
                "controller", .reference(.host), "the host that applies at this site; else the bootstrap host",
                example: "provisioner-ph01"),
            Key("management_segment", .reference(.segment), "the segment published in the management zone", example: "management"),
            Key("authority", .shape(.authority), required: true, "who serves the site, in each mode", example: "{ mode: bootstrap }"),
            Key("dns", .shape(.dns), "what the site's resolver does beside its own zones", example: "{ upstreams: [9.9.9.9] }"),
            Key("dhcp", .shape(.siteDHCP), "what DHCP clients are told unless their segment says otherwise", example: "{ lease: 12h }"),
            Key("netboot", .shape(.netboot), "network boot", example: "{ clients: provisioning }"),
        ])

    static let dns = Shape(
        "dns",
        [
            Key("upstreams", .list(.address), "where questions about other zones go", example: "[9.9.9.9]"),
            Key("ttl", .duration(allowsInfinite: false), "how long answers may be kept", example: "5m"),
        ])

    static let siteDHCP = Shape(
        "dhcp",
        [
            Key("lease", .duration(allowsInfinite: true), "the lease time", example: "12h"),
            Key("ntp", .oneOrMore(.either([.address, .reference(.service)])), "time servers", example: "[ntp]"),
            Key("search", .list(.domainName), "search domains beside the site's own", example: "[mgmt.deevnet.net]"),
        ])

    static let netboot = Shape(
        "netboot",
        [
            Key("clients", .choice(of: Netboot.Clients.self), "who is given a boot file", example: "provisioning"),
            Key("root", .path(absolute: true), "the directory that TFTP serves", example: "/srv/tftp"),
            Key("files", .shape(.bootFiles), "boot files by client architecture", example: "{ bios: undionly.kpxe }"),
            Key("chain", .shape(.chain), "what iPXE loads next", example: "{ service: artifacts, path: /boot.ipxe }"),
        ])

    static let bootFiles = Shape(
        "files",
        BootArchitecture.allCases.map {
            Key($0.rawValue, .path(absolute: false), "the boot file for this architecture", example: "snponly.efi")
        })

    static let chain = Shape(
        "chain",
        [
            Key("service", .reference(.service), required: true, "the service that has the script", example: "artifacts"),
            Key("path", .path(absolute: true), required: true, "the script's path on that service", example: "/boot.ipxe"),
        ])

    static let segment = Shape(
        "segment",
        [
            Key("vlan", .vlan, "the 802.1Q tag that carries it", example: "99"),
            Key("prefixes", .list(.prefix), "its prefixes, one of each family at most", example: "[10.20.99.0/24]"),
            Key("gateway", .oneOrMore(.address), "the gateway's address, one of each family at most", example: "10.20.99.1"),
            Key("dhcp", .shape(.segmentDHCP), "DHCP in production", example: "{ mode: reservations }"),
            Key(
                "bootstrap", .shape(.segmentBootstrap), "what is different while the bootstrap side serves",
                example: "{ dhcp: { mode: none } }"),
            Key("external", .boolean, "not ours: outside the site's blocks, never served by us", example: "true"),
            Key("description", .text, "what it is for", example: "\"Cameras\""),
        ])

    static let segmentDHCP = Shape(
        "dhcp",
        [
            Key(
                "mode", .choice(of: SegmentDHCP.Mode.self), required: true, "who is given an address",
                example: "reservations"),
            Key("pool", .range, "the range to lease from", example: "10.20.10.100-10.20.10.200"),
            Key("lease", .duration(allowsInfinite: true), "the lease time", example: "12h"),
            Key("ntp", .oneOrMore(.either([.address, .reference(.service)])), "time servers", example: "[ntp]"),
            Key("dns", .oneOrMore(.either([.address, .reference(.service)])), "resolvers", example: "[dns]"),
        ])

    static let segmentBootstrap = Shape(
        "bootstrap", [Key("dhcp", .shape(.segmentDHCP), "DHCP while the bootstrap side serves", example: "{ mode: none }")])
}

extension FileDecoder {
    mutating func site(_ key: NodeID, _ node: NodeID) -> SiteSettings? {
        guard let fields = fields(node, .site) else { return nil }
        let name = label(fields["name"], "the site's name")
        let domain = domainName(fields["domain"], "the site's domain")
        let blocks = items(fields["blocks"], "the site's blocks").compactMap { prefix($0, "a block of the site") }
        let authority = fields["authority"].flatMap { self.authority($0) }
        let settings = (
            controller: label(fields["controller"], "the controller"),
            management: identifier(fields["management_segment"], "the management segment"),
            dns: dnsSettings(fields["dns"]), dhcp: dhcpSettings(fields["dhcp"]), netboot: netboot(fields["netboot"])
        )
        guard let name, let domain, let authority else { return nil }
        return SiteSettings(
            span: tree.span(key), name: name, domain: domain, blocks: blocks, controller: settings.controller,
            managementSegment: settings.management, authority: authority, dns: settings.dns, dhcp: settings.dhcp, netboot: settings.netboot)
    }

    private mutating func dnsSettings(_ node: NodeID?) -> DNSSettings {
        var settings = DNSSettings()
        guard let node, let fields = fields(node, .dns) else { return settings }
        settings.upstreams = items(fields["upstreams"], "the upstreams").compactMap { address($0, "an upstream") }
        settings.ttlSeconds = duration("ttl", of: fields, "the TTL") ?? settings.ttlSeconds
        return settings
    }

    private mutating func dhcpSettings(_ node: NodeID?) -> DHCPSettings {
        var settings = DHCPSettings()
        guard let node, let fields = fields(node, .siteDHCP) else { return settings }
        settings.leaseSeconds = duration("lease", of: fields, "the lease time") ?? settings.leaseSeconds
        settings.ntp = servers(fields["ntp"], "the time servers")
        settings.search = items(fields["search"], "the search domains").compactMap { domainName($0, "a search domain") }
        return settings
    }

    private mutating func servers(_ node: NodeID?, _ what: @autoclosure () -> String) -> [Located<ServerReference>] {
        items(node, what(), orOne: true).compactMap { item in
            if tree.kind(item) == .scalar, let address = try? IPAddress(tree.text(item)) { return located(.address(address), item) }
            return label(item, "an entry of \(what())").map { Located(.service($0.value), at: $0.span) }
        }
    }

    private mutating func netboot(_ node: NodeID?) -> Netboot? {
        guard let node, let fields = fields(node, .netboot) else { return nil }
        let clients: Netboot.Clients? = choice(fields["clients"], "the clients of network boot")
        var files: [BootArchitecture: Located<String>] = [:]
        if let map = fields["files"], let names = self.fields(map, .bootFiles) {
            for architecture in BootArchitecture.allCases {
                files[architecture] = path(architecture.rawValue, of: names, "the boot file for \(architecture.rawValue)")
            }
        }
        var chain: Netboot.Chain?
        if let map = fields["chain"], let parts = self.fields(map, .chain) {
            let service = label(parts["service"], "the chain's service")
            let path = path("path", of: parts, "the chain's path")
            if let service, let path { chain = Netboot.Chain(service: service, path: path) }
        }
        return Netboot(
            span: tree.span(node), clients: clients ?? .provisioning,
            root: path("root", of: fields, "the TFTP root")?.value ?? "/srv/tftp", files: files, chain: chain)
    }

    mutating func segment(_ name: Located<String>, _ node: NodeID) -> Segment? {
        guard let fields = fields(node, .segment) else { return nil }
        let what = { "segment '\(name.value)'" }
        let bootstrap = fields["bootstrap"].flatMap { self.fields($0, .segmentBootstrap) }
        return Segment(
            name: name,
            vlan: vlan(fields["vlan"], "the VLAN of \(what())"),
            prefixes: items(fields["prefixes"], "the prefixes of \(what())").compactMap { prefix($0, "a prefix of \(what())") },
            gateways: items(fields["gateway"], "the gateway of \(what())", orOne: true).compactMap {
                address($0, "the gateway of \(what())")
            },
            dhcp: segmentDHCP(fields["dhcp"], what()),
            bootstrapDHCP: segmentDHCP(bootstrap?["dhcp"], what()),
            isExternal: boolean(fields["external"], "'external' of \(what())", default: false),
            description: text(fields["description"], "the description of \(what())")?.value)
    }

    private mutating func segmentDHCP(_ node: NodeID?, _ what: @autoclosure () -> String) -> SegmentDHCP? {
        guard let node, let fields = fields(node, .segmentDHCP) else { return nil }
        let mode: SegmentDHCP.Mode? = choice(fields["mode"], "the DHCP mode of \(what())")
        let pool = range(fields["pool"], "the pool of \(what())")
        let lease = duration("lease", of: fields, "the lease time of \(what())")
        let ntp = fields["ntp"].map { servers($0, "the time servers of \(what())") }
        let dns = fields["dns"].map { servers($0, "the resolvers of \(what())") }
        guard let mode, let modeNode = fields["mode"] else { return nil }
        return SegmentDHCP(span: tree.span(node), mode: located(mode, modeNode), pool: pool, leaseSeconds: lease, ntp: ntp, dns: dns)
    }
}
