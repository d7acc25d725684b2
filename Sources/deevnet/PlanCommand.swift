import ArgumentParser
import Diagnostics
import FoundationEssentials
import InventorySchema
import Planning
import Reconciling

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what would change, why, and what it touches. Changes nothing.")

    @Argument(help: "Sites to plan; none: every site.", completion: LiveNames.sites)
    var sites: [String] = []

    @OptionGroup var inventory: InventoryOptions
    @OptionGroup var options: PlanOptions

    @Flag(help: "Show the files' text differences too.")
    var diff = false

    @Option(help: "Save the plan, for `deevnet apply FILE`.")
    var out: String?

    @Option(help: "How the plan is written: text or json; sarif and github write its findings alone.")
    var format = OutputFormat.text

    @Flag(help: "Exit 2 when changes are pending.")
    var detailedExitcode = false

    func validate() throws {
        // That is how `apply` tells a plan from a site.
        if let out, !out.hasSuffix(".json") { throw ValidationError("The plan's file name ends in .json.") }
    }

    func run() async throws {
        let console = inventory.console
        let repository = try inventory.open()
        var compiled = try await inventory.compile(repository, identifying: true).heedingWaivers(on: .today)
        console.report(compiled.diagnostics.filter { $0.severity != .note }, texts: compiled.snapshot)
        let targets = try options.targets(compiled, console)
        compiled = compiled.forPlanning()
        let (outcome, _) = try await options.plan(sites, repository, compiled, targets, inventory)
        console.report(outcome.findings, texts: compiled.snapshot)
        let unplanned = options.reportUnplanned(sites, compiled, outcome, console)
        let guards = outcome.plan.guards
        // Saved before anything is printed: whoever reads only the beginning of it still has the plan.
        let saving = out.map { save(outcome.plan, guards, compiled, unplanned, to: $0) }
        switch format {
        case .text where PlanOptions.hasErrors(compiled, outcome, for: sites) && outcome.plan.sites.isEmpty: break
        case .text:
            console.write(
                PlanText(style: console.output, texts: compiled.snapshot, limits: options.all ? .none : .standard).render(
                    outcome.plan, guards: guards))
            if diff { console.write(outcome.targets.map { FileDiff.render($0.runs, style: console.output) }.joined()) }
        case .json: console.write(PlanJSON.render(outcome.plan, guards: guards, texts: compiled.snapshot))
        case .sarif: console.write(Deevnet.sarif(findings(outcome, compiled), compiled.snapshot))
        case .github:
            console.write(
                AnnotationRenderer.render(
                    findings(outcome, compiled).filter { $0.severity != .note && $0.waiver == nil }, sources: compiled.snapshot))
        }
        if let saving {
            console.report(saving.findings, texts: NoTexts())
            if let note = saving.note { console.note(note) }
            try saving.exit.end()
        }
        exit(outcome, compiled, guards).endProcess(holding: (outcome, compiled))
    }

    /// All that was found on the way to a plan.
    private func findings(_ outcome: Planner.Outcome, _ compiled: CompiledRevision) -> [Diagnostic] {
        let remarks = outcome.plan.sites.flatMap(\.placements).flatMap(\.remarks).map(\.diagnostic)
        let strangers = outcome.plan.strangers.map { $0.stranger.diagnostic(at: $0.address) }
        return (compiled.diagnostics + outcome.findings + remarks + strangers).sorted()
    }

    /// How saving went, to be told below the plan.
    private struct Saving {
        var findings: [Diagnostic] = []
        var note: String?
        var exit = Exit.done
    }

    private func save(_ plan: Plan, _ guards: [Guard], _ compiled: CompiledRevision, _ unplanned: [String], to path: String) -> Saving {
        guard unplanned.isEmpty, !compiled.isStopped else {
            return Saving(note: "the plan isn't saved: it would lack what has errors", exit: .failed)
        }
        guard plan.isComplete else {
            let finding = Diagnostic(
                .observationIncomplete, "the plan isn't saved: \(plan.incompleteness) couldn't be read",
                mend: "plan what can be read, by sites or with --host", severity: .error)
            return Saving(findings: [finding], exit: .unreachable)
        }
        do {
            try Data(PlanJSON.render(plan, guards: guards, texts: compiled.snapshot).utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            let finding = Diagnostic(
                .writeFailed, "the plan can't be written to \(escapedForDisplay(path))", mend: "make its directory, or choose another path")
            return Saving(findings: [finding], exit: .failed)
        }
        let root = options.root.map { " --root \($0)" } ?? ""
        return Saving(note: escapedForDisplay("saved to \(path); apply it with `deevnet apply \(path)\(root)`"))
    }

    private func exit(_ outcome: Planner.Outcome, _ compiled: CompiledRevision, _ guards: [Guard]) -> Exit {
        var worst = Exit.done
        if PlanOptions.hasErrors(compiled, outcome, for: sites) { worst = worst.worst(.failed) }
        if !outcome.plan.isComplete { worst = worst.worst(.unreachable) }
        if !outcome.plan.strangers.isEmpty { worst = worst.worst(.refused) }
        if !guards.isEmpty || outcome.plan.sites.contains(where: { $0.servingInstead != nil }) { worst = worst.worst(.refused) }
        if detailedExitcode, outcome.plan.counts.total > 0 { worst = worst.worst(.changesPending) }
        return worst
    }
}
