import Diagnostics
import Testing
import YAMLSyntax

/// Random trees, written in random styles, are read as they were.
@Suite struct YAMLRoundTripTests {
    @Test(arguments: 0..<400) func `what is written in any style is read again`(seed: Int) throws {
        var writer = Writer(random: SplitMix(state: UInt64(seed)))
        let value = writer.value(depth: 0)
        let text = writer.document(value)
        let reading = Reading(text)
        #expect(reading.findings == [], "seed \(seed):\n\(text)")
        let tree = try #require(reading.tree)
        #expect(tree.value == value, "seed \(seed):\n\(text)")
    }

    @Test(arguments: 0..<400) func `every byte sequence is read or refused with a place inside the file`(seed: Int) {
        var random = SplitMix(state: UInt64(seed) &+ 1 << 32)
        var writer = Writer(random: random)
        var bytes = Array(writer.document(writer.value(depth: 0)).utf8)
        for _ in 0..<3 where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &random)
            let noise: [UInt8] = Array(": -[]{}#&*!|>'\"%@`\n\t\r,?\\x".utf8) + [0, 0xC3, 0xFF, 0xE2]
            bytes[place] = noise.randomElement(using: &random) ?? 0
        }
        let reading = Reading(bytes: bytes)
        #expect((reading.tree == nil) == reading.findings.contains { $0.severity == .error })
        let lines = bytes.count { $0 == 0x0A } + 1
        for finding in reading.findings {
            #expect(finding.span.map { $0.line >= 1 && $0.line <= lines && $0.column >= 1 } == true)
        }
    }
}

/// A small generator with a seed, so that a failure can be had again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Makes values and writes them as YAML.
struct Writer {
    var random: SplitMix

    mutating func chance(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &random) == 0 }

    // MARK: Values

    mutating func value(depth: Int) -> Value {
        guard depth < 4, !chance(3) else { return .text(text()) }
        let count = Int.random(in: 0...(depth == 0 ? 12 : 5), using: &random)
        if chance(2) { return .list((0..<count).map { _ in value(depth: depth + 1) }) }
        var pairs: [Value.Pair] = []
        for number in 0..<count { pairs.append(Value.Pair(key: "\(number)" + text(), value: value(depth: depth + 1))) }
        return .map(pairs)
    }

    mutating func text() -> String {
        let parts = [
            "a", "hv01", "02:de:20:01:00:01", "10.20.99.1/24", " ", ": ", " #", "'", "\"", "\\", "é", "😀", "\n", "\t", "-", "?", "*", "&",
            "!", "{", "]", ",", "%", "~",
            "null", "a longer text of more than sixteen bytes",
        ]
        return (0..<Int.random(in: 0...4, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    }

    // MARK: Writing

    mutating func document(_ value: Value) -> String {
        (chance(3) ? "---\n" : chance(5) ? "# a comment\n" : "") + block(value, indent: 0).drop { $0 == "\n" } + "\n"
    }

    /// The value as it stands behind `key:` or `-`, with the blank or line break before it.
    private mutating func block(_ value: Value, indent: Int) -> String {
        let margin = "\n" + String(repeating: " ", count: indent)
        switch value {
        case .list(let items) where !items.isEmpty && !chance(3):
            return items.map { margin + "-" + block($0, indent: indent + 2) }.joined()
        case .map(let pairs) where !pairs.isEmpty && !chance(3):
            return pairs.map { margin + scalar($0.key, isKey: true) + ":" + block($0.value, indent: indent + 2) }.joined()
        case .text(let text) where isLiteral(text) && chance(2):
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return " |-" + lines.map { $0.isEmpty ? "\n" : "\n" + String(repeating: " ", count: indent + 1) + $0 }.joined()
        default: return " " + flow(value)
        }
    }

    /// Whether a literal without chomping holds the text as it is.
    private func isLiteral(_ text: String) -> Bool {
        !text.isEmpty && !text.hasSuffix("\n") && !text.hasPrefix("\n") && !text.hasPrefix(" ") && !text.hasPrefix("\t")
            && !text.split(separator: "\n").contains { $0.allSatisfy { $0 == " " || $0 == "\t" } }
    }

    private mutating func flow(_ value: Value) -> String {
        switch value {
        case .text(let text): return scalar(text, isKey: false)
        case .list(let items): return "[" + items.map { flow($0) }.joined(separator: ", ") + "]"
        case .map(let pairs): return "{" + pairs.map { scalar($0.key, isKey: true) + ": " + flow($0.value) }.joined(separator: ", ") + "}"
        }
    }

    private mutating func scalar(_ text: String, isKey: Bool) -> String {
        if let first = text.first, first.isLetter || first.isNumber,
            text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }), chance(2)
        {
            return text
        }
        if !text.contains("\n"), chance(2) {
            return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        }
        return "\"" + text.unicodeScalars.map { escaped($0) }.joined() + "\""
    }

    private mutating func escaped(_ character: Unicode.Scalar) -> String {
        switch character {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\t": return "\\t"
        default:
            guard chance(6) else { return String(character) }
            let digits = String(character.value, radix: 16)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
    }
}
