public import Diagnostics

/// Findings up to a limit; what goes beyond is counted, so that a tree of a million bad names can't fill the memory or the screen.
public struct FindingList {
    private let limit: Int
    private var kept: [Diagnostic] = []
    private var omitted = 0
    private var omittedCode: DiagnosticCode?
    private var omittedSeverity = Diagnostic.Severity.note

    /// Makes a list that keeps so many.
    public init(limit: Int) { self.limit = limit }

    /// Adds a finding, or counts it.
    public mutating func add(_ finding: Diagnostic) {
        guard kept.count >= limit else { return kept.append(finding) }
        omitted += 1
        // Errors must not vanish behind warnings: the summary is as grave as the gravest finding that it stands for.
        if omittedCode == nil || finding.severity < omittedSeverity {
            omittedCode = finding.code
            omittedSeverity = finding.severity
        }
    }

    /// The findings by place and text, the summary last.
    public func all() -> [Diagnostic] {
        var result = kept.sorted()
        if let omittedCode {
            let message = "\(omitted) further findings about the inventory's files are left out"
            result.append(Diagnostic(omittedCode, message, mend: "mend the findings above and run again", severity: omittedSeverity))
        }
        return result
    }
}
