import Diagnostics

extension InventoryParts {
    /// The inventory: every entry once, sorted by name. What stands twice is reported at the later place, with the first one beside it.
    consuming func merged() -> (inventory: Inventory, diagnostics: DiagnosticList) {
        var findings = diagnostics
        var inventory = Inventory()
        once(schemas.map { ($0, true) }, "the key 'deevnet'", nil, &findings)
        if schemas.isEmpty, !unreadable.contains("") {
            findings.add(
                Diagnostic(
                    .missingKey, "the inventory does not say its schema",
                    mend: "add `deevnet: { schema: \(Inventory.schemaVersion) }` to inventory/deevnet.yml"))
        }
        inventory.organization = once(organizations.map { ($0.key, $0.value) }, "the key 'organization'", nil, &findings) ?? nil
        if organizations.isEmpty, !unreadable.contains("") {
            findings.add(
                Diagnostic(
                    .missingKey, "the inventory does not say whose it is",
                    mend: "add `organization: { name: NAME, root_domain: DOMAIN }` to inventory/deevnet.yml"))
        }
        inventory.hardware = unique(hardware, "hardware type", nil, { $0.name }, &findings)
        inventory.hosts = unique(hosts, "host", nil, { $0.name }, &findings)
        inventory.workloads = unique(workloads, "workload", nil, { $0.name }, &findings)
        inventory.aliases = uniqueAliases(&findings)
        inventory.waivers = unique(waivers, "waiver", nil, { $0.name }, &findings)
        for parts in sites.sorted(by: { $0.site.name < $1.site.name }) {
            inventory.sites.append(merged(parts.site.name, parts, &findings))
        }
        return (inventory, findings)
    }

    private func merged(_ name: String, _ parts: SiteParts, _ findings: inout DiagnosticList) -> Site {
        var site = parts.site
        site.settings = once(parts.settings.map { ($0.key, $0.value) }, "the key 'site'", name, &findings) ?? nil
        site.firewall = once(parts.firewalls.map { ($0.key, $0.value) }, "the key 'firewall'", name, &findings) ?? nil
        if parts.settings.isEmpty, !unreadable.contains(name) {
            findings.add(
                Diagnostic(
                    .missingKey, "the folder sites/\(name) has no key 'site'",
                    mend: "add `site: { name: \(name), … }` to sites/\(name)/site.yml",
                    site: name))
        }
        if let settings = site.settings, settings.name.value != name {
            findings.add(
                Diagnostic(
                    .siteNameMismatch, "the site calls itself '\(settings.name.value)' and lies in sites/\(name)", at: settings.name.span,
                    mend: "write `name: \(name)`, or rename the folder", site: name))
        }
        site.segments = unique(site.segments, "segment", name, { $0.name }, &findings)
        site.hosts = unique(site.hosts, "host", name, { $0.name }, &findings)
        site.bindings = unique(site.bindings, "binding", name, { $0.host }, &findings)
        site.services = unique(site.services, "service", name, { $0.name }, &findings)
        site.records = unique(site.records, "owner of records", name, { $0.owner }, &findings)
        site.waivers = unique(site.waivers, "waiver", name, { $0.name }, &findings)
        site.ignoredDrift = unique(site.ignoredDrift, "ignored drift", name, { $0.address }, &findings)
        return site
    }

    @discardableResult
    private func once<Value>(_ found: [(SourceSpan, Value)], _ what: String, _ site: String?, _ findings: inout DiagnosticList) -> Value? {
        let ordered = found.sorted { $0.0 < $1.0 }
        guard let first = ordered.first else { return nil }
        for later in ordered.dropFirst() {
            findings.add(
                Diagnostic(
                    .duplicateEntry, "\(what) stands twice", at: later.0, notes: [.init("first written here", at: first.0)],
                    mend: "keep one of the two", site: site))
        }
        return first.1
    }

    private func unique<Entry>(
        _ entries: [Entry], _ what: String, _ site: String?, _ name: (Entry) -> Located<String>, _ findings: inout DiagnosticList
    ) -> [Entry] {
        // Names of a directory tree mostly arrive in order already. Else their places are sorted: entries are large.
        if isSorted(entries, by: { name($0).value < name($1).value }) { return entries }
        let names = entries.map(name)
        let order = entries.indices.sorted {
            names[$0].value == names[$1].value ? names[$0].span < names[$1].span : names[$0].value < names[$1].value
        }
        var result: [Entry] = []
        result.reserveCapacity(entries.count)
        for entry in order.lazy.map({ entries[$0] }) {
            if let last = result.last, name(last).value == name(entry).value {
                findings.add(
                    Diagnostic(
                        .duplicateEntry, "\(what) '\(name(entry).value)' stands twice", at: name(entry).span,
                        notes: [.init("first written here", at: name(last).span)], mend: "keep one of the two", site: site))
            } else {
                result.append(entry)
            }
        }
        return result
    }

    private func uniqueAliases(_ findings: inout DiagnosticList) -> [GlobalAlias] {
        var result: [GlobalAlias] = []
        for alias in aliases.sorted(by: { ($0.name.value, $0.name.span) < ($1.name.value, $1.name.span) }) {
            if let last = result.last, last.name.value == alias.name.value {
                findings.add(
                    Diagnostic(
                        .aliasClaimedTwice,
                        "alias '\(alias.name.value)' is claimed by site '\(alias.site.value)' and by site '\(last.site.value)'",
                        at: alias.name.span,
                        notes: [.init("first claimed here", at: last.name.span)], mend: "keep one owner: a name points at one place"))
            } else {
                result.append(alias)
            }
        }
        return result
    }
}

extension Waiver {
    fileprivate var name: Located<String> { Located(code.value.rawValue, at: code.span) }
}

/// Whether no element stands before one that should precede it, and no two are equal.
private func isSorted<Element>(_ elements: [Element], by precedes: (Element, Element) -> Bool) -> Bool {
    guard elements.count > 1 else { return true }
    for index in 1..<elements.count where !precedes(elements[index - 1], elements[index]) { return false }
    return true
}
