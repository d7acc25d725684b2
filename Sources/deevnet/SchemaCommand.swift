public import ArgumentParser
import Diagnostics
public import InventorySchema
import Reconciling

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of a kind of inventory file, for editors and other tools.")

    @Argument(help: "inventory (files below inventory/) or site (files below sites/NAME/).")
    var kind = DocumentKind.site

    @Option(help: "Where names are referred to, take only those that exist for this site.", completion: LiveNames.sites)
    var site: String?

    @OptionGroup var inventory: InventoryOptions

    func run() async throws {
        inventory.console.write(JSONSchema(kind, names: try await names()).text)
    }

    private func names() async throws -> ExistingNames? {
        guard let site else { return nil }
        let compiled = try await inventory.compile(try inventory.open())
        if let names = ExistingNames(compiled.inventory, site: site) { return names }
        let known = compiled.inventory.sites.map(\.name)
        let finding = Diagnostic(
            .unknownSite, "there is no site '\(escapedForDisplay(site))'",
            mend: nearestName(to: site, among: known).map { "did you mean '\($0)'?" } ?? "name one of: \(known.joined(separator: ", "))")
        inventory.console.report([finding], texts: NoTexts())
        throw Exit.failed.error
    }
}

extension DocumentKind: ExpressibleByArgument {}
