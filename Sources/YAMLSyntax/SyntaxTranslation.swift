internal import Diagnostics

/// Says in our words what libyaml refused: the likely mistake, its place and its mend.
///
/// libyaml names the token that it missed; people want to know which quote they forgot. Its texts are those of 0.2.5 (`src/scanner.c`,
/// `src/parser.c`, `src/reader.c`); one that isn't known here is passed on as it is.
struct SyntaxTranslation {
    let failure: SyntaxFailure
    let source: SourceText
    let file: FileID
    /// The last text in quotes before the failure.
    let lastQuote: TreeBuilder.Quote?
    /// The last node before the failure.
    let lastMark: Mark
    /// The innermost open bracket or brace.
    let openBracket: Mark?
    /// Whether the document had begun.
    let hasDocument: Bool

    /// The finding.
    var diagnostic: Diagnostic {
        switch failure.stage {
        case .memory: Diagnostic(.yamlSyntax, "there was not enough memory to read the file", at: Mark.fileStart.span(in: file))
        case .reader: encodingProblem
        case .grammar: tab ?? missingQuote ?? tokenProblem ?? structureProblem ?? unknownProblem
        }
    }

    /// The character that could not stay; nil at the file's end.
    var character: Unicode.Scalar? { source.character(at: failure.index) }
    var isFirstOnLine: Bool { source.lineHead(before: failure.index).allSatisfy { $0 == " " } }

    func here(_ message: String, mend: String? = nil, notes: [Diagnostic.Note] = []) -> Diagnostic {
        Diagnostic(.yamlSyntax, message, at: failure.mark.span(in: file), notes: notes, mend: mend)
    }

    func note(_ message: String, at mark: Mark?) -> [Diagnostic.Note] {
        mark.map { [Diagnostic.Note(message, at: $0.span(in: file))] } ?? []
    }

    private var unknownProblem: Diagnostic {
        here("not YAML: \(failure.problem)", notes: note(failure.context ?? "the construct began here", at: failure.contextMark))
    }

    // MARK: Tabs

    private var tab: Diagnostic? {
        switch failure.problem {
        case "found a tab character that violates indentation", "found a tab character where an indentation space is expected":
            return tab(at: failure.mark, isIndentation: true)
        case "found character that cannot start any token" where character == "\t":
            return tab(at: failure.mark, isIndentation: isFirstOnLine)
        case "mapping values are not allowed in this context":
            let head = source.lineHead(before: failure.index)
            let blanks = head.prefix { $0 == " " || $0 == "\t" }
            guard let column = Array(blanks).firstIndex(of: "\t") else { return nil }
            return tab(at: Mark(line: failure.mark.line, column: UInt32(column)), isIndentation: true)
        default: return nil
        }
    }

    private func tab(at mark: Mark, isIndentation: Bool) -> Diagnostic {
        let message = isIndentation ? "this line is indented with a tab" : "a tab stands where YAML allows only spaces"
        return Diagnostic(.yamlTab, message, at: mark.span(in: file))
    }
}

/// `U+0041` for 65.
func codePoint(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
