/// Shows a source line behind a gutter with its number, and marks the spans in it: `^` what the finding is about, `-` what stands beside it.
struct LineQuoter {
    let digits: Int
    let width: Int
    let style: TerminalStyle

    /// The line of a span with its marks, and the spans that are marked in it; empty when the line can't be had.
    func quote(
        _ span: SourceSpan?, beside: [SourceSpan], _ severity: Diagnostic.Severity, _ sources: (any SourceTexts)?
    ) -> (text: String, marked: [SourceSpan]) {
        guard let span, let source = sources?.line(span.line, of: span.file) else { return ("", []) }
        let line = DisplayLine(source)
        let room = width - digits - 5
        let window = line.window(around: line.cells(of: span), room: room)
        var marks = [Character](repeating: " ", count: room + 1)
        var marked = [span]
        for other in beside {
            let cells = line.cells(of: other)
            guard window.cells.lowerBound <= cells.lowerBound, cells.upperBound <= window.cells.upperBound else { continue }
            mark(cells, "-", window, &marks)
            marked.append(other)
        }
        mark(line.cells(of: span), "^", window, &marks)
        let number = String(span.line)
        let padding = String(repeating: " ", count: digits - number.count + 1)
        return (
            gutter(padding + number, trimmed(window.text))
                + gutter(String(repeating: " ", count: digits + 1), painted(trimmed(String(marks)), severity)),
            marked
        )
    }

    private func gutter(_ number: String, _ text: String) -> String {
        style(.faint, "\(number) |") + (text.isEmpty ? "\n" : " \(text)\n")
    }

    private func mark(_ cells: Range<Int>, _ character: Character, _ window: DisplayLine.Window, _ marks: inout [Character]) {
        for cell in cells.clamped(to: window.cells.lowerBound..<max(window.cells.upperBound, cells.lowerBound + 1)) {
            let position = cell - window.cells.lowerBound + window.indent
            if marks.indices.contains(position) { marks[position] = character }
        }
    }

    private func painted(_ marks: String, _ severity: Diagnostic.Severity) -> String {
        let start = marks.prefix { $0 == " " }
        return start + style(.init(severity), String(marks.dropFirst(start.count)))
    }

    private func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
