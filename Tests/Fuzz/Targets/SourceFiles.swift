import Diagnostics

/// Files as findings point into them.
struct SourceFiles: SourceTexts {
    private let files: [(path: String, lines: [ArraySlice<UInt8>])]

    init(_ files: [(path: String, bytes: [UInt8])]) {
        self.files = files.map { path, bytes in
            let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
            return (path, text.split(separator: 0x0A, omittingEmptySubsequences: false))
        }
    }

    func path(of file: FileID) -> String { files.indices.contains(Int(file.rawValue)) ? files[Int(file.rawValue)].path : "?" }

    func line(_ number: UInt32, of file: FileID) -> String? { bytes(number, file).map { String(decoding: $0, as: UTF8.self) } }

    private func bytes(_ number: UInt32, _ file: FileID) -> ArraySlice<UInt8>? {
        guard files.indices.contains(Int(file.rawValue)), number >= 1 else { return nil }
        let lines = files[Int(file.rawValue)].lines
        return lines.indices.contains(Int(number) - 1) ? lines[Int(number) - 1] : nil
    }

    /// Whether a span lies within its file; it may stand right behind a line's last character.
    func contain(_ span: SourceSpan) -> Bool {
        guard let line = bytes(span.line, span.file), span.column >= 1, span.length >= 1 else { return false }
        let characters = line.count { $0 & 0xC0 != 0x80 }
        return Int(span.column) + Int(span.length) - 1 <= max(characters, Int(span.column) - 1) + 1 && Int(span.column) <= characters + 1
    }

    /// What is promised of all findings: places within the files, and a text that no terminal is led astray by.
    func check(_ findings: [Diagnostic]) throws(Violation) {
        for finding in findings {
            for span in [finding.span] + finding.notes.map(\.span) {
                guard let span else { continue }
                try require(contain(span), "\(finding.code.rawValue) '\(finding.message)' stands at \(span), outside of its file")
            }
            // Only what isn't written anywhere has no place.
            try require(
                finding.span != nil || finding.severity != .error || finding.code == .missingKey,
                "\(finding.code.rawValue) '\(finding.message)' has no place")
        }
        for line in TextRenderer(width: 80).render(findings, sources: self).split(separator: "\n") {
            try require(escapedForDisplay(String(line)) == line, "a raw control character is shown: \(escapedForDisplay(String(line)))")
        }
    }
}
