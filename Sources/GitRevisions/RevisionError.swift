public import Diagnostics

/// Why a state of the inventory, or one file of it, can't be read. It carries the finding to show.
public struct RevisionError: Error, Hashable, Sendable {
    /// The finding: what, where, and what to type next.
    public let diagnostic: Diagnostic

    /// Makes an error of a finding.
    public init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

    init(_ code: DiagnosticCode, _ message: String, at span: SourceSpan? = nil, notes: [String] = [], mend: String? = nil) {
        diagnostic = Diagnostic(code, message, at: span, notes: notes.map { Diagnostic.Note($0) }, mend: mend)
    }
}
