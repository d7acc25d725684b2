internal import Diagnostics

/// A place as libyaml counts it: characters, from zero.
struct Mark: Equatable, Sendable {
    var line: UInt32
    var column: UInt32

    static let fileStart = Mark(line: 0, column: 0)

    /// The place as people count it: from one.
    func span(in file: FileID, length: UInt32 = 1) -> SourceSpan {
        SourceSpan(file: file, line: line + 1, column: column + 1, length: max(1, length))
    }

    /// How many characters lie between this mark and a later one of the same line; 1 when that one is on another line, where counting would
    /// need the text.
    func length(to end: Mark) -> UInt32 {
        end.line == line && end.column > column ? end.column - column : 1
    }
}
