import Diagnostics
import Planning
import Reconciling
import Targets

/// Applies a plan: targets side by side, each target's steps in order, progress on standard error.
struct Application: Sendable {
    let planner: Planner
    let outcome: Planner.Outcome
    let revision: String
    let report: ApplyReport

    /// How it ended on all targets.
    struct Result: Sendable {
        var exit = Exit.done
    }

    func run() async -> Result {
        let holder = LockHolder.current(revision: revision)
        // A host may serve several sites: its plans follow each other, since a target has one lock.
        let pending = outcome.targets.indices.filter { index in outcome.targets[index].runs.contains { $0.plan.isNeeded } }
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
                report.findings([Diagnostic(.recovered, "\(plan.target.host): \(recovered)", mend: "nothing to do")], texts: NoTexts())
            }
            report.result(end, plan)
            result.exit = result.exit.worst(Exit(end))
        }
        return result
    }

    private func apply(_ plan: TargetPlan, _ index: Int, _ holder: LockHolder) async -> (Int, TargetOutcome, String?) {
        let (end, recovered) = await TargetSession.apply(
            plan.runs, on: plan.target, records: [plan.record], holder: holder, report: { report.progress($0) },
            observe: { () async throws(TargetError) in try await planner.observeAgain(plan) })
        return (index, end, recovered)
    }
}

extension Exit {
    /// How an apply ended on a target.
    init(_ outcome: TargetOutcome) {
        self =
            switch outcome {
            case .unchanged, .applied: .done
            case .refused(let error): Exit(error)
            case .moved: .refused
            case .rolledBack, .broken: .rolledBack
            }
    }

    /// What went wrong on a target before anything was touched.
    init(_ error: TargetError) {
        self =
            switch error.kind {
            case .lockHeld: .lockHeld
            case .unreachable: .unreachable
            case .overtaken: .refused
            case .interrupted: .interrupted
            case .programMissing, .refused, .serviceFailed, .rehearsalFailed, .unexpectedShape, .visibleNotDurable, .failed: .failed
            }
    }
}
