/// Findings as a person reads them: the place, what is wrong, the line with the words underlined, further places, and how to mend it.
///
///     sites/lab/hosts.yml:7:48: error[DVN0804]: address 10.1.99.150 of 'hv01' interface 'mgmt' lies inside the pool …
///        7 |       mgmt: { segment: management, addresses: [10.1.99.150], assign: reserved }
///          |                                                ^^^^^^^^^^^
///     sites/lab/segments.yml:4:13: note: the pool
///        4 |       pool: 10.1.99.100-10.1.99.200
///          |             ^^^^^^^^^^^^^^^^^^^^^^^
///         mend: choose an address outside the pool, or make the pool smaller
///
/// Nothing is told by colour alone, and every text that comes from data is made safe to show. The first line is never broken, so that it can be
/// searched and clicked; source lines are cut to the terminal's width around what they are shown for.
public struct TextRenderer: Sendable {
    private let width: Int
    private let style: TerminalStyle

    /// Makes a renderer for a terminal of `width` columns.
    public init(width: Int = 100, style: TerminalStyle = TerminalStyle(isColoured: false)) {
        self.width = max(40, width)
        self.style = style
    }

    /// The findings in the order given, a blank line between two of them; empty for none. Without `sources` no places are shown.
    public func render(_ diagnostics: [Diagnostic], sources: (any SourceTexts)?) -> String {
        diagnostics.map { render($0, sources) }.joined(separator: "\n")
    }

    private func render(_ diagnostic: Diagnostic, _ sources: (any SourceTexts)?) -> String {
        let lines = [diagnostic.span?.line].compactMap(\.self) + diagnostic.notes.compactMap(\.span?.line)
        let quoter = LineQuoter(digits: max(3, String(lines.max() ?? 0).count), width: width, style: style)
        let label = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
        var text = place(diagnostic.span, sources) + style(.init(diagnostic.severity), label) + ": "
        text += style(.strong, escapedForDisplay(diagnostic.message)) + "\n"
        let beside =
            diagnostic.span.map { span in
                diagnostic.notes.compactMap(\.span).filter { $0.file == span.file && $0.line == span.line && $0 != span }
            } ?? []
        let quote = quoter.quote(diagnostic.span, beside: beside, diagnostic.severity, sources)
        text += quote.text
        for note in diagnostic.notes {
            text += place(note.span, sources) + style(.note, "note") + ": \(escapedForDisplay(note.message))\n"
            // What is marked in the line above need not be shown again.
            if let span = note.span, !quote.marked.contains(span) { text += quoter.quote(span, beside: [], .note, sources).text }
        }
        if let mend = diagnostic.mend ?? diagnostic.code.entry?.mend {
            text += "    " + style(.mend, "mend") + ": \(escapedForDisplay(mend))\n"
        }
        return text
    }

    private func place(_ span: SourceSpan?, _ sources: (any SourceTexts)?) -> String {
        guard let span, let sources else { return "" }
        return style(.strong, "\(escapedForDisplay(sources.path(of: span.file))):\(span.line):\(span.column)") + ": "
    }
}
