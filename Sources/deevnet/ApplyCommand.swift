import ArgumentParser
import CSystemCalls
import Diagnostics
import FoundationEssentials
import GitRevisions
import Glibc
import InventorySchema
import Planning
import Reconciling
import Targets

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Make the sites what the inventory says, or change nothing.",
        discussion: "Give sites, or one saved plan (a path that ends in .json), which is applied exactly or refused.")

    @Argument(help: "Sites to apply, or a saved plan; none: every site.", completion: LiveNames.sitesAndPlans)
    var sites: [String] = []

    @OptionGroup var inventory: InventoryOptions
    @OptionGroup var options: PlanOptions

    @Flag(help: "Apply without asking.")
    var autoApprove = false

    @Flag(help: "Apply what isn't committed.")
    var allowDirty = false

    @Option(help: "Lift the guard with this digest, for exactly what it lists.")
    var allow: [String] = []

    @Option(
        help: "Take over what isn't ours and stands in the way, by its address in the plan; may be repeated.",
        completion: LiveNames.adoptions)
    var adopt: [String] = []

    @Option(help: "How it is told: text, or jsonl, an event a line.")
    var format = ApplyFormat.text

    private var report: ApplyReport { ApplyReport(console: inventory.console, format: format) }

    func validate() throws {
        if isSavedPlan, !(options.host + options.provider).isEmpty {
            throw ValidationError("A saved plan is applied as it was made: with its own limits.")
        }
        for address in adopt where ResourceAddress(address) == nil {
            throw ValidationError("'\(escapedForDisplay(address))' is no address: copy SITE/HOST/PROVIDER/KIND/KEY from the plan.")
        }
    }

    private var isSavedPlan: Bool { sites.count == 1 && sites[0].hasSuffix(".json") }

    func run() async throws {
        // Who reads what is told may leave; what is applied goes on.
        csys_survive_broken_pipes()
        do { try await apply() } catch {
            report.exit(Self.exitCode(for: error).rawValue)
            throw error
        }
        report.exit(0)
    }

    private func apply() async throws {
        let console = inventory.console
        let repository = try inventory.open()
        let saved = try isSavedPlan ? savedPlan(sites[0]) : nil
        var compiled = try await inventory.compile(
            repository, saved.flatMap { saved in saved.source.isCommit ? saved.source.commit.map { .revision($0) } : nil },
            identifying: true
        ).heedingWaivers(on: .today)
        report.findings(compiled.diagnostics.filter { $0.severity != .note }, texts: compiled.snapshot)
        let names = saved?.sites ?? sites
        let targets = try options.targets(compiled, console)
        compiled = compiled.forPlanning()
        let stuck = try await interruptible(console) { [compiled] in try await recover(names, repository, compiled, targets, saved) }
        if stuck.exit == .interrupted { throw stuck.exit.error }
        var (outcome, planner) = try await options.plan(names, repository, compiled, targets, inventory, saved: saved)
        report.findings(outcome.findings, texts: compiled.snapshot)
        if let difference = saved?.difference(from: outcome.plan) {
            throw refusal(.planMoved, difference.message, notes: difference.details, mend: "plan again, and look at it again")
        }
        _ = options.reportUnplanned(names, compiled, outcome, console)
        let hasErrors = PlanOptions.hasErrors(compiled, outcome, for: names)
        if hasErrors, outcome.plan.sites.isEmpty { throw Exit.failed.error }
        report.plan(outcome.plan) {
            PlanText(style: console.output, texts: compiled.snapshot, limits: options.all ? .none : .standard).render(
                outcome.plan, guards: outcome.plan.guards.filter { !allow.contains($0.digest) })
        }
        try refuseWhole(outcome, isSaved: saved != nil)
        try refuseAdoptions(outcome.plan)
        let refused = leaveOut(stuck.hosts, &outcome)
        var worst: Exit = hasErrors ? .failed : .done
        worst = worst.worst(stuck.exit).worst(refused)
        if !outcome.plan.isComplete { worst = worst.worst(.unreachable) }
        guard outcome.targets.contains(where: { $0.runs.contains { $0.plan.isNeeded } }) else { return try worst.end() }
        try approve(isSaved: saved != nil)
        let application = Application(planner: planner, outcome: outcome, revision: outcome.plan.source.summary, report: report)
        let applied = try await interruptible(console) {
            let applied = await application.run()
            try remember(applied, application.outcome, repository)
            return applied
        }
        try worst.worst(applied.exit).end()
    }

    private func savedPlan(_ path: String) throws -> SavedPlan {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw refusal(
                .planFileBad, "there is no plan at \(escapedForDisplay(path))", mend: "save one with `deevnet plan --out \(path)`", .failed)
        }
        do { return try SavedPlan(json: [UInt8](data)) } catch {
            throw refusal(
                .planFileBad, "\(escapedForDisplay(path)) is no saved plan: \(error)", mend: "save it again with `deevnet plan --out`",
                .failed)
        }
    }

    /// Before anything is planned, what a dead apply left behind is finished or undone; the hosts where that can't be done, and the exit code.
    private func recover(
        _ names: [String], _ repository: InventoryRepository, _ compiled: CompiledRevision, _ targets: LocalTargets, _ saved: SavedPlan?
    ) async throws -> (hosts: Set<String>, exit: Exit) {
        var stuck: (hosts: Set<String>, exit: Exit) = ([], .done)
        let (outcome, _) = try await options.plan(names, repository, compiled, targets, inventory, saved: saved)
        for target in outcome.targets {
            do throws(TargetError) {
                if let recovered = try await TargetSession.recover(target.target, holder: .current(revision: "recovery")) {
                    report.findings([recovered.diagnostic(on: target.target.host)], texts: NoTexts())
                }
            } catch {
                report.findings([error.diagnostic(on: target.target.host)], texts: NoTexts())
                stuck.hosts.insert(target.target.host)
                stuck.exit = stuck.exit.worst(Exit(error))
            }
        }
        return stuck
    }

    /// What refuses the whole apply: nothing of it may go on.
    private func refuseWhole(_ outcome: Planner.Outcome, isSaved: Bool) throws {
        // Where another target can be reached, it isn't kept waiting: what couldn't be is told by the plan and by exit 75.
        if options.root == nil, outcome.targets.isEmpty, let target = outcome.plan.sites.lazy.flatMap(\.unreachable).first {
            throw refusal(
                .notThisHost, "\(target.host): \(target.reason)", mend: "run on \(target.host), or use --root DIR for a dry tree")
        }
        if outcome.plan.source.isDirty, !allowDirty, options.root == nil, !isSaved {
            throw refusal(
                .dirtyTree, "the working tree has changes that aren't committed", mend: "commit them, or apply with --allow-dirty")
        }
    }

    /// Whoever adopts knows what is there: an address that isn't, or that can't be adopted, says that they were wrong.
    private func refuseAdoptions(_ plan: Plan) throws {
        let strangers = plan.strangers
        for address in adopt.compactMap({ ResourceAddress($0) }) {
            guard let found = strangers.first(where: { $0.address == address }) else {
                let known = strangers.filter { $0.stranger.fate != nil }.map(\.address.description)
                throw refusal(
                    .nothingToAdopt, "there is nothing to adopt at \(escapedForDisplay(address.description))",
                    mend: nearestName(to: address.description, among: known).map { "did you mean '\($0)'?" }
                        ?? "look at the plan: what can be adopted is called 'not ours' there", .failed)
            }
            guard found.stranger.fate != nil else {
                throw refusal(
                    .nothingToAdopt, "\(address) can't be adopted: \(found.stranger.what)", mend: found.stranger.mend ?? "take it away",
                    .failed)
            }
        }
    }

    /// Takes out what may not be applied, each with its reason, so that it holds back no other site or host.
    private func leaveOut(_ stuck: Set<String>, _ outcome: inout Planner.Outcome) -> Exit {
        var worst = Exit.done
        var refusedSites: Set<String> = []
        for site in outcome.plan.sites {
            guard let serving = site.servingInstead else { continue }
            _ = refusal(
                .authorityServes,
                "\(site.name) is served by its \(serving.mode) side (\(serving.host)), and the inventory says \(site.mode)",
                mend: "an apply never changes who serves: commit `mode: \(serving.mode)` again, or move the authority by its own procedure")
            refusedSites.insert(site.name)
            worst = .refused
        }
        var refusedPlans: Set<String> = []
        for guardian in outcome.plan.guards where !allow.contains(guardian.digest) {
            _ = refusal(.guardRefused, guardian.message, mend: "if all of it is meant: --allow \(guardian.digest)")
            refusedPlans.insert("\(guardian.site)/\(guardian.host)")
            worst = .refused
        }
        for (address, stranger) in outcome.plan.strangers where !adopt.contains(address.description) || stranger.fate == nil {
            report.findings([stranger.diagnostic(at: address)], texts: NoTexts())
            refusedPlans.insert("\(address.site)/\(address.host)")
            worst = .refused
        }
        outcome.targets.removeAll { plan in
            refusedSites.contains(plan.site) || stuck.contains(plan.target.host)
                || refusedPlans.contains("\(plan.site)/\(plan.target.host)")
        }
        return worst
    }

    private func approve(isSaved: Bool) throws {
        if autoApprove || isSaved { return }
        guard inventory.console.isInteractive else {
            throw refusal(.needsApproval, "nobody can be asked: this isn't a terminal", mend: "use --auto-approve, or apply a saved plan")
        }
        inventory.console.note("Apply this plan? Only 'yes' does it.")
        guard readLine() == "yes" else { throw refusal(.needsApproval, "not approved, nothing was changed", mend: "answer 'yes' to apply") }
    }

    /// The commit that was applied whole is recorded in git too.
    private func remember(_ applied: Application.Result, _ outcome: Planner.Outcome, _ repository: InventoryRepository) throws {
        guard options.root == nil, applied.exit == .done, outcome.plan.scope.isWhole, !outcome.plan.source.isDirty,
            let commit = outcome.plan.source.commit.flatMap({ ObjectID($0) })
        else { return }
        for site in outcome.plan.sites {
            do throws(RevisionError) { try repository.recordApplied(site: site.name, commit: commit) } catch {
                report.findings([error.diagnostic], texts: NoTexts())
            }
        }
    }

    /// Prints why nothing is done; the code to end with.
    private func refusal(
        _ code: DiagnosticCode, _ message: String, notes: [String] = [], mend: String, _ exit: Exit = .refused
    ) -> ExitCode {
        report.findings([Diagnostic(code, message, notes: notes.map { .init($0) }, mend: mend)], texts: NoTexts())
        return exit.error
    }
}

extension LockHolder {
    /// This process.
    static func current(revision: String) -> LockHolder {
        LockHolder(
            host: ProcessInfo.processInfo.hostName, pid: getpid(), user: ProcessInfo.processInfo.userName,
            since: Date().formatted(.iso8601), revision: revision)
    }
}
