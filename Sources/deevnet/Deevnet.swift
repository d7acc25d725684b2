import ArgumentParser
import Diagnostics
import Reconciling

@main
struct Deevnet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deevnet",
        abstract: "Brings a site's DNS, DHCP and network boot to what its git inventory says.",
        discussion: """
            Exit codes: 0 done, or no change; 1 errors found; 2 changes pending (with --detailed-exitcode); 3 refused by a guard; \
            4 lock held; 5 rolled back; 64 usage; 75 target unreachable; 130 interrupted.
            """,
        version: "0.1.0",
        subcommands: [
            Init.self, Validate.self, PlanCommand.self, ApplyCommand.self, RecoverCommand.self, Explain.self, GraphCommand.self,
            SchemaCommand.self,
        ])

    /// The parser quotes what was typed as it is: what would reach the terminal is made safe to show.
    static func main() async {
        ProcessHeap.limit()
        do {
            var command = try await asyncParseAsRoot(nil)
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            let message = fullMessage(for: error)
            guard !exitCode(for: error).isSuccess, !message.isEmpty else { exit(withError: error) }
            let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
            Console(.auto).note(lines.map { escapedForDisplay(String($0)) }.joined(separator: "\n"))
            exit(withError: exitCode(for: error))
        }
    }

    /// Findings as SARIF of this program.
    static func sarif(_ findings: [Diagnostic], _ texts: some SourceTexts) -> String {
        SARIFRenderer.document(findings, sources: texts, programVersion: configuration.version)
    }
}
