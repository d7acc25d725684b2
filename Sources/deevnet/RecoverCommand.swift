import ArgumentParser
import CSystemCalls
import Diagnostics
import FoundationEssentials
import Reconciling
import Targets

struct RecoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover", abstract: "Finish or undo what an apply that was cut off left on this machine.",
        discussion: """
            Needs neither the inventory nor its repository. Every apply does the same first; deevnet-recover.service does it at boot, before \
            the daemons start.
            """)

    @Option(help: "Recover the dry trees in this directory instead of this machine.", completion: .directory)
    var root: String?

    @Flag(help: "Leave services alone: at boot they start later, on the files that are live then.")
    var filesOnly = false

    @OptionGroup var terminal: ConsoleOptions

    func validate() throws {
        if root?.isEmpty == true { throw ValidationError("--root needs a directory.") }
    }

    func run() async throws {
        let console = terminal.console
        csys_survive_broken_pipes()
        try await interruptible(console) { try await recover(console) }
    }

    private func recover(_ console: Console) async throws {
        var worst = Exit.done
        var isClean = true
        for target in try targets(console) {
            do throws(TargetError) {
                guard let recovered = try await TargetSession.recover(target, holder: .current(revision: "recovery")) else { continue }
                isClean = false
                var finding = recovered.diagnostic(on: target.host)
                if let unfinished = recovered.unfinished {
                    finding.severity = .error
                    worst = worst.worst(Exit(unfinished))
                }
                console.report([finding], texts: NoTexts())
            } catch {
                isClean = false
                console.report([error.diagnostic(on: target.host)], texts: NoTexts())
                worst = worst.worst(Exit(error))
            }
        }
        if isClean { console.note("nothing was left to finish or undo") }
        try worst.end()
    }

    private func targets(_ console: Console) throws -> [any Target] {
        do throws(TargetError) {
            return try LocalTargets.unnamed(root: root.map(PlanOptions.absolute), managesServices: !filesOnly)
        } catch {
            console.report([Diagnostic(.targetShape, error.message, mend: error.mend)], texts: NoTexts())
            throw Exit(error).error
        }
    }
}

extension TargetSession.Recovered {
    /// As a finding, with what is still to do.
    func diagnostic(on host: String) -> Diagnostic {
        Diagnostic(
            .recovered, "\(host): \(done)" + (unfinished.map { "; still to do: \($0.message)" } ?? ""),
            mend: unfinished == nil
                ? "nothing to do" : "mend what keeps the service from starting, then `deevnet apply` or `deevnet recover`")
    }
}
