/// A source line as a terminal shows it, cell by cell: tabs become spaces, unsafe characters their escapes, wide characters take two cells and
/// combining marks none.
struct DisplayLine {
    private struct Piece {
        var text: String
        var width: Int
    }

    /// A part of a line that fits a terminal.
    struct Window {
        /// The text, with `…` where the line goes on.
        var text: String
        /// The line's cells that are shown.
        var cells: Range<Int>
        /// How many cells stand in the text before the first of them.
        var indent: Int
    }

    /// One piece for each Unicode scalar, so that columns are indices.
    private var pieces: [Piece] = []
    /// The first cell of each piece, and of the end.
    private var starts = [0]

    init(_ source: String) {
        for scalar in source.unicodeScalars {
            let column = starts[starts.count - 1]
            let piece = Self.piece(scalar, at: column)
            pieces.append(piece)
            starts.append(column + piece.width)
        }
    }

    private static func piece(_ scalar: Unicode.Scalar, at column: Int) -> Piece {
        if scalar == "\t" {
            let width = 4 - column % 4
            return Piece(text: String(repeating: " ", count: width), width: width)
        }
        if isUnsafeForDisplay(scalar) {
            let text = escapedForDisplay(String(scalar))
            return Piece(text: text, width: text.utf8.count)
        }
        return Piece(text: String(scalar), width: cellWidth(of: scalar))
    }

    /// The cells of a span, at least one; behind the line's end for a span that lies there.
    func cells(of span: SourceSpan) -> Range<Int> {
        let first = min(Int(span.column) - 1, pieces.count)
        let end = min(first + Int(span.length), pieces.count)
        return starts[first]..<max(starts[end], starts[first] + 1)
    }

    /// The whole line where it fits, else a part of at most `room` cells with the wanted cells in it, as many of them as there is room for.
    func window(around wanted: Range<Int>, room: Int) -> Window {
        let end = starts[starts.count - 1]
        if max(end, wanted.upperBound) <= room { return Window(text: text(0..<pieces.count), cells: 0..<end, indent: 0) }
        // Enough of what stands before to know where one is, then as much of what is wanted as there is room for.
        let before = max(12, min(room / 2, room - 2 - wanted.count))
        var first = 0
        if wanted.upperBound > room - 1 {
            let start = max(0, wanted.lowerBound - before)
            first = starts.firstIndex { $0 >= start } ?? pieces.count
        }
        let indent = first > 0 ? 1 : 0
        var last = first
        while last < pieces.count, starts[last + 1] - starts[first] + indent + (last + 1 < pieces.count ? 1 : 0) <= room { last += 1 }
        let text = (indent > 0 ? "…" : "") + text(first..<last) + (last < pieces.count ? "…" : "")
        return Window(text: text, cells: starts[first]..<starts[last], indent: indent)
    }

    private func text(_ range: Range<Int>) -> String { pieces[range].map(\.text).joined() }
}

/// How many terminal cells a character takes: combining marks none, wide ones two (UAX #11, and emoji as terminals draw them).
private func cellWidth(of scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1160...0x11FF: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
        return 2
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
}
