import Diagnostics

/// Files in memory.
struct Texts: SourceTexts {
    var files: [(path: String, lines: [String])]

    /// One file, `sites/lab/hosts.yml`.
    init(_ text: String) {
        files = [("sites/lab/hosts.yml", text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))]
    }

    init(_ files: [(path: String, lines: [String])]) { self.files = files }

    func path(of file: FileID) -> String { files[Int(file.rawValue)].path }

    func line(_ number: UInt32, of file: FileID) -> String? {
        let lines = files[Int(file.rawValue)].lines
        return lines.indices.contains(Int(number) - 1) ? lines[Int(number) - 1] : nil
    }
}

extension SourceSpan {
    /// A span in the file of an index.
    static func at(_ line: UInt32, _ column: UInt32, _ length: UInt32 = 1, file: UInt32 = 0) -> SourceSpan {
        SourceSpan(file: FileID(rawValue: file), line: line, column: column, length: length)
    }
}
