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

    @Flag(help: "Make an error of each waiver that has expired, as --staged does: for CI.")
    var strict = false

    @Option(help: "How the findings are written: text, json, sarif (2.1.0), or github, which shows them in a pull request.")
    var format = OutputFormat.text

    @Flag(help: "Show notes too: parked workloads, unknown MACs, hosts without a place.")
    var notes = false

    func validate() throws {
        if staged, inventory.ref != nil { throw ValidationError("--staged reads the index, and --ref a commit: give one of the two.") }
    }

    func run() async throws {
        let repository = try inventory.open()
        let compiled = try await inventory.compile(repository, staged ? .index : nil)
        let console = inventory.console
        let waivers = Waivers(of: compiled.inventory, on: .today)
        let found = waivers.mark(compiled.diagnostics + ProviderRegistry.standard.findings(for: compiled))
        let findings = (found + waivers.expired(isStrict: strict || staged) + waivers.unused(by: found)).sorted()
        let shown = findings.filter { $0.waiver == nil && (notes || $0.severity != .note) }
        switch format {
        case .json: console.write(JSONRenderer.document(findings, sources: compiled.snapshot))
        case .sarif: console.write(Deevnet.sarif(findings, compiled.snapshot))
        case .github: console.write(AnnotationRenderer.render(shown, sources: compiled.snapshot))
        case .text:
            console.report(shown, texts: compiled.snapshot)
            let sites = compiled.inventory.sites.map(\.name).joined(separator: ", ")
            console.write(
                "\(compiled.snapshot.files.count) files, sites \(sites.isEmpty ? "none" : sites): \(Console.count(findings))\n")
        }
        try (findings.contains { $0.severity == .error } ? Exit.failed : .done).end()
    }
}
