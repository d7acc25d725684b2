import Addressing
import Diagnostics
import InventorySchema

extension SiteCompiler {
    /// Each zone has one owner in the organisation, forward and reverse, and all lie below the root domain.
    static func proveZones(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        proveRoot(inventory, &findings)
        proveDomains(inventory, &findings)
        proveBlocks(inventory, &findings)
        proveReverseZones(inventory, &findings)
    }

    private static func proveRoot(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        guard let organization = inventory.organization else { return }
        let root = organization.rootDomain
        func prove(_ domain: Located<DomainName>, _ what: String, site: String?) {
            guard !domain.value.isSubdomain(of: root.value) else { return }
            findings.add(
                Diagnostic(
                    .outsideRootDomain, "\(what) \(domain.value) doesn't lie below the organisation's root domain \(root.value)",
                    at: domain.span, notes: [.init("the root domain", at: root.span)],
                    mend: "choose a name that ends in '.\(root.value)', or correct `root_domain`", site: site))
        }
        if let zone = organization.managementZone { prove(zone, "the management zone", site: nil) }
        for site in inventory.sites {
            guard let domain = site.settings?.domain else { continue }
            prove(domain, "the domain of site '\(site.name)',", site: site.name)
        }
    }

    /// A site's server answers its whole domain from its own data alone, so another site's domain is neither the same nor below it.
    private static func proveDomains(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        let management = inventory.organization?.managementZone
        var owners: [DomainName: Claim<DomainName>] = [:]
        for site in inventory.sites {
            guard let domain = site.settings?.domain else { continue }
            let claim = Claim(site: site.name, value: domain.value, span: domain.span)
            if let first = owners[domain.value] {
                findings.add(both: first, claim, .zoneOwners, mend: "give the site a domain of its own") { mine, other in
                    "zone \(mine.value) of site '\(mine.site)' is also site '\(other.site)'s"
                }
            } else {
                owners[domain.value] = claim
            }
            guard let management, domain.value.isSubdomain(of: management.value) else { continue }
            findings.add(
                Diagnostic(
                    .managementZoneClash,
                    "the domain \(domain.value) of site '\(site.name)' lies in the management zone \(management.value)",
                    at: domain.span, notes: [.init("the management zone", at: management.span)],
                    mend: "choose a domain outside the management zone", site: site.name))
        }
        for claim in owners.values.sorted(by: { $0.span < $1.span }) {
            var above = claim.value.parent
            while let name = above, owners[name] == nil { above = name.parent }
            guard let outer = above.flatMap({ owners[$0] }) else { continue }
            findings.add(both: outer, claim, .zoneOwners, mend: "give each site a domain beside the other's, not below it") { mine, other in
                mine.value == outer.value
                    ? "zone \(mine.value) of site '\(mine.site)' would deny the names of site '\(other.site)', whose domain lies in it"
                    : "the domain \(mine.value) of site '\(mine.site)' lies in the zone \(other.value) of site '\(other.site)'"
            }
        }
    }

    private static func proveBlocks(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        let blocks = inventory.sites.flatMap { site in
            (site.settings?.blocks ?? []).map { Claim(site: site.name, value: $0.value, span: $0.span) }
        }.sorted { ($0.value, $0.span) < ($1.value, $1.span) }
        // A block comes before those inside it: whatever overlaps anything overlaps the outermost one before it.
        guard var outermost = blocks.first else { return }
        for block in blocks.dropFirst() {
            guard outermost.value.overlaps(block.value) else {
                outermost = block
                continue
            }
            guard outermost.site != block.site else { continue }
            findings.add(both: outermost, block, .siteBlocksOverlap, mend: "make the two blocks disjoint") { mine, other in
                "block \(mine.value) of site '\(mine.site)' overlaps \(other.value) of site '\(other.site)'"
            }
        }
    }

    /// Where blocks are disjoint, only prefixes longer than a reverse zone can be (RFC 1035 §3.5) lie in one with another site's.
    private static func proveReverseZones(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        var owners: [DomainName: Claim<Prefix>] = [:]
        for site in inventory.sites {
            for segment in site.segments where !segment.isExternal {
                for prefix in segment.prefixes where prefix.value.length > (prefix.value.family == .ipv4 ? 24 : 124) {
                    guard let zone = prefix.value.reverseZones.first else { continue }
                    let claim = Claim(site: site.name, value: prefix.value, span: prefix.span)
                    guard let first = owners[zone], first.site != site.name else {
                        owners[zone] = claim
                        continue
                    }
                    let mend = "give one of the two sites addresses from another \(prefix.value.family == .ipv4 ? "/24" : "/124")"
                    findings.add(both: first, claim, .zoneOwners, mend: mend) { mine, other in
                        "prefix \(mine.value) of site '\(mine.site)' has the reverse zone \(zone), which is also site '\(other.site)'s"
                    }
                }
            }
        }
    }
}

/// What a site says is its own.
private struct Claim<Value> {
    var site: String
    var value: Value
    var span: SourceSpan
}

extension DiagnosticList {
    /// Two claims that exclude each other stop both sites: which is wrong can't be known, and one that goes on would answer for the other's names.
    fileprivate mutating func add<Value>(
        both first: Claim<Value>, _ second: Claim<Value>, _ code: DiagnosticCode, mend: String,
        message: (_ mine: Claim<Value>, _ other: Claim<Value>) -> String
    ) {
        for (mine, other) in [(first, second), (second, first)] {
            add(
                Diagnostic(
                    code, message(mine, other), at: mine.span, notes: [.init("the other site's", at: other.span)], mend: mend,
                    site: mine.site))
        }
    }
}
