import ArgumentParser
import Diagnostics
import FoundationEssentials
import GitRevisions
import InventorySchema
import Reconciling

/// How findings are written, or a plan.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, github
}

/// Where the inventory is, and which revision of it is meant.
struct InventoryOptions: ParsableArguments {
    @Option(name: [.customShort("C"), .long], help: "The inventory's repository, or a directory in it.", completion: .directory)
    var directory = "."

    @Option(help: "A commit, branch or tag to read instead of the working tree.")
    var ref: String?

    @OptionGroup var terminal: ConsoleOptions

    var console: Console { terminal.console }

    var selector: RevisionSelector { ref.map { .revision($0) } ?? .workingTree }

    /// Opens the repository; what is wrong with it is printed and ends the command.
    func open() throws -> InventoryRepository {
        // `git commit -a` keeps the coming commit in an index of its own and names it to its hooks.
        let index = ProcessInfo.processInfo.environment["GIT_INDEX_FILE"]
        do throws(RevisionError) { return try InventoryRepository(at: directory, indexFile: index) } catch { throw printed(error) }
    }

    /// Reads and compiles the revision.
    func compile(
        _ repository: InventoryRepository, _ selector: RevisionSelector? = nil, identifying: Bool = false
    ) async throws -> CompiledRevision {
        do throws(RevisionError) {
            return try await CompiledRevision.read(
                repository, selector ?? self.selector, identifying: identifying, workers: ProcessInfo.processInfo.activeProcessorCount)
        } catch {
            throw printed(error)
        }
    }

    func printed(_ error: RevisionError) -> ExitCode {
        console.report([error.diagnostic], texts: NoTexts())
        return Exit.failed.error
    }
}

extension CalendarDate {
    /// The day that it is, in UTC.
    static var today: CalendarDate {
        let time = Date().formatted(.iso8601)
        guard let today = CalendarDate(String(time.prefix(10))) else { preconditionFailure("'\(time)' begins with no date") }
        return today
    }
}

/// Texts of findings that have no place in a file.
struct NoTexts: SourceTexts {
    func path(of file: FileID) -> String { "" }
    func line(_ number: UInt32, of file: FileID) -> String? { nil }
}
