internal import Diagnostics

extension SyntaxTranslation {
    /// What the parser refuses: the order and indentation of keys, lists and brackets.
    var structureProblem: Diagnostic? {
        switch failure.problem {
        case "mapping values are not allowed in this context": colonProblem
        case "mapping keys are not allowed in this context":
            here("'?' can't begin a key here", mend: "put the text in quotes if the '?' belongs to it")
        case "block sequence entries are not allowed in this context":
            here("a list can't begin on this line", mend: "write each '- item' on a line of its own, or all as '[item, item]'")
        case "could not find expected ':'":
            Diagnostic(
                .yamlSyntax, "no ': ' follows this key", at: (failure.contextMark ?? failure.mark).span(in: file),
                mend: "write 'key: value' with a space behind the colon, or indent the line if it continues the text above")
        case "found unexpected ':'":
            here("':' can't stand in a text without quotes here", mend: "put the text in quotes")
        case "did not find expected key": keyProblem
        case "did not find expected '-' indicator": itemProblem
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'": bracketProblem
        case "did not find expected node content": valueProblem
        case "did not find expected <document start>": documentProblem
        default: nil
        }
    }

    private var colonProblem: Diagnostic {
        let head = source.lineHead(before: failure.index)
        if head.hasPrefix("--- ") {
            return here("a mapping can't begin on the line of '---'", mend: "write it on the next line")
        }
        // The line up to this colon holds another one: 'a: b: c'. Otherwise it was taken for the rest of the text above it.
        if head.contains(": ") {
            return here("a second ': ' stands on this line", mend: "put the value in quotes if the colon belongs to it")
        }
        guard lastMark.line < failure.mark.line else {
            return here("a ':' can't stand here", mend: "put the text in quotes if the colon belongs to it")
        }
        return here(
            "this line is indented as if it continued the text above, and has a key",
            mend: "indent it like the keys beside it, or end the line above with ':'",
            notes: note("the text begins here", at: lastMark))
    }

    private var keyProblem: Diagnostic {
        if let closing { return closing }
        if character == ":" { return here("no key stands before this ':'", mend: "write the key, or put the text in quotes") }
        guard isFirstOnLine else {
            return here("more text follows where the value has ended", mend: "put the whole value in quotes")
        }
        if character == "-", source.lineTail(from: failure.index).hasPrefix("- ") {
            return here(
                "a list item stands where a key belongs", mend: "indent the list below its key",
                notes: note("the mapping begins here", at: failure.contextMark))
        }
        return here(
            "the indentation of this line fits nothing above it", mend: "indent it exactly like the keys beside it",
            notes: note("the mapping that it would belong to begins here", at: failure.contextMark))
    }

    private var itemProblem: Diagnostic {
        if let closing { return closing }
        guard isFirstOnLine else {
            return here("more text follows where the item has ended", mend: "put the whole item in quotes")
        }
        return here(
            "a list goes on here without '- '", mend: "write '- ' before it, or indent it like the key that it stands beside",
            notes: note("the list begins here", at: failure.contextMark))
    }

    /// A closing bracket that was never opened.
    private var closing: Diagnostic? {
        guard let character, character == "]" || character == "}" else { return nil }
        return here("'\(character)' closes nothing", mend: "remove it, or put the text in quotes")
    }

    private var bracketProblem: Diagnostic {
        let isList = failure.problem.contains("]")
        let (open, close) = isList ? ("[", "]") : ("{", "}")
        // The rest of the line would have told; on another line, the closing bracket is what was forgotten.
        if let start = openBracket ?? failure.contextMark, character == nil || start.line != failure.mark.line {
            return unclosed(start, open: open, close: close)
        }
        return here(
            "a ',' or '\(close)' is missing here", mend: "separate entries with ', '; put a text with ': ' or ',' in quotes",
            notes: note("'\(open)' stands here", at: failure.contextMark))
    }

    private func unclosed(_ start: Mark, open: String, close: String) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "'\(open)' isn't closed", at: start.span(in: file),
            notes: note(character == nil ? "the file ends here" : "it can't go on here", at: failure.mark),
            mend: "write '\(close)' at the end of the list or mapping")
    }

    private var valueProblem: Diagnostic {
        if let openBracket {
            let start = openBracket
            if character == nil {
                let open = source.character(at: start) ?? "["
                return unclosed(start, open: String(open), close: open == "{" ? "}" : "]")
            }
            if character == "," { return here("a value is missing before this ','", mend: "remove the ',', or write the value") }
        }
        if let closing { return closing }
        if let character { return here("'\(shortened(String(character)))' can't begin a value", mend: "put the text in quotes") }
        return here("a value is missing here")
    }

    private var documentProblem: Diagnostic {
        guard hasDocument else {
            return here(
                "the directive above isn't followed by '---'", mend: "write '---' on a line of its own, or put the text with '%' in quotes")
        }
        if isFirstOnLine {
            return Diagnostic(
                .yamlSeveralDocuments, "text follows the end of the document", at: failure.mark.span(in: file))
        }
        return here("more text follows where the value has ended", mend: "put the whole text in quotes")
    }
}
