internal import Diagnostics

extension SyntaxTranslation {
    /// A quote that isn't closed is found far below where it began, so that is where it is shown.
    var missingQuote: Diagnostic? {
        switch (failure.context, failure.problem) {
        case ("while scanning a quoted scalar", "found unexpected end of stream"):
            return unclosed(failure.contextMark, "the file ends here, still inside the quotes")
        case ("while scanning a quoted scalar", "found unexpected document indicator"):
            return unclosed(failure.contextMark, "a document marker stands here, still inside the quotes")
        case (_, "could not find expected ':'"):
            guard let quote = source.character(at: failure.contextIndex), quote == "\"" || quote == "'" else { return nil }
            guard !source.lineTail(from: failure.contextIndex).unicodeScalars.dropFirst().contains(quote) else { return nil }
            return unclosed(failure.contextMark, "the next quote closes it here")
        default:
            return textBehindQuote
        }
    }

    /// Text right behind a closing quote: that quote was meant to open another text, or to stand inside.
    private var textBehindQuote: Diagnostic? {
        guard let quote = lastQuote, quote.end.line == failure.mark.line, failure.problem.hasPrefix("did not find expected"),
            failure.mark.column >= quote.end.column, failure.mark.column - quote.end.column <= 1
        else { return nil }
        if quote.start.line != quote.end.line { return unclosed(quote.start, "the next quote closes it here, and more text follows") }
        guard openBracket == nil, character != "]", character != "}" else { return nil }
        return here(
            "text follows the closing quote", mend: "put the whole text in quotes; inside single quotes, a quote is written twice: 'it''s'",
            notes: note("the quoted text begins here", at: quote.start))
    }

    private func unclosed(_ start: Mark?, _ note: String) -> Diagnostic {
        Diagnostic(
            .yamlUnclosedQuote, "the quote that begins here isn't closed", at: (start ?? failure.mark).span(in: file),
            notes: self.note(note, at: failure.mark))
    }

    /// What the scanner refuses: single characters and words.
    var tokenProblem: Diagnostic? {
        switch failure.context ?? "" {
        case "while parsing a quoted scalar": return escapeProblem
        case "while scanning an alias", "while scanning an anchor":
            let mark = failure.context == "while scanning an alias" ? "*" : "&"
            let what = mark == "*" ? "an alias" : "an anchor"
            return Diagnostic(
                .yamlSyntax, "'\(mark)' begins \(what), and no name follows", at: (failure.contextMark ?? failure.mark).span(in: file),
                mend: "put the text in quotes, or write a name of letters, digits, '-' and '_'")
        case "while scanning a tag", "while parsing a tag":
            return tagProblem("this tag can't be read")
        case "while scanning a block scalar":
            return here(
                "the line of '|' or '>' can't be read",
                mend: "begin the text on the next line; behind '|' or '>' only '+', '-' and 1 to 9 may stand",
                notes: note("the text begins here", at: failure.contextMark))
        case "while scanning a directive", "while scanning a %YAML directive":
            return Diagnostic(
                .yamlSyntax, "this line begins with '%', and is no %YAML directive",
                at: (failure.contextMark ?? failure.mark).span(in: file),
                mend: "put the text in quotes, or write '%YAML 1.2' and '---' below it")
        case "while scanning a %TAG directive", "while parsing a %TAG directive", "while parsing a tag directive":
            return tagProblem("the %TAG directive isn't supported")
        default: return characterProblem
        }
    }

    private func tagProblem(_ message: String) -> Diagnostic {
        Diagnostic(
            .yamlTag, message, at: (failure.contextMark ?? failure.mark).span(in: file),
            mend: "remove it, or put the text in quotes if the '!' belongs to it")
    }

    private var escapeProblem: Diagnostic? {
        switch failure.problem {
        case "found unknown escape character":
            let escape = source.character(at: failure.index + 1).map { shortened("\\" + String($0)) } ?? "\\"
            return here("'\(escape)' is no escape in double quotes", mend: "write '\\\\' for one backslash, or use single quotes")
        case "did not find expected hexdecimal number":
            return here(
                "hexadecimal digits are missing in this escape", mend: "write '\\x41', '\\u0041' or '\\U00000041', or use single quotes")
        case "found invalid Unicode character escape code":
            return here("this escape names no Unicode character", mend: "write the character itself, or all of it as '\\U0001F600'")
        default: return nil
        }
    }

    private var characterProblem: Diagnostic? {
        switch failure.problem {
        case "found character that cannot start any token":
            let written = character.map { shortened(String($0)) } ?? ""
            return here("'\(written)' can't begin a text without quotes", mend: "put the text in quotes")
        case "found undefined tag handle":
            return tagProblem("tags aren't supported")
        case "found incompatible YAML document":
            return here("this version of YAML isn't supported", mend: "write '%YAML 1.2', or remove the line")
        case "found duplicate %YAML directive":
            return here("the %YAML directive is written twice", mend: "remove one")
        case "found duplicate %TAG directive":
            return Diagnostic(.yamlTag, "the %TAG directive isn't supported", at: failure.mark.span(in: file), mend: "remove it")
        default: return nil
        }
    }
}
