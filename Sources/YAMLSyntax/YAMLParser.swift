public import Diagnostics

/// Reads YAML files into trees.
///
/// A strict part of YAML 1.1 and 1.2 is accepted, as libyaml reads it; `docs/reference/yaml.md` lists what is and why. In short: one document of
/// UTF-8; block and flow collections; every scalar style; anchors and aliases within limits. Refused are repeated keys, keys that aren't
/// texts, tags, merge keys, further documents, and whatever is larger or deeper than ``YAMLLimits`` allows.
///
/// A parser keeps its working memory from file to file, so read many small files with one. It is a value without shared parts: give each
/// task its own.
public struct YAMLParser: Sendable {
    private var builder: TreeBuilder
    private let limits: YAMLLimits
    private let readsPlainFiles: Bool

    /// Makes a parser.
    public init(limits: YAMLLimits = .standard) { self.init(limits: limits, readsPlainFiles: true) }

    /// Makes a parser that may be told to leave every file to libyaml, for comparing what both ways give.
    package init(limits: YAMLLimits = .standard, readsPlainFiles: Bool) {
        self.limits = limits
        self.readsPlainFiles = readsPlainFiles
        // The seed decides where texts sit in a hash table, nothing that can be seen; Swift's hashing is seeded at each start of the process.
        builder = TreeBuilder(limits: limits, seed: UInt64(bitPattern: Int64("YAMLSyntax".hashValue)))
    }

    /// Reads one file with a parser of its own.
    public static func parse(
        _ bytes: [UInt8], file: FileID, limits: YAMLLimits = .standard, into diagnostics: inout DiagnosticList
    ) -> YAMLTree? {
        var parser = YAMLParser(limits: limits)
        return parser.parse(bytes, file: file, into: &diagnostics)
    }

    /// Reads one file. The tree is nil exactly when an error was added to `diagnostics`; warnings may be added with or without a tree.
    ///
    /// Everything is reported up to the place where libyaml can't go on, at most 100 findings.
    public mutating func parse(_ bytes: [UInt8], file: FileID, into diagnostics: inout DiagnosticList) -> YAMLTree? {
        if let refusal = refusal(of: bytes, file: file) {
            diagnostics.add(refusal)
            return nil
        }
        builder.begin(file, byteCount: bytes.count)
        if readsPlainFiles {
            if PlainReader.read(bytes, limits, into: &builder) { return builder.finish() }
            builder.begin(file, byteCount: bytes.count)
        }
        let tree = build(bytes)
        if !builder.findings.isEmpty { diagnostics.add(contentsOf: builder.findings) }
        return tree
    }

    private mutating func build(_ bytes: [UInt8]) -> YAMLTree? {
        let source = SourceText(bytes)
        switch Libyaml.read(bytes, from: source.start, stretch: limits.stretchBytes, { builder.take($0) }) {
        case .finished:
            if let end = source.openEnd { builder.moveBack(to: end) }
            return builder.finish()
        case .stopped: break
        case .stretchTooLong: builder.reportStretch(after: builder.lastMark)
        case .failed(let failure):
            builder.report(builder.translation(of: failure, in: source).diagnostic)
        }
        if let end = source.openEnd { builder.moveBack(to: end) }
        builder.abandon()
        return nil
    }

    /// What can be refused before reading.
    private func refusal(of bytes: [UInt8], file: FileID) -> Diagnostic? {
        let place = Mark.fileStart.span(in: file)
        // Indices are 32 bits wide, and an escape may stand for more bytes than it is written with.
        let largest = min(limits.fileBytes, 1 << 31)
        guard bytes.count <= largest else {
            return Diagnostic(.yamlFileTooLarge, "the file has \(bytes.count) bytes; at most \(largest) are read", at: place)
        }
        let source = SourceText(bytes)
        guard !source.isWide else {
            return Diagnostic(.yamlEncoding, "the file is UTF-16 or UTF-32, not UTF-8", at: place, mend: "save the file as UTF-8")
        }
        if let odd = source.oddLineEnd {
            return Diagnostic(
                .yamlEncoding, "line end \(codePoint(odd.character)) can't be told from text",
                at: source.mark(atByte: odd.offset).span(in: file),
                mend: "end lines with LF, or CRLF")
        }
        return nil
    }
}
