import ArgumentParser
import Diagnostics
import GitRevisions
import InventorySchema
import Reconciling

struct Validate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the inventory: all findings at once, each with its place and its mend.")

    @OptionGroup var inventory: InventoryOptions

    @Flag(help: "Check what is staged in git's index, as a pre-commit hook does.")
    var staged = false

    @Option(help: "How the findings are written: text or json.")
    var format = OutputFormat.text

    @Flag(help: "Show notes too: parked workloads, unknown MACs, hosts without a place.")
    var notes = false

    func validate() throws {
        if staged, inventory.ref != nil { throw ValidationError("--staged reads the index, and --ref a commit: give one of the two.") }
    }

    func run() async throws {
        let repository = try inventory.open()
        let compiled = try await inventory.compile(repository, staged ? .index : nil)
        let findings = (compiled.diagnostics + ProviderRegistry.standard.findings(for: compiled)).sorted()
        switch format {
        case .json: Console.standard.write(JSONRenderer.document(findings, sources: compiled.snapshot))
        case .text:
            Console.standard.report(findings.filter { notes || $0.severity != .note }, texts: compiled.snapshot)
            let sites = compiled.inventory.sites.map(\.name).joined(separator: ", ")
            Console.standard.write(
                "\(compiled.snapshot.files.count) files, sites \(sites.isEmpty ? "none" : sites): \(Console.count(findings))\n")
        }
        try (findings.contains { $0.severity == .error } ? Exit.failed : .done).end()
    }
}
