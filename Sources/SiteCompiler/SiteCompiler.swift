public import Diagnostics
public import InventorySchema

/// The graphs of the sites that compile, and everything found on the way.
public struct Compilation: Sendable {
    /// The graphs, by site; a site with an error has none.
    public var graphs: [SiteGraph]
    /// The findings of all sites.
    public var diagnostics: DiagnosticList

    /// Gathers graphs and findings.
    public init(graphs: [SiteGraph], diagnostics: DiagnosticList) {
        self.graphs = graphs
        self.diagnostics = diagnostics
    }

    /// The graph of a site.
    public func graph(of site: String) -> SiteGraph? { graphs.first { $0.site == site } }
}

/// Resolves references, derives what a site should be, and proves the invariants: pure, the same graph for the same inventory.
public enum SiteCompiler {
    /// Compiles the sites of an inventory, each for the authority mode it declares (or for `mode`).
    ///
    /// What must hold in both modes is proven in both. An error stops the sites it names: a finding without a site stops all.
    public static func compile(
        _ inventory: Inventory, sites: Set<String>? = nil, mode: Authority.Mode? = nil
    ) async -> Compilation {
        var findings = DiagnosticList()
        proveOrganization(inventory, &findings)
        let chosen = inventory.sites.indices.filter { sites?.contains(inventory.sites[$0].name) ?? true }
        let derived = await withTaskGroup(of: (Int, SiteGraph?, DiagnosticList).self) { group in
            for index in chosen {
                group.addTask { derive(inventory, inventory.sites[index], mode, index) }
            }
            var results: [(Int, SiteGraph?, DiagnosticList)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }
        }
        for (_, _, found) in derived { findings.add(contentsOf: found.all) }
        let stopped = Set(findings.all.lazy.filter { $0.severity == .error }.map(\.site))
        let graphs = derived.compactMap { _, graph, _ in graph }
            .filter { !stopped.contains(nil) && !stopped.contains($0.site) }
        return Compilation(graphs: graphs, diagnostics: findings)
    }

    private static func derive(
        _ inventory: Inventory, _ site: Site, _ mode: Authority.Mode?, _ index: Int
    ) -> (Int, SiteGraph?, DiagnosticList) {
        guard let organization = inventory.organization, let settings = site.settings else { return (index, nil, DiagnosticList()) }
        var derivation = SiteDerivation(
            inventory: inventory, organization: organization, site: site, settings: settings, mode: mode ?? settings.authority.mode.value)
        derivation.run()
        return (index, derivation.findings.hasErrors ? nil : derivation.graph, derivation.findings)
    }
}
