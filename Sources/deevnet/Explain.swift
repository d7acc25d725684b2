import ArgumentParser
import Diagnostics
import Planning
import Reconciling
import SiteCompiler

struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Tell what follows from a host, MAC, address, name, service, segment, resource or diagnostic code, and where it was written.")

    @Argument(
        help: "What to explain: hv01, 02:de:20:01:01:01, 10.20.99.21, artifacts.deevnet.net, DVN0401 …", completion: LiveNames.subjects)
    var subject: String

    @OptionGroup var inventory: InventoryOptions

    func run() async throws {
        let console = inventory.console
        if let code = DiagnosticCode(rawValue: subject.uppercased()), let entry = code.entry {
            console.write(text(code, entry, console.output))
            return
        }
        let compiled = try await inventory.compile(try inventory.open())
        console.report(compiled.diagnostics.filter { $0.severity == .error }, texts: compiled.snapshot)
        let explainer = Explainer(compiled, registry: .standard)
        let found = await explainer.explain(subject)
        guard !found.isEmpty else {
            let nearest = nearestName(to: subject, among: explainer.vocabulary)
            let finding = Diagnostic(
                .unknownHost, "nothing at any site is called '\(escapedForDisplay(subject))'",
                mend: nearest.map { "did you mean '\($0)'?" }
                    ?? "give a host, MAC, address, name, service, segment, resource address or code")
            console.report([finding], texts: NoTexts())
            throw Exit.failed.error
        }
        console.write(found.map { text($0, compiled.snapshot, console.output) }.joined(separator: "\n"))
    }

    private func text(_ code: DiagnosticCode, _ entry: DiagnosticCode.Entry, _ style: TerminalStyle) -> String {
        var lines = [
            style(.strong, "\(code.rawValue): \(entry.title)") + " (\(code.severity.rawValue))", "", entry.why, "", "mend: \(entry.mend)",
            "", "for example:",
        ]
        lines += entry.example.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func text(_ explanation: Explanation, _ texts: some SourceTexts, _ style: TerminalStyle) -> String {
        var lines = [style(.strong, escapedForDisplay(explanation.title))]
        lines.append("  written at")
        for origin in explanation.origins {
            guard let span = origin.span else { continue }
            lines.append("    \(style(.place, place(span, texts)))  \(escapedForDisplay(origin.path))")
        }
        if !explanation.resources.isEmpty { lines.append("  becomes") }
        for resource in explanation.resources {
            lines.append("    \(resource.address)")
            for rendered in resource.rendered { lines.append("      " + style(.faint, "\(rendered.file): ") + rendered.line) }
        }
        if !explanation.dependents.isEmpty { lines.append("  stands on it") }
        for dependent in explanation.dependents { lines.append("    \(dependent)") }
        lines += text(explanation.absence, texts, style)
        return lines.joined(separator: "\n") + "\n"
    }

    private func place(_ span: SourceSpan, _ texts: some SourceTexts) -> String {
        escapedForDisplay("\(texts.path(of: span.file)):\(span.line):\(span.column)")
    }

    private func text(_ absence: Explanation.Absence, _ texts: some SourceTexts, _ style: TerminalStyle) -> [String] {
        switch absence {
        case .unknown(let reason): return ["  without it: can't be told, since \(reason)"]
        case .refused(let errors):
            return ["  without it the inventory would be refused"]
                + errors.map { error in
                    let at = error.span.map { style(.place, place($0, texts) + ": ") } ?? ""
                    return "    \(at)\(error.code.rawValue): \(escapedForDisplay(error.message))"
                }
        case .changes(let changes, let unplanned):
            var lines = changes.isEmpty && unplanned.isEmpty ? ["  without it nothing would change on a target"] : []
            if !changes.isEmpty { lines.append("  without it") }
            lines += changes.map { change in
                switch change.action {
                case .create: "    " + style(.added, "+ \(change.address)")
                case .update, .replace: "    " + style(.changed, "~ \(change.address)")
                case .delete, .decommission: "    " + style(.removed, "- \(change.address)")
                }
            }
            if !unplanned.isEmpty {
                lines.append("  not told: what would change by \(unplanned.joined(separator: ", ")), of which there is no provider yet")
            }
            return lines
        }
    }
}
