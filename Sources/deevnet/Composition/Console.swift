public import ArgumentParser
import CSystemCalls
public import Diagnostics
import FoundationEssentials
import Glibc

/// How text is set off, of every command.
struct ConsoleOptions: ParsableArguments {
    @Option(help: "Colour: auto (on a terminal, heeding FORCE_COLOR, NO_COLOR and TERM=dumb), always or never.")
    var color = TerminalStyle.Choice.auto

    var console: Console { Console(color) }
}

extension TerminalStyle.Choice: ExpressibleByArgument {}

/// Results on standard output, diagnostics and progress on standard error.
struct Console: Sendable {
    let output: TerminalStyle
    let errors: TerminalStyle
    let isInteractive: Bool
    /// Columns of the terminal; 100 where there is none.
    let width: Int

    /// The process's own streams.
    init(_ choice: TerminalStyle.Choice) {
        let environment = ProcessInfo.processInfo.environment
        output = TerminalStyle(choice, environment: environment, isTerminal: isatty(STDOUT_FILENO) == 1)
        errors = TerminalStyle(choice, environment: environment, isTerminal: isatty(STDERR_FILENO) == 1)
        let columns = Int(csys_terminal_columns(STDERR_FILENO))
        width = columns > 0 ? columns : 100
        isInteractive = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    }

    /// Writes a result. Where it can't be written the command has failed; only a reader that has left has seen what it wanted.
    func write(_ text: String) {
        let fault = Self.put(text, STDOUT_FILENO)
        guard fault != 0, fault != EPIPE else { return }
        note("the result can't be written: \(unsafe strerror(fault).map { unsafe String(cString: $0) } ?? "error \(fault)")")
        exit(Exit.failed.rawValue)
    }

    /// Writes a result of which more is to come while targets are changed: nothing of that hangs on whether somebody reads it.
    func tell(_ text: String) { _ = Self.put(text, STDOUT_FILENO) }

    /// Writes to standard error; what can't be written there can't be told anywhere.
    func note(_ text: String) { _ = Self.put(text + "\n", STDERR_FILENO) }

    /// Writes all of a text; 0, or the system's error.
    private static func put(_ text: String, _ stream: Int32) -> Int32 {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(stream, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            rest = rest.dropFirst(count)
        }
        return 0
    }

    /// So many findings are told one by one: nobody reads more, and an inventory can be made to have any number.
    private static let mostFindings = 1_000

    /// Prints findings to standard error; those that are waived are counted.
    func report(_ findings: [Diagnostic], texts: some SourceTexts) {
        let told = findings.filter { $0.waiver == nil }
        let isTooMany = told.count > Self.mostFindings
        let shown = isTooMany ? Diagnostic.Severity.allCases.flatMap { severity in told.filter { $0.severity == severity } } : told
        if !told.isEmpty { note(TextRenderer(width: width, style: errors).render(Array(shown.prefix(Self.mostFindings)), sources: texts)) }
        if isTooMany { note("\n\(told.count - Self.mostFindings) more aren't shown; --format json has all\n") }
        let waived = findings.count - told.count
        if waived > 0 { note("\(waived) finding\(waived == 1 ? "" : "s") waived") }
    }

    /// `2 errors, 1 warning, 3 notes, 2 waived`, what isn't there left out.
    static func count(_ findings: [Diagnostic]) -> String {
        let waived = findings.count { $0.waiver != nil }
        let parts = Diagnostic.Severity.allCases.compactMap { severity -> String? in
            let count = findings.lazy.filter { $0.severity == severity && $0.waiver == nil }.total
            return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        let told = parts + (waived == 0 ? [] : ["\(waived) waived"])
        return told.isEmpty ? "nothing found" : told.joined(separator: ", ")
    }
}
