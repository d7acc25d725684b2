/// Writes a manual page in the mdoc language (mdoc(7)).
struct Roff {
    private(set) var text = ""

    /// A macro with its arguments as they are.
    mutating func macro(_ line: String) { text += ".\(line)\n" }

    /// A paragraph's text. Sentences stand on lines of their own, as the language wants it.
    mutating func prose(_ words: String) {
        var line = ""
        for word in words.split(whereSeparator: \.isWhitespace) {
            line += line.isEmpty ? Self.escaped(String(word)) : " " + Self.escaped(String(word))
            if ".:?!".contains(word.last ?? " "), word.count > 2 {
                text += Self.guarded(line) + "\n"
                line = ""
            }
        }
        if !line.isEmpty { text += Self.guarded(line) + "\n" }
    }

    /// Lines shown as they are.
    mutating func display(_ lines: [String]) {
        macro("Bd -literal -offset indent")
        for line in lines { text += Self.guarded(Self.escaped(line)) + "\n" }
        macro("Ed")
    }

    /// Words that stay together as one argument of a macro.
    static func argument(_ words: String) -> String { "\"\(escaped(words).replacing("\"", with: "\\(dq"))\"" }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq").replacing("`", with: "\\(ga")
            .replacing("…", with: "...")
    }

    /// A line that begins like a request isn't one.
    private static func guarded(_ line: String) -> String { line.hasPrefix(".") ? "\\&" + line : line }
}
