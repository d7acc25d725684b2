import ArgumentParser
import Diagnostics
import FoundationEssentials
import InventorySchema

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Begin an inventory in this git repository: an organisation, one site and its builder, ready to be edited.")

    @Option(help: "The organisation's name.")
    var organization = "example"

    @Option(help: "The domain below which the sites' domains lie.")
    var domain = "example.org"

    @Option(help: "The first site's name.")
    var site = "home"

    @Option(name: [.customShort("C"), .long], help: "Where to begin.", completion: .directory)
    var directory = "."

    @OptionGroup var terminal: ConsoleOptions

    func run() throws {
        let console = terminal.console
        let files = Starter(organization: organization, domain: domain, site: site).files
        let manager = FileManager.default
        let existing = files.map(\.path).filter { manager.fileExists(atPath: "\(directory)/\($0)") }
        guard existing.isEmpty else {
            return try refuse(
                .unexpectedFile, "\(existing.joined(separator: ", ")) is there already, nothing was written",
                "remove it, or begin in another directory")
        }
        if let problem = Starter.problem(organization: organization, domain: domain, site: site) {
            return try refuse(.badName, problem, "use lowercase letters, digits and hyphens")
        }
        if let link = firstLink(on: files.map(\.path)) {
            return try refuse(
                .inventorySymlink,
                "\(escapedForDisplay("\(directory)/\(link)")) is a symbolic link, and links are never followed; nothing was written",
                "remove the link, or begin in another directory")
        }
        for file in files {
            let path = "\(directory)/\(file.path)"
            do {
                try manager.createDirectory(
                    atPath: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
            } catch {
                return try refuse(.writeFailed, "\(escapedForDisplay(path)) can't be written", "check the directory's rights and space")
            }
            console.write("wrote \(file.path)\n")
        }
        if !manager.fileExists(atPath: "\(directory)/.git") { console.write("next: git init && git add . && git commit\n") }
        console.write("next: edit the files, then deevnet validate && deevnet plan --root /tmp/dry\n")
    }

    /// The first link below the directory on the way to one of the files; what it leads to isn't the inventory's.
    private func firstLink(on paths: [String]) -> String? {
        for path in paths {
            var way = ""
            for part in path.split(separator: "/") {
                way += way.isEmpty ? String(part) : "/\(part)"
                if (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/\(way)")) != nil { return way }
            }
        }
        return nil
    }

    private func refuse(_ code: DiagnosticCode, _ message: String, _ mend: String) throws {
        terminal.console.report([Diagnostic(code, message, mend: mend, severity: .error)], texts: NoTexts())
        throw Exit.failed.error
    }
}
