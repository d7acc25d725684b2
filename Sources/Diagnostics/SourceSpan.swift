/// A source file of one inventory snapshot, as an index into its list of files.
public struct FileID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The index into the snapshot's files, which are sorted by path.
    public var rawValue: UInt32

    /// Makes the identifier of the file at an index.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Orders files as the snapshot does: by path.
    public static func < (a: FileID, b: FileID) -> Bool { a.rawValue < b.rawValue }
}

/// Where something stands in a source file. Lines and columns start at 1; columns count characters (Unicode scalars), not bytes.
public struct SourceSpan: Hashable, Comparable, Sendable {
    /// The file.
    public var file: FileID
    /// The first line, from 1.
    public var line: UInt32
    /// The first column, from 1.
    public var column: UInt32
    /// Characters to underline on the first line; at least 1.
    public var length: UInt32

    /// Makes a span of `length` characters.
    public init(file: FileID, line: UInt32, column: UInt32, length: UInt32 = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }

    /// Orders spans by place: file, line, column.
    public static func < (a: SourceSpan, b: SourceSpan) -> Bool {
        (a.file.rawValue, a.line, a.column, a.length) < (b.file.rawValue, b.line, b.column, b.length)
    }
}

/// What a renderer asks of the files that diagnostics point into.
public protocol SourceTexts: Sendable {
    /// The path to print, relative to the inventory's root.
    func path(of file: FileID) -> String
    /// The text of a line (from 1) without its line break; nil when it can't be had any more.
    func line(_ number: UInt32, of file: FileID) -> String?
}

extension SourceSpan {
    /// The first character of the first file, for things that no file names any more.
    public static let nowhere = SourceSpan(file: FileID(rawValue: 0), line: 1, column: 1)
}
