import Diagnostics
import GitRevisions
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
    /// In the order in which their first entries were read.
    private(set) var sites: [SiteParts] = []
    private var numbersOfSites: [String: Int] = [:]
    /// The site of the entry before, which mostly is that of the next one too.
    private var lastSite = 0
    var diagnostics = DiagnosticList()
    /// Why nothing is read; nil: it is.
    var refusal: Diagnostic?
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
        for parts in other.sites {
            guard let number = numbersOfSites[parts.site.name] else {
                add(parts)
                continue
            }
            sites[number].settings += parts.settings
            sites[number].firewalls += parts.firewalls
            sites[number].site.segments += parts.site.segments
            sites[number].site.hosts += parts.site.hosts
            sites[number].site.bindings += parts.site.bindings
            sites[number].site.services += parts.site.services
            sites[number].site.records += parts.site.records
            sites[number].site.waivers += parts.site.waivers
            sites[number].site.ignoredDrift += parts.site.ignoredDrift
        }
    }

    /// The place of a site among ``sites``, at the end if nothing of it was read yet.
    private mutating func number(ofSite name: String) -> Int {
        if lastSite < sites.count, sites[lastSite].site.name == name { return lastSite }
        if let known = numbersOfSites[name] {
            lastSite = known
        } else {
            add(SiteParts(site: Site(name: name)))
        }
        return lastSite
    }

    private mutating func add(_ parts: SiteParts) {
        lastSite = sites.count
        numbersOfSites[parts.site.name] = lastSite
        sites.append(parts)
    }
}

/// The keys that a file may have at its top.
enum TopLevelKey: String, CaseIterable {
    case deevnet, organization, hardware, workloads
    case hosts, aliases, ignore
    case ignoreDrift = "ignore_drift"
    case site, segments, bindings, services, records, firewall

    private static let all = allCases.map { (key: $0, name: $0.rawValue) }

    /// The key of a name. Each file has a few: most are told apart by their lengths.
    init?(named name: String) {
        let length = name.utf8.count
        guard let known = Self.all.first(where: { $0.name.utf8.count == length && $0.name == name }) else { return nil }
        self = known.key
    }

    /// Whether the key may stand in such a file.
    func isFor(_ kind: DocumentKind) -> Bool { kind.shape.names.contains(rawValue) }
}

extension InventoryParts {
    /// Parses a file and adds its entries. `path` is relative to the inventory's root.
    mutating func read(_ bytes: [UInt8], _ file: FileID, path: String, _ parser: inout YAMLParser) {
        var found = DiagnosticList()
        let tree = parser.parse(bytes, file: file, into: &found)
        if !found.all.isEmpty { refuse(found.all, path: path) }
        if let tree { decode(tree, path: path) }
    }

    /// Adds findings about a file itself. One of a site's files stops that site alone.
    mutating func refuse(_ findings: [Diagnostic], path: String) {
        for finding in findings { diagnostics.add(refused(finding, path: path)) }
    }

    /// A finding about a file itself, as it is told.
    mutating func refused(_ finding: Diagnostic, path: String) -> Diagnostic {
        let site = siteName(ofPath: path)
        if finding.severity == .error { unreadable.insert(site ?? "") }
        var finding = finding
        finding.site = finding.site ?? site
        return finding
    }

    /// Adds a parsed file's entries.
    mutating func decode(_ tree: YAMLTree, path: String) {
        guard let root = tree.root else { return }
        let site = siteName(ofPath: path)
        var decoder = FileDecoder(tree: tree, site: site)
        if site == nil, path.utf8.starts(with: "sites/".utf8) {
            decoder.report(
                .wrongPlace, "the file lies directly in sites/", at: root, mend: "move it into the folder of its site, sites/NAME/")
        } else if decoder.expectMapping(root, "an inventory file") {
            for (key, value) in tree.pairs(of: root) { entry(key, value, site: site, &decoder) }
        }
        diagnostics.add(contentsOf: decoder.findings)
    }

    private mutating func entry(_ key: NodeID, _ value: NodeID, site: String?, _ decoder: inout FileDecoder) {
        let name = decoder.tree.text(key)
        let kind: DocumentKind = site == nil ? .inventory : .site
        guard let known = TopLevelKey(named: name) else {
            if DocumentKind.reserved.contains(where: { $0.name == name }) {
                decoder.report(
                    .reservedKey, "the key '\(name)' is known and not yet supported", at: key,
                    mend: "remove it until a version that reads it")
            } else {
                if decoder.isFull { return decoder.report(.unknownKey, "", at: key) }
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
            decoder.eachEntry(of: value, "workloads") { decoder, name, value in
                if let entry = decoder.workload(name, value) { workloads.append(entry) }
            }
        case .hosts:
            decoder.eachEntry(of: value, "hosts") { decoder, name, value in
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
        let number = number(ofSite: name)
        switch known {
        case .site: sites[number].settings.append((decoder.tree.span(key), decoder.site(key, value)))
        case .firewall: sites[number].firewalls.append((decoder.tree.span(key), decoder.firewall(key, value)))
        case .segments:
            guard !decoder.tree.isNull(value), decoder.expectMapping(value, "'segments'") else { return }
            for (key, value) in decoder.tree.pairs(of: value) {
                if let name = decoder.identifier(key, "the name of a segment"), let entry = decoder.segment(name, value) {
                    sites[number].site.segments.append(entry)
                }
            }
        case .hosts:
            decoder.eachEntry(of: value, "hosts") { decoder, name, value in
                if let entry = decoder.host(name, value) { sites[number].site.hosts.append(entry) }
            }
        case .bindings:
            decoder.eachEntry(of: value, "bindings") { decoder, name, value in
                if let entry = decoder.binding(name, value) { sites[number].site.bindings.append(entry) }
            }
        case .services:
            decoder.eachEntry(of: value, "services") { decoder, name, value in
                if let entry = decoder.service(name, value) { sites[number].site.services.append(entry) }
            }
        case .records:
            guard !decoder.tree.isNull(value), decoder.expectMapping(value, "'records'") else { return }
            for (key, value) in decoder.tree.pairs(of: value) {
                if let entry = decoder.ownerRecords(key, value) { sites[number].site.records.append(entry) }
            }
        case .ignoreDrift:
            sites[number].site.ignoredDrift += decoder.items(value, "'ignore_drift'").compactMap { decoder.ignoredDrift($0) }
        case .ignore: sites[number].site.waivers += decoder.items(value, "'ignore'").compactMap { decoder.waiver($0) }
        case .deevnet, .organization, .hardware, .workloads, .aliases: preconditionFailure("\(known) is not for a site")
        }
    }
}
