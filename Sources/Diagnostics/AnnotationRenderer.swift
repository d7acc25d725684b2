/// Findings as workflow commands of GitHub Actions, which shows them at their lines in a pull request.
///
///     ::error file=sites/lab/hosts.yml,line=7,col=48,endColumn=59,title=DVN0804 …::address 10.1.99.150 … lies inside the pool …%0Amend: …
///
/// The rules of escaping are those of GitHub's own toolkit (actions/toolkit, packages/core/src/command.ts): `%`, CR and LF everywhere, and in
/// a property also `:` and `,`. What a terminal would obey or hide is shown as `\u{…}` before.
public enum AnnotationRenderer {
    /// A line for each finding.
    public static func render(_ diagnostics: [Diagnostic], sources: (any SourceTexts)?) -> String {
        diagnostics.map { line($0, sources) + "\n" }.joined()
    }

    private static func line(_ diagnostic: Diagnostic, _ sources: (any SourceTexts)?) -> String {
        let entry = diagnostic.code.entry
        var properties: [(name: String, value: String)] = []
        if let span = diagnostic.span, let sources {
            properties += [
                ("file", sources.path(of: span.file)), ("line", "\(span.line)"), ("col", "\(span.column)"),
                ("endColumn", "\(span.column + span.length)"),
            ]
        }
        properties.append(("title", [diagnostic.code.rawValue, entry?.title].compactMap(\.self).joined(separator: " ")))
        var lines = [diagnostic.message]
        for note in diagnostic.notes {
            let place = note.span.flatMap { span in sources.map { "\($0.path(of: span.file)):\(span.line):\(span.column): " } } ?? ""
            lines.append("\(place)note: \(note.message)")
        }
        if let mend = diagnostic.mend ?? entry?.mend { lines.append("mend: \(mend)") }
        let command = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
        let written = properties.map { "\($0.name)=\(escapedProperty(escapedForDisplay($0.value)))" }.joined(separator: ",")
        return "::\(command) \(written)::" + lines.map { escapedData(escapedForDisplay($0)) }.joined(separator: "%0A")
    }

    /// Line breaks are escapes already.
    private static func escapedData(_ text: String) -> String { text.replacing("%", with: "%25") }

    private static func escapedProperty(_ text: String) -> String {
        escapedData(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
