import Diagnostics
import Planning
import Reconciling
import Targets

/// Applies a plan: targets side by side, each target's steps in order, progress on standard error.
struct Application: Sendable {
    let planner: Planner
    let outcome: Planner.Outcome
    let revision: String
    let console: Console

    /// How it ended on all targets.
    struct Result {
        var exit = Exit.done
    }

    func run() async -> Result {
        let holder = LockHolder.current(revision: revision)
        // A host may serve several sites: its plans follow each other, since a target has one lock.
        let pending = outcome.targets.indices.filter { index in outcome.targets[index].runs.contains { $0.plan.count > 0 } }
        let targets = Dictionary(grouping: pending) { "\(outcome.targets[$0].target.host) \(outcome.targets[$0].target.summary)" }
        let ends = await withTaskGroup(of: [(Int, TargetOutcome, String?)].self) { group in
            for indices in targets.values {
                group.addTask {
                    var ends: [(Int, TargetOutcome, String?)] = []
                    for index in indices { ends.append(await apply(outcome.targets[index], index, holder)) }
                    return ends
                }
            }
            var ends: [(Int, TargetOutcome, String?)] = []
            for await end in group { ends += end }
            return ends.sorted { $0.0 < $1.0 }
        }
        var result = Result()
        for (index, end, recovered) in ends {
            let plan = outcome.targets[index]
            if let recovered {
                console.report([Diagnostic(.recovered, "\(plan.target.host): \(recovered)", mend: "nothing to do")], texts: NoTexts())
            }
            result.exit = result.exit.worst(report(end, plan))
        }
        return result
    }

    private func apply(_ plan: TargetPlan, _ index: Int, _ holder: LockHolder) async -> (Int, TargetOutcome, String?) {
        let (end, recovered) = await TargetSession.apply(
            plan.runs, on: plan.target, records: [plan.record], holder: holder, report: { progress($0) },
            observe: { () async throws(TargetError) in try await planner.observeAgain(plan) })
        return (index, end, recovered)
    }

    private func progress(_ event: ApplyEvent) {
        if case .step(let host, let step) = event { console.note(console.errors(.faint, "  \(host): \(step.rawValue)")) }
    }

    private func report(_ end: TargetOutcome, _ plan: TargetPlan) -> Exit {
        let host = plan.target.host
        switch end {
        case .unchanged: return .done
        case .applied(let generation, let notes):
            var counts = ActionCounts()
            for run in plan.runs { counts.add(run.plan.counts) }
            let made = generation.map { ", generation \($0)" } ?? ""
            console.write(
                "\(plan.site): \(counts.total) change\(counts.total == 1 ? "" : "s") applied on \(host) (\(plan.target.summary))\(made)\n")
            for note in notes { console.write("  note: \(escapedForDisplay(note))\n") }
            return .done
        case .refused(let error): return say(error.explained(on: host))
        case .moved(let difference):
            return say((Diagnostic(.planMoved, "\(host): \(difference)", mend: "plan again"), .refused))
        case .rolledBack(let error, let undone):
            let (cause, _) = error.explained(on: host)
            let finding = Diagnostic(
                .rolledBack, "\(host) is as it was before: \(error.message)", notes: undone.map { .init("brought back: \($0)") },
                mend: cause.mend)
            return say((finding, .rolledBack))
        case .broken(let error, let left):
            let finding = Diagnostic(
                .rollbackFailed, "\(host): \(error.message), and undoing it failed too", notes: left.map { .init("left to do: \($0)") },
                mend: "mend the cause and apply again: the journal on the target knows what to undo")
            return say((finding, .rolledBack))
        }
    }

    private func say(_ said: (finding: Diagnostic, exit: Exit)) -> Exit {
        console.report([said.finding], texts: NoTexts())
        return said.exit
    }
}

extension TargetError {
    /// The finding that tells a person, and the exit code.
    func explained(on host: String) -> (finding: Diagnostic, exit: Exit) {
        switch kind {
        case .lockHeld(let holder):
            let finding = Diagnostic(
                .lockHeld,
                "\(host) is being changed by \(holder.user)@\(holder.host), process \(holder.pid), since \(holder.since), applying \(holder.revision)",
                mend: "wait until it ends, then try again")
            return (finding, .lockHeld)
        case .unreachable: return (Diagnostic(.targetUnreachable, "\(host): \(message)", mend: mend), .unreachable)
        case .overtaken: return (Diagnostic(.planMoved, "\(host): \(message)", mend: mend ?? "plan again"), .refused)
        case .programMissing: return (Diagnostic(.checkerMissing, "\(host): \(message)", mend: mend), .failed)
        case .refused: return (Diagnostic(.checkerRefused, "\(host): \(message)", mend: mend), .failed)
        case .serviceFailed: return (Diagnostic(.serviceFailed, "\(host): \(message)", mend: mend), .failed)
        case .unexpectedShape: return (Diagnostic(.targetShape, "\(host): \(message)", mend: mend), .failed)
        case .visibleNotDurable: return (Diagnostic(.visibleNotDurable, "\(host): \(message)", mend: mend), .failed)
        case .failed: return (Diagnostic(.writeFailed, "\(host): \(message)", mend: mend), .failed)
        }
    }
}
