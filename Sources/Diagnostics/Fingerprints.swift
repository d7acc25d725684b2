/// What tells one finding from another over time, so that a platform can say which findings are new and which are gone.
///
/// A fingerprint is made of the code, the site, the file, the keys that the place stands under, the words that are marked there, and the message.
/// Line and column aren't part of it: lines that come or go elsewhere in the file leave it as it is.
public enum Fingerprints {
    /// The name under which formats store them; another way of making them takes another number.
    public static let name = "deevnet/v1"

    /// A fingerprint for each finding, 16 hexadecimal digits. Findings that are alike in all of the above are numbered in the order given.
    public static func of(_ diagnostics: [Diagnostic], sources: (any SourceTexts)?) -> [String] {
        let places = KeyPaths(diagnostics.compactMap(\.span), sources: sources)
        var seen: [UInt64: Int] = [:]
        return diagnostics.map { diagnostic in
            var parts = [diagnostic.code.rawValue, diagnostic.site ?? ""]
            parts += diagnostic.span.map { places[$0] } ?? []
            parts.append(diagnostic.message)
            let hash = digest(parts)
            let count = seen[hash, default: 0]
            seen[hash] = count + 1
            let text = String(count == 0 ? hash : digest(parts + ["\(count)"]), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
    }

    /// FNV-1a, 64 bits (draft-eastlake-fnv): it need not withstand anybody, since a fingerprint decides nothing.
    private static func digest(_ parts: [String]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for part in parts {
            for byte in Array(part.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        }
        return hash
    }
}

/// The keys that places stand under, as the indentation of the lines above tells them: enough to know a place again, and it also works in files
/// that are no YAML.
private struct KeyPaths {
    private var paths: [SourceSpan: [String]] = [:]

    init(_ spans: [SourceSpan], sources: (any SourceTexts)?) {
        guard let sources else { return }
        for (file, spans) in Dictionary(grouping: spans, by: \.file) {
            var open: [(indent: Int, words: String)] = []
            var number: UInt32 = 0
            for span in spans.sorted() {
                while number < span.line {
                    number += 1
                    guard let line = sources.line(number, of: file) else { break }
                    let words = line.drop { $0 == " " }
                    if words.isEmpty || words.first == "#" { continue }
                    let indent = line.count - words.count
                    while let last = open.last, last.indent >= indent { open.removeLast() }
                    open.append((indent, Self.heading(words)))
                }
                let marked = sources.line(span.line, of: file).map { line in
                    String(String.UnicodeScalarView(line.unicodeScalars.dropFirst(Int(span.column) - 1).prefix(Int(span.length))))
                }
                paths[span] = [sources.path(of: file)] + open.map(\.words) + [marked ?? ""]
            }
        }
    }

    subscript(_ span: SourceSpan) -> [String] { paths[span] ?? [] }

    /// A line's key; of a list's item, which has none, the line.
    private static func heading(_ words: Substring) -> String {
        guard words.first != "-", let colon = words.firstIndex(of: ":") else { return String(words) }
        return String(words[..<colon])
    }
}
