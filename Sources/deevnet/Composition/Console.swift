import CSystemCalls
import Diagnostics
import FoundationEssentials
import Glibc

/// Results on standard output, diagnostics and progress on standard error.
struct Console: Sendable {
    /// The process's own streams, with colour where a terminal shows it.
    static let standard = Console()

    let output: TerminalStyle
    let errors: TerminalStyle
    let isInteractive: Bool
    /// Columns of the terminal; 100 where there is none.
    let width: Int

    private init() {
        let environment = ProcessInfo.processInfo.environment
        let isRefused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
        let isForced = environment["FORCE_COLOR"].map { !$0.isEmpty } ?? false
        output = TerminalStyle(isColoured: isForced || (!isRefused && isatty(STDOUT_FILENO) == 1))
        errors = TerminalStyle(isColoured: isForced || (!isRefused && isatty(STDERR_FILENO) == 1))
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

    /// Prints findings to standard error.
    func report(_ findings: [Diagnostic], texts: some SourceTexts) {
        if findings.isEmpty { return }
        note(TextRenderer(width: width, style: errors).render(findings, sources: texts))
    }

    /// `2 errors, 1 warning, 3 notes`, what isn't there left out.
    static func count(_ findings: [Diagnostic]) -> String {
        let parts = Diagnostic.Severity.allCases.compactMap { severity -> String? in
            let count = findings.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return parts.isEmpty ? "nothing found" : parts.joined(separator: ", ")
    }
}
