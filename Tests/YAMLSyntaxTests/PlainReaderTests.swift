import Diagnostics
import Foundation
import Testing

@testable import YAMLSyntax

/// Whatever the plain reader doesn't decline, libyaml reads as the same tree with the same places, and finds nothing in it.
@Suite struct PlainReaderTests {
    private static let isDeep = ProcessInfo.processInfo.environment["DEEVNET_DEEP"] == "1"

    /// What decides where a text, a line or a collection ends.
    private static let pieces = [
        "a", "bc", "0", ".", "...", "---", "-", "- ", ":", ": ", "?", "? ", " ", "  ", "\n", "\n  ", "\n- ", "a: ", "#", " #", ",", "[",
        "]", "{", "}", "[]", "{}",
        "'", "\"", "'x'", "\"y\"", "''", "\\", "~", "|", ">", "&a ", "*a", "!", "%", "@", "<<", "\t", "\r", "é", "\u{7F}",
    ]

    @Test func `every short row of pieces`() throws {
        let depth = Self.isDeep ? 4 : 3
        var comparison = Comparison()
        func extend(_ head: String, _ left: Int) {
            comparison.compare(head + "\n")
            guard left > 0 else { return }
            for piece in Self.pieces { extend(head + piece, left - 1) }
        }
        extend("", depth)
        comparison.judge(tried: 90_000, accepted: 1_000)
    }

    @Test func `long rows of pieces`() throws {
        var random = SplitMix(state: 0x91A1)
        var comparison = Comparison()
        // Mostly what inventories are made of, so that long rows are seldom declined at once.
        let common = [
            "a", "b", "c: ", "d:", "- ", "\n", "\n", "\n", "\n  ", "\n  ", "\n    ", " # e", "[f, 1]", "{ g: h }", "'i'", "\"j\"",
            "02:de:00:00:00:01", "10.0.0.1/24",
        ]
        for _ in 0..<(Self.isDeep ? 300_000 : 60_000) {
            var text = ""
            for _ in 0..<Int.random(in: 3...16, using: &random) {
                let from = Int.random(in: 0..<12, using: &random) == 0 ? Self.pieces : common
                text += from[Int.random(in: from.indices, using: &random)]
            }
            comparison.compare(text + "\n")
        }
        comparison.judge(tried: 60_000, accepted: 3_000)
    }

    @Test func `documents in every style`() throws {
        var comparison = Comparison()
        for seed in 0..<2_000 {
            var writer = Writer(random: SplitMix(state: UInt64(seed)))
            comparison.compare(writer.document(writer.value(depth: 0)))
        }
        comparison.judge(tried: 2_000, accepted: 1)
    }

    @Test func `limits are reached in both alike`() throws {
        var limits = YAMLLimits.standard
        (limits.depth, limits.nodes, limits.scalarBytes) = (3, 12, 8)
        var comparison = Comparison(limits: limits)
        for text in [
            "a: { b: { c: 1 } }\n", "a: { b: { c: { d: 1 } } }\n", "a:\n  b:\n    c: 1\n", "a:\n  b:\n    c:\n      d: 1\n",
            "a: 12345678\n",
            "a: 123456789\n", "a: [1, 2, 3, 4, 5, 6, 7, 8, 9]\n", "a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n", "a: 1\na: 2\nb: 3\n",
        ] { comparison.compare(text) }
        comparison.judge(tried: 9, accepted: 4)
    }

    @Test func `what every inventory has is read, not declined`() {
        let text = """
            # a site
            ---
            name: dvnt   # its name
            uplink:
            segments:
            - { name: management, vlan: 99, range: [10.20.99.1, 10.20.99.9] }
            - name: trusted
              hosts: []
              notes:
                - "quoted: text"
                -
                - 'another'
            empty: {}
            mac: 02:de:20:01:00:01

            """
        var comparison = Comparison()
        comparison.compare(text)
        comparison.compare(text.replacing("---\n", with: ""))
        comparison.judge(tried: 2, accepted: 2)
    }

    @Test func `a tree that differs is told`() {
        var comparison = Comparison()
        comparison.compare("a: b\n", plain: "a:  b\n")
        comparison.compare("a: b\n", plain: "a: c\n")
        comparison.compare("a: b\n", plain: "a: 'b'\n")
        comparison.compare("a: [b]\n", plain: "a: [b ]\n")
        comparison.compare("a: {b\n", plain: "a: b\n")
        #expect(comparison.differences.count == 5)
    }
}

/// Compares what the plain reader gives with what libyaml does.
private struct Comparison {
    private var builder: TreeBuilder
    private var libyaml: YAMLParser
    private let limits: YAMLLimits
    private var tried = 0
    private var accepted = 0
    private(set) var differences: [String] = []

    init(limits: YAMLLimits = .standard) {
        self.limits = limits
        builder = TreeBuilder(limits: limits, seed: 1)
        libyaml = YAMLParser(limits: limits, readsPlainFiles: false)
    }

    mutating func compare(_ text: String) { compare(text, plain: text) }

    /// `plain` is what the plain reader gets instead, to see that a difference is told.
    mutating func compare(_ text: String, plain: String) {
        tried += 1
        let bytes = Array(plain.utf8)
        builder.begin(FileID(rawValue: 0), byteCount: bytes.count)
        guard PlainReader.read(bytes, limits, into: &builder) else { return }
        accepted += 1
        let tree = builder.finish()
        var list = DiagnosticList()
        let expected = libyaml.parse(Array(text.utf8), file: FileID(rawValue: 0), into: &list)
        if !list.all.isEmpty || tree.map(outline) != expected.map(outline) || tree == nil { differences.append(text) }
    }

    /// `tried` and `accepted` are how many there have to be at least, or nothing is shown.
    func judge(tried: Int, accepted: Int) {
        #expect(self.tried >= tried)
        #expect(self.accepted >= accepted)
        #expect(
            differences.isEmpty, "\(differences.count) of \(self.accepted), the first: \(differences.prefix(5).map(\.debugDescription))")
    }

    private func outline(_ tree: YAMLTree) -> [String] {
        tree.nodes.indices.map { index in
            let node = NodeID(rawValue: UInt32(index))
            let place = tree.span(node)
            return
                "\(tree.kind(node)) \(tree.style(node)) \(tree.count(of: node)) \(tree.nodes[index].next) \(place.line):\(place.column)+\(place.length) \(tree.text(node))"
        }
    }
}
