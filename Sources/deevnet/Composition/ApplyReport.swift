import ArgumentParser
import Diagnostics
import Planning
import Reconciling
import Targets

/// How an apply tells what it does.
enum ApplyFormat: String, ExpressibleByArgument, CaseIterable {
    case text, jsonl
}

/// Tells an apply as it goes on: for people, progress on standard error and results on standard output; for machines, all of it as events, each
/// a line of JSON on standard output. Findings are told on standard error in any case.
struct ApplyReport: Sendable {
    let console: Console
    let format: ApplyFormat

    /// What will be applied.
    func plan(_ plan: Plan, text: () -> String) {
        guard format == .jsonl else { return console.write(text()) }
        event("plan") { json in
            json.member("source", plan.source.summary)
            json.array("sites") { json in for site in plan.sites { json.value(site.name) } }
            for action in Action.allCases { json.member(action.rawValue, plan.counts[action]) }
        }
    }

    /// What the engine says.
    func progress(_ progress: ApplyEvent) {
        switch progress {
        case .step(let host, let step):
            guard format == .jsonl else { return console.note(console.errors(.faint, "  \(host): \(step.rawValue)")) }
            event("step") { json in
                json.member("host", host)
                json.member("step", step.rawValue)
            }
        case .ended(let host, let outcome):
            guard format == .jsonl else { return }
            event("ended") { json in
                json.member("host", host)
                json.member("outcome", outcome)
            }
        }
    }

    /// How it ended on a target.
    func result(_ end: TargetOutcome, _ plan: TargetPlan) {
        var counts = ActionCounts()
        for run in plan.runs { counts.add(run.plan.counts) }
        let host = plan.target.host
        if format == .jsonl {
            event("result") { json in
                json.member("site", plan.site)
                json.member("host", host)
                json.member("target", plan.target.summary)
                json.member("outcome", end.summary)
                var (number, told): (UInt64?, [String]) = (nil, [])
                if case .applied(let generation, let notes) = end { (number, told) = (generation, notes) }
                json.member("changes", end.isApplied ? counts.total : 0)
                json.member("generation", number)
                json.array("notes") { json in for note in told { json.value(note) } }
            }
        } else if case .applied(let generation, let notes) = end {
            let made = generation.map { ", generation \($0)" } ?? ""
            let changes = "\(counts.total) change\(counts.total == 1 ? "" : "s") applied"
            console.write("\(plan.site): \(changes) on \(host) (\(escapedForDisplay(plan.target.summary)))\(made)\n")
            for note in notes { console.write("  note: \(escapedForDisplay(note))\n") }
        }
        if let finding = end.diagnostic(on: host) { findings([finding], texts: NoTexts()) }
    }

    /// What was found.
    func findings(_ findings: [Diagnostic], texts: some SourceTexts) {
        console.report(findings, texts: texts)
        guard format == .jsonl else { return }
        for finding in findings where finding.waiver == nil {
            event("finding") { json in
                json.member("code", finding.code.rawValue)
                json.member("severity", finding.severity.rawValue)
                json.member("message", finding.message)
                json.member("file", finding.span.map { texts.path(of: $0.file) })
                json.member("line", finding.span?.line)
                json.member("site", finding.site)
                json.member("mend", finding.mend ?? finding.code.entry?.mend)
            }
        }
    }

    /// The last event.
    func exit(_ code: Int32) {
        if format == .jsonl { event("exit") { json in json.member("code", code) } }
    }

    private func event(_ name: String, _ members: (inout JSONWriter) -> Void) {
        var json = JSONWriter(isPretty: false)
        json.object { json in
            json.member("event", name)
            members(&json)
        }
        console.tell(json.text + "\n")
    }
}

extension TargetOutcome {
    fileprivate var isApplied: Bool { if case .applied = self { true } else { false } }
}
