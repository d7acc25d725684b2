import ArgumentParser
import Diagnostics
import FoundationEssentials
import GitRevisions
import InventorySchema
import Logging
import Planning
import Reconciling
import SiteCompiler
import Targets

/// Which sites are planned, and where their hosts are.
struct PlanOptions: ParsableArguments {
    @Option(help: "Act on a dry tree: a directory for each host under this one, made where missing.", completion: .directory)
    var root: String?

    @Option(help: "Limit it to this host; may be repeated. Nothing else is looked at or removed.", completion: LiveNames.hosts)
    var host: [String] = []

    @Option(help: "Limit it to this provider; may be repeated.")
    var provider: [String] = []

    @Flag(help: "Spell out every change.")
    var all = false

    @Flag(help: "Tell every call that changes a target, on standard error.")
    var verbose = false

    private var log: Logger {
        guard verbose else { return Logger(label: "deevnet.target", factory: { _ in SwiftLogNoOpLogHandler() }) }
        var log = Logger(label: "deevnet.target", factory: { StreamLogHandler.standardError(label: $0) })
        log.logLevel = .debug
        return log
    }

    func validate() throws {
        // An unset variable must not make the inventory's own folder a dry tree.
        if root?.isEmpty == true { throw ValidationError("--root needs a directory.") }
        let providers = ProviderName.allCases.map(\.rawValue)
        for name in provider where !providers.contains(name) {
            throw ValidationError("There is no provider '\(name)': name one of \(providers.joined(separator: ", ")).")
        }
    }

    /// Where the hosts of an inventory are. A machine whose configuration can't be read isn't guessed at.
    func targets(_ compiled: CompiledRevision, _ console: Console) throws -> LocalTargets {
        let machine: ThisMachine?
        do throws(TargetError) { machine = root == nil ? try ThisMachine.current() : nil } catch {
            console.report([Diagnostic(.targetShape, error.message, mend: error.mend)], texts: NoTexts())
            throw Exit.failed.error
        }
        return LocalTargets(root: root.map(Self.absolute), inventory: compiled.inventory, machine: machine, log: log)
    }

    /// Plans sites of a compiled revision; no names: every site. A saved plan names all it is for, sites that are gone among them.
    func plan(
        _ names: [String], _ repository: InventoryRepository, _ compiled: CompiledRevision, _ targets: LocalTargets,
        _ inventory: InventoryOptions, saved: SavedPlan? = nil
    ) async throws -> (outcome: Planner.Outcome, planner: Planner) {
        let isSaved = saved != nil
        let known = compiled.inventory.sites.map(\.name)
        for name in names where !isSaved && !known.contains(name) {
            let nearest = nearestName(to: name, among: known)
            let finding = Diagnostic(
                .unknownSite, "there is no site '\(escapedForDisplay(name))'",
                mend: nearest.map { "did you mean '\($0)'?" } ?? "name one of: \(known.joined(separator: ", "))")
            inventory.console.report([finding], texts: NoTexts())
            throw Exit.failed.error
        }
        let scope = saved?.scope ?? PlanScope(hosts: host, providers: provider)
        try refuseUnknownHosts(scope, compiled, targets, inventory.console)
        let planner = Planner(
            compiled, in: repository, registry: .standard, targets: targets, source: try Self.source(compiled, inventory),
            scope: scope, workers: ProcessInfo.processInfo.activeProcessorCount)
        let isWhole = names.isEmpty && !isSaved
        let wanted = isWhole ? known : known.filter { names.contains($0) }
        var outcome = await planner.plan(sites: wanted, pruning: isWhole || names.contains { !known.contains($0) })
        outcome.findings = Waivers(of: compiled.inventory, on: .today).mark(outcome.findings)
        return (outcome, planner)
    }

    /// A host that serves nothing and holds nothing would give an empty plan, which looks like a good one.
    private func refuseUnknownHosts(_ scope: PlanScope, _ compiled: CompiledRevision, _ targets: LocalTargets, _ console: Console) throws {
        if scope.hosts.isEmpty || compiled.hasErrors { return }
        // Where targets can't be listed the plan says so.
        let others = (try? targets.known()) ?? []
        let known = Set(compiled.compilation.graphs.flatMap(\.placements).map(\.hostName) + others.map(\.host)).sorted()
        for name in scope.hosts where !known.contains(name) {
            let nearest = nearestName(to: name, among: known)
            let finding = Diagnostic(
                .unknownHost, "no provider acts on a host '\(escapedForDisplay(name))'",
                mend: nearest.map { "did you mean '\($0)'?" } ?? "name one of: \(known.joined(separator: ", "))")
            console.report([finding], texts: NoTexts())
            throw Exit.failed.error
        }
    }

    /// Whether an error concerns what was asked for: all sites where none is named.
    static func hasErrors(_ compiled: CompiledRevision, _ outcome: Planner.Outcome, for names: [String]) -> Bool {
        (compiled.diagnostics + outcome.findings).contains { finding in
            finding.severity == .error && (names.isEmpty || finding.site.map(names.contains) ?? true)
        }
    }

    /// Says which of the sites that were asked for have errors, and so aren't in a plan.
    func reportUnplanned(_ names: [String], _ compiled: CompiledRevision, _ outcome: Planner.Outcome, _ console: Console) -> [String] {
        let asked = compiled.inventory.sites.map(\.name).filter { names.isEmpty || names.contains($0) }
        let unplanned = asked.filter { compiled.compilation.graph(of: $0) == nil || outcome.unplanned.contains($0) }
        if !unplanned.isEmpty { console.note("not planned, for the errors above: \(unplanned.joined(separator: ", "))") }
        return unplanned
    }

    static func absolute(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
        return URL(filePath: whole).standardized.path
    }

    private static func source(_ compiled: CompiledRevision, _ inventory: InventoryOptions) throws -> Plan.Source {
        do throws(RevisionError) {
            let revision = try compiled.snapshot.revision()
            return Plan.Source(
                summary: revision.shortDescription, commit: revision.commit?.description, isDirty: revision.isDirty,
                inventoryDigest: compiled.inventoryDigest(), isCommit: revision.selector != .workingTree)
        } catch {
            throw inventory.printed(error)
        }
    }
}
