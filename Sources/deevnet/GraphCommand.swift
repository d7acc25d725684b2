import ArgumentParser
import Diagnostics
import Reconciling
import SiteCompiler
import Targets

struct GraphCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Draw a site: segments, hosts, services, and who serves what.")

    /// The languages a drawing is written in.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case mermaid, dot, svg, json
    }

    @Argument(help: "The site; may be left out where there is one.", completion: LiveNames.sites)
    var site: String?

    @OptionGroup var inventory: InventoryOptions

    @Option(help: "mermaid, dot (Graphviz), svg (drawn by Graphviz) or json.")
    var format = Format.mermaid

    func run() async throws {
        let console = inventory.console
        let compiled = try await inventory.compile(try inventory.open())
        console.report(compiled.diagnostics.filter { $0.severity == .error }, texts: compiled.snapshot)
        let graphs = compiled.compilation.graphs
        guard let graph = site.map({ name in graphs.first { $0.site == name } }) ?? (graphs.count == 1 ? graphs[0] : nil) else {
            if compiled.hasErrors { throw Exit.failed.error }
            let finding = Diagnostic(
                .unknownSite, site.map { "there is no site '\(escapedForDisplay($0))'" } ?? "there are several sites",
                mend: site.flatMap { nearestName(to: $0, among: graphs.map(\.site)) }.map { "did you mean '\($0)'?" }
                    ?? "name one of: \(graphs.map(\.site).joined(separator: ", "))")
            console.report([finding], texts: NoTexts())
            throw Exit.failed.error
        }
        let drawing = Drawing(graph)
        switch format {
        case .mermaid: console.write(drawing.mermaid)
        case .dot: console.write(drawing.dot)
        case .svg:
            do throws(TargetError) { console.write(try await Graphviz.svg(of: drawing.dot)) } catch {
                let isMissing = error.kind == .programMissing
                let finding = Diagnostic(
                    .programMissing, isMissing ? "Graphviz isn't installed: \(error.message)" : "Graphviz doesn't draw: \(error.message)",
                    mend: isMissing ? "apt-get install graphviz, or use --format dot" : error.mend)
                console.report([finding], texts: NoTexts())
                throw Exit.failed.error
            }
        case .json: console.write(drawing.json)
        }
        if compiled.hasErrors { throw Exit.failed.error }
    }
}
