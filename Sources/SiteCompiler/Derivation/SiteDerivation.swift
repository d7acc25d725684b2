import Addressing
import Diagnostics
import InventorySchema

/// One site on its way from what was written to its graph. Each step reads what the steps before it have derived.
struct SiteDerivation {
    let inventory: Inventory
    let organization: Organization
    let site: Site
    let settings: SiteSettings
    let mode: Authority.Mode
    var graph: SiteGraph
    var findings = DiagnosticList()
    /// Segments and hosts by name, as indices into the graph.
    var segmentIndex: [String: Int] = [:]
    var hostIndex: [String: Int] = [:]
    /// The pools of each segment, of all modes.
    var pools: [[Located<AddressRange>]] = []

    init(inventory: Inventory, organization: Organization, site: Site, settings: SiteSettings, mode: Authority.Mode) {
        self.inventory = inventory
        self.organization = organization
        self.site = site
        self.settings = settings
        self.mode = mode
        graph = SiteGraph(site: site.name, domain: settings.domain.value, mode: mode)
    }

    mutating func run() {
        graph.siteSpan = settings.span
        graph.authoritySpan = settings.authority.mode.span
        graph.upstreams = settings.dns.upstreams.map(\.value)
        graph.ttlSeconds = settings.dns.ttlSeconds
        deriveSegments()
        deriveHosts()
        proveAddresses()
        deriveManagementZone()
        deriveNames()
        deriveServices()
        deriveAliases()
        deriveOwnerRecords()
        deriveZones()
        proveNames()
        deriveWorkloads()
        proveAuthority()
        derivePlacements()
        deriveDHCP()
        deriveReservations()
        deriveNetboot()
        deriveFirewall()
        proveFirewall()
        proveLifecycle()
        proveIgnoredDrift()
    }

    mutating func report(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan?, notes: [Diagnostic.Note] = [], mend: String? = nil,
        severity: Diagnostic.Severity? = nil
    ) {
        findings.add(Diagnostic(code, message, at: span, notes: notes, mend: mend, site: site.name, severity: severity))
    }

    /// The index of a segment named somewhere; an unknown one is reported with the nearest known name.
    mutating func segment(_ name: Located<String>, _ what: @autoclosure () -> String, _ code: DiagnosticCode = .unknownSegment) -> Int? {
        if let index = segmentIndex[name.value] { return index }
        let nearest = nearestName(to: name.value, among: graph.segments.map(\.name))
        report(
            code, "\(what()) names segment '\(name.value)', which site '\(site.name)' doesn't have", at: name.span,
            mend: nearest.map { "did you mean '\($0)'?" } ?? "add it under `segments`, or name another")
        return nil
    }

    /// The index of a bound host named somewhere; an unknown one is reported with the nearest known name.
    mutating func host(_ name: Located<String>, _ what: @autoclosure () -> String, _ code: DiagnosticCode = .unknownHost) -> Int? {
        if let index = hostIndex[name.value] { return index }
        let nearest = nearestName(to: name.value, among: graph.hosts.map(\.name))
        report(
            code, "\(what()) names host '\(name.value)', which isn't bound at site '\(site.name)'", at: name.span,
            mend: nearest.map { "did you mean '\($0)'?" } ?? "add it under `bindings`, or name another")
        return nil
    }
}
