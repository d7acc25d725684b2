public import Diagnostics
public import GitRevisions
public import InventorySchema
import Planning
public import SiteCompiler

/// One revision of the inventory, read and compiled, with everything found on the way.
public struct CompiledRevision: Sendable {
    /// The files that were read.
    public let snapshot: InventorySnapshot
    /// What they say.
    public let inventory: Inventory
    /// What follows for each site that compiles.
    public let compilation: Compilation
    /// The findings of all passes, by place.
    public let diagnostics: [Diagnostic]

    /// Whether a finding stops every site.
    public var isStopped: Bool { diagnostics.contains { $0.severity == .error && $0.site == nil } }
    /// Whether any finding is an error.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The sites that have a file, whether or not it can be read, and those that a finding is about.
    var mentionedSites: Set<String> {
        Set(snapshot.siteNames).union(diagnostics.compactMap(\.site))
    }

    /// The same without the machines, bindings, services and records as they were written: planning looks at the graphs that were made of them, and of
    /// a large inventory they are a third of the memory.
    public consuming func forPlanning() -> CompiledRevision {
        var names = inventory
        names.hosts = []
        for index in names.sites.indices {
            names.sites[index].hosts = []
            names.sites[index].bindings = []
            names.sites[index].services = []
            names.sites[index].records = []
        }
        return CompiledRevision(snapshot: snapshot, inventory: names, compilation: compilation, diagnostics: diagnostics)
    }

    /// Reads and compiles a revision. A pass isn't begun on what the pass before could not read: its findings would be echoes. `identifying` says
    /// that the snapshot will be asked which revision it is.
    public static func read(
        _ repository: InventoryRepository, _ selector: RevisionSelector, mode: Authority.Mode? = nil, identifying: Bool = false,
        workers: Int
    ) async throws(RevisionError) -> CompiledRevision {
        async let started: Void = identifying ? InventoryRepository.startGit() : ()
        let (snapshot, found) = try repository.snapshot(selector, identifying: identifying)
        await started
        var findings = DiagnosticList()
        findings.add(contentsOf: found)
        // Of an inventory without files nothing else is worth telling.
        if found.contains(where: { $0.code == .inventoryEmpty && $0.severity == .error }) {
            return CompiledRevision(
                snapshot: snapshot, inventory: Inventory(), compilation: Compilation(graphs: [], diagnostics: DiagnosticList()),
                diagnostics: found)
        }
        let (inventory, decoding) = await InventoryLoader.load(snapshot, workers: workers)
        findings.add(contentsOf: decoding.all)
        // The answer is kept, for whoever asks next; the comparison with HEAD needn't wait for the sites, nor they for it.
        async let named = identifying ? try? snapshot.revision() : nil
        let broken = Set(findings.all.lazy.filter { $0.severity == .error }.map(\.site))
        var compilation = Compilation(graphs: [], diagnostics: DiagnosticList())
        if !broken.contains(nil) {
            let whole = Set(inventory.sites.map(\.name)).subtracting(broken.compactMap { $0 })
            compilation = await SiteCompiler.compile(inventory, sites: whole, mode: mode)
            findings.add(contentsOf: compilation.diagnostics.all)
        }
        _ = await named
        return CompiledRevision(snapshot: snapshot, inventory: inventory, compilation: compilation, diagnostics: findings.sorted())
    }
}

extension CompiledRevision {
    /// The same revision on a day: findings that are waived then are marked, and waivers that have expired are among the findings.
    public func heedingWaivers(on today: CalendarDate) -> CompiledRevision {
        let waivers = Waivers(of: inventory, on: today)
        return CompiledRevision(
            snapshot: snapshot, inventory: inventory, compilation: compilation,
            diagnostics: (waivers.mark(diagnostics) + waivers.expired(isStrict: false)).sorted())
    }

    /// The digest of the inventory's paths and git ids: what a saved plan was made from.
    public func inventoryDigest() -> String {
        var digest = ContentDigest()
        for (file, id) in zip(snapshot.fileIDs, snapshot.blobIDs()) {
            digest.update(snapshot.path(of: file))
            digest.update(id?.bytes ?? [])
        }
        return digest.hex
    }
}
