import Diagnostics
import YAMLSyntax

/// Entries gathered from any number of files, in the order read; merging sorts them and finds what stands twice.
struct InventoryParts {
    var organizations: [(key: SourceSpan, value: Organization?)] = []
    var schemas: [SourceSpan] = []
    var hardware: [Hardware] = []
    var hosts: [HostIdentity] = []
    var workloads: [Workload] = []
    var aliases: [GlobalAlias] = []
    var waivers: [Waiver] = []
    var sites: [String: SiteParts] = [:]
    var diagnostics = DiagnosticList()
    /// Sites with a file that couldn't be read (empty: the inventory's own): what is missing there may stand in that file.
    var unreadable: Set<String> = []

    struct SiteParts {
        var site: Site
        var settings: [(key: SourceSpan, value: SiteSettings?)] = []
        var firewalls: [(key: SourceSpan, value: Firewall?)] = []
    }

    mutating func append(_ other: InventoryParts) {
        organizations += other.organizations
        schemas += other.schemas
        hardware += other.hardware
        hosts += other.hosts
        workloads += other.workloads
        aliases += other.aliases
        waivers += other.waivers
        unreadable.formUnion(other.unreadable)
        diagnostics.add(contentsOf: other.diagnostics.all)
        for (name, parts) in other.sites {
            guard var mine = sites.removeValue(forKey: name) else {
                sites[name] = parts
                continue
            }
            mine.settings += parts.settings
            mine.firewalls += parts.firewalls
            mine.site.segments += parts.site.segments
            mine.site.hosts += parts.site.hosts
            mine.site.bindings += parts.site.bindings
            mine.site.services += parts.site.services
            mine.site.records += parts.site.records
            mine.site.waivers += parts.site.waivers
            mine.site.ignoredDrift += parts.site.ignoredDrift
            sites[name] = mine
        }
    }
}

/// The keys that a file may have at its top.
enum TopLevelKey: String, CaseIterable {
    case deevnet, organization, hardware, workloads
    case hosts, aliases, ignore
    case ignoreDrift = "ignore_drift"
    case site, segments, bindings, services, records, firewall

    /// Whether the key may stand in such a file.
    func isFor(_ kind: DocumentKind) -> Bool { kind.shape.names.contains(rawValue) }
}

extension InventoryParts {
    /// The site whose folder a file lies in; nil below `inventory/`.
    private static func site(of path: String) -> String? {
        let folders = path.split(separator: "/")
        return folders.count > 2 && folders[0] == "sites" ? String(folders[1]) : nil
    }

    /// Parses a file and adds its entries. `path` is relative to the inventory's root.
    mutating func read(_ bytes: [UInt8], _ file: FileID, path: String, _ parser: inout YAMLParser) {
        var found = DiagnosticList()
        let tree = parser.parse(bytes, file: file, into: &found)
        if !found.all.isEmpty { refuse(found.all, path: path) }
        if let tree { decode(tree, path: path) }
    }

    /// Adds findings about a file itself. One of a site's files stops that site alone.
    mutating func refuse(_ findings: [Diagnostic], path: String) {
        let site = Self.site(of: path)
        for var finding in findings {
            finding.site = finding.site ?? site
            diagnostics.add(finding)
            if finding.severity == .error { unreadable.insert(site ?? "") }
        }
    }

    /// Adds a parsed file's entries.
    mutating func decode(_ tree: YAMLTree, path: String) {
        guard let root = tree.root else { return }
        let folders = path.split(separator: "/")
        let site = Self.site(of: path)
        var decoder = FileDecoder(tree: tree, site: site)
        if folders.first == "sites", site == nil {
            decoder.report(
                .wrongPlace, "the file lies directly in sites/", at: root, mend: "move it into the folder of its site, sites/NAME/")
        } else if decoder.expectMapping(root, "an inventory file") {
            for (key, value) in tree.pairs(of: root) { entry(key, value, site: site, &decoder) }
        }
        diagnostics.add(contentsOf: decoder.diagnostics.all)
    }

    private mutating func entry(_ key: NodeID, _ value: NodeID, site: String?, _ decoder: inout FileDecoder) {
        let name = decoder.tree.text(key)
        let kind: DocumentKind = site == nil ? .inventory : .site
        guard let known = TopLevelKey(rawValue: name) else {
            if DocumentKind.reserved.contains(where: { $0.name == name }) {
                decoder.report(
                    .reservedKey, "the key '\(name)' is known and not yet supported", at: key,
                    mend: "remove it until a version that reads it")
            } else {
                let nearest = nearestName(to: name, among: TopLevelKey.allCases.map(\.rawValue))
                let here = kind.shape.names
                decoder.report(
                    .unknownKey, "an inventory file has no key \(decoder.quoted(name))", at: key,
                    mend: nearest.map { "did you mean '\($0)'?" } ?? "use one of: \(here.joined(separator: ", "))")
            }
            return
        }
        guard known.isFor(kind) else {
            decoder.report(
                .wrongPlace, "the key '\(name)' stands in \(site.map { "sites/\($0)/" } ?? "inventory/")", at: key,
                mend: "move it to a file below \(site == nil ? "sites/NAME/" : "inventory/")")
            return
        }
        if let site { decodeSite(known, key, value, site, &decoder) } else { decodeInventory(known, key, value, &decoder) }
    }

    private mutating func decodeInventory(_ known: TopLevelKey, _ key: NodeID, _ value: NodeID, _ decoder: inout FileDecoder) {
        switch known {
        case .deevnet:
            schemas.append(decoder.tree.span(key))
            decoder.schemaVersion(value)
        case .organization: organizations.append((decoder.tree.span(key), decoder.organization(value)))
        case .hardware:
            guard !decoder.tree.isNull(value), decoder.expectMapping(value, "'hardware'") else { return }
            for (key, value) in decoder.tree.pairs(of: value) {
                if let name = decoder.identifier(key, "the name of a hardware type"), let entry = decoder.hardware(name, value) {
                    hardware.append(entry)
                }
            }
        case .workloads:
            for (name, value) in decoder.entries(value, "workloads") {
                if let entry = decoder.workload(name, value) { workloads.append(entry) }
            }
        case .hosts:
            for (name, value) in decoder.entries(value, "hosts") {
                if let entry = decoder.host(name, value) { hosts.append(entry) }
            }
        case .aliases: decodeAliases(value, &decoder)
        case .ignore: waivers += decoder.items(value, "'ignore'").compactMap { decoder.waiver($0) }
        case .site, .segments, .bindings, .services, .records, .firewall, .ignoreDrift:
            preconditionFailure("\(known) is not for inventory/")
        }
    }

    private mutating func decodeAliases(_ value: NodeID, _ decoder: inout FileDecoder) {
        guard !decoder.tree.isNull(value), decoder.expectMapping(value, "'aliases'") else { return }
        for (key, value) in decoder.tree.pairs(of: value) {
            if let entry = decoder.alias(key, value) { aliases.append(entry) }
        }
    }

    private mutating func decodeSite(_ known: TopLevelKey, _ key: NodeID, _ value: NodeID, _ name: String, _ decoder: inout FileDecoder) {
        if known == .aliases { return decodeAliases(value, &decoder) }
        var parts = sites.removeValue(forKey: name) ?? SiteParts(site: Site(name: name))
        defer { sites[name] = parts }
        switch known {
        case .site: parts.settings.append((decoder.tree.span(key), decoder.site(key, value)))
        case .firewall: parts.firewalls.append((decoder.tree.span(key), decoder.firewall(key, value)))
        case .segments:
            guard !decoder.tree.isNull(value), decoder.expectMapping(value, "'segments'") else { return }
            for (key, value) in decoder.tree.pairs(of: value) {
                if let name = decoder.identifier(key, "the name of a segment"), let entry = decoder.segment(name, value) {
                    parts.site.segments.append(entry)
                }
            }
        case .hosts:
            for (name, value) in decoder.entries(value, "hosts") {
                if let entry = decoder.host(name, value) { parts.site.hosts.append(entry) }
            }
        case .bindings:
            for (name, value) in decoder.entries(value, "bindings") {
                if let entry = decoder.binding(name, value) { parts.site.bindings.append(entry) }
            }
        case .services:
            for (name, value) in decoder.entries(value, "services") {
                if let entry = decoder.service(name, value) { parts.site.services.append(entry) }
            }
        case .records:
            guard !decoder.tree.isNull(value), decoder.expectMapping(value, "'records'") else { return }
            for (key, value) in decoder.tree.pairs(of: value) {
                if let entry = decoder.ownerRecords(key, value) { parts.site.records.append(entry) }
            }
        case .ignoreDrift:
            parts.site.ignoredDrift += decoder.items(value, "'ignore_drift'").compactMap { decoder.ignoredDrift($0) }
        case .ignore: parts.site.waivers += decoder.items(value, "'ignore'").compactMap { decoder.waiver($0) }
        case .deevnet, .organization, .hardware, .workloads, .aliases: preconditionFailure("\(known) is not for a site")
        }
    }
}
