/// Findings as JSON, for editors, pipelines and other programs.
///
/// Keys are added in later versions and never change their meaning. Every finding has all of these, `null` where there is nothing to say:
///
/// - `code`: the stable code, such as `DVN0804`
/// - `severity`: `error`, `warning` or `note`
/// - `message`: what is wrong
/// - `file`, `line`, `column`, `length`: where; line and column count from 1, columns and length in Unicode scalars
/// - `site`: the site that an error stops; `null` stops every site
/// - `notes`: further places, each with `message`, `file`, `line`, `column`, `length`
/// - `mend`: what to type
/// - `title`: the rule
/// - `explanation`: where the rule is explained, below the documentation's root
/// - `fingerprint`: what stays the same when lines come or go above it; see ``Fingerprints``
/// - `waiver`: why the finding is ignored by choice; `null`: it isn't
public enum JSONRenderer {
    /// The version of the document that ``document(_:sources:)`` gives; the part before the dot changes when an old reader would misread it.
    public static let formatVersion = "1.2"

    /// A whole document: `format_version`, `valid`, a count for each severity, in which what is waived isn't and what isn't told one by one
    /// (`DVN0225`) is, the count of what is waived, and `diagnostics` in the order given.
    public static func document(_ diagnostics: [Diagnostic], sources: (any SourceTexts)?) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("format_version", formatVersion)
            json.member("valid", !diagnostics.contains { $0.severity == .error })
            for severity in Diagnostic.Severity.allCases {
                json.member("\(severity.rawValue)_count", diagnostics.lazy.filter { $0.severity == severity && $0.waiver == nil }.total)
            }
            json.member("waived_count", diagnostics.count { $0.waiver != nil })
            json.key("diagnostics")
            write(diagnostics, sources: sources, to: &json)
        }
        return json.text
    }

    /// Writes findings as one array, to stand inside another document.
    public static func write(_ diagnostics: [Diagnostic], sources: (any SourceTexts)?, to json: inout JSONWriter) {
        json.array { json in
            for (diagnostic, fingerprint) in zip(diagnostics, Fingerprints.of(diagnostics, sources: sources)) {
                write(diagnostic, fingerprint, sources, &json)
            }
        }
    }

    private static func write(
        _ diagnostic: Diagnostic, _ fingerprint: String, _ sources: (any SourceTexts)?, _ json: inout JSONWriter
    ) {
        let entry = diagnostic.code.entry
        json.object { json in
            json.member("code", diagnostic.code.rawValue)
            json.member("severity", diagnostic.severity.rawValue)
            json.member("message", diagnostic.message)
            place(diagnostic.span, sources, &json)
            json.member("site", diagnostic.site)
            json.array("notes") { json in
                for note in diagnostic.notes {
                    json.object { json in
                        json.member("message", note.message)
                        place(note.span, sources, &json)
                    }
                }
            }
            json.member("mend", diagnostic.mend ?? entry?.mend)
            json.member("title", entry?.title)
            json.member("explanation", diagnostic.code.explanation)
            json.member("fingerprint", fingerprint)
            json.member("waiver", diagnostic.waiver)
        }
    }

    private static func place(_ span: SourceSpan?, _ sources: (any SourceTexts)?, _ json: inout JSONWriter) {
        json.member("file", span.flatMap { sources?.path(of: $0.file) })
        json.member("line", span?.line)
        json.member("column", span?.column)
        json.member("length", span?.length)
    }
}
