@testable import Diagnostics
import Testing
import YAMLSyntax

@Suite struct YAMLRefusalTests {
    @Test(arguments: [
        ("a repeated key", "a: 1\nb: 2\na: 3\n", ["DVN0005 3:1"]),
        ("a repeated key, quoted once", "{10: x, \"10\": y}", ["DVN0005 1:9"]),
        ("three of a kind, each shown", "a: 1\na: 2\na: 3\n", ["DVN0005 2:1", "DVN0005 3:1"]),
        ("a repeated key in an inner mapping between", "a: {a: 1, b: {a: 1}}\nb: 1\na: 2\n", ["DVN0005 3:1"]),
        ("a repeated key by alias", "k: &k a\na: 1\n*k : 2\n", ["DVN0005 3:1"]),
        ("repeated empty keys", "? \n? \n", ["DVN0005 2:2"]),
        ("an unknown alias", "a: *b\n", ["DVN0006 1:4"]),
        ("an alias above its anchor", "a: *b\nb: &b 1\n", ["DVN0006 1:4", "DVN0017 2:4"]),
        ("two documents", "a: 1\n---\nb: 2\n", ["DVN0007 2:1"]),
        ("an empty second document", "a: 1\n---\n", ["DVN0007 2:1"]),
        ("text after the end", "a: 1\n...\nb: 2\n", ["DVN0007 3:1"]),
        ("a tag", "a: !vault x\n", ["DVN0008 1:4"]),
        ("a standard tag", "a: !!int 1\n", ["DVN0008 1:4"]),
        ("a tag on a mapping", "a: !t\n  b: 1\n", ["DVN0008 1:4"]),
        ("a tag on a list", "a: !t [1]\n", ["DVN0008 1:4"]),
        ("a bare tag", "a: ! 1\n", ["DVN0008 1:4"]),
        ("an undefined handle", "a: !e!x 1\n", ["DVN0008 1:4"]),
        ("an unfinished tag", "a: !<x\n", ["DVN0008 1:4"]),
        ("a tag directive", "%TAG !e! tag:x,2000:\n---\na: 1\n", ["DVN0008 1:1"]),
        ("a merge key", "a: &a {b: 1}\nc:\n  <<: *a\n", ["DVN0009 3:3"]),
        ("a list as a key", "[a]: b\n", ["DVN0010 1:1"]),
        ("a mapping as a key", "? {a: 1}\n: b\n", ["DVN0010 1:3"]),
        ("a template without quotes", "a: {{ x }}\n", ["DVN0010 1:5"]),
        ("a list as a key by alias", "a: &a [1]\n*a : 2\n", ["DVN0010 2:1"]),
        ("an alias in its own value", "a: &a [1, *a]\n", ["DVN0011 1:11"]),
        ("an alias in its own value, further in", "a: &a\n  b:\n    c: *a\n", ["DVN0011 3:8"]),
        ("an anchor that nobody uses", "a: &x 1\n", ["DVN0017 1:4"]),
        ("an anchor written twice", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n", ["DVN0018 3:4"]),
        ("an anchor replaced before use", "a: &x 1\nc: &x 2\nd: *x\n", ["DVN0017 1:4", "DVN0018 2:4"]),
        (
            "several things at once", "a: !t 1\na: *z\nb: {<<: 1, [c]: 1}\n",
            ["DVN0005 2:1", "DVN0006 2:4", "DVN0008 1:4", "DVN0009 3:5", "DVN0010 3:12"]
        ),
        ("everything before a syntax error", "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n  d: 'x\n", ["DVN0004 6:6", "DVN0005 2:1", "DVN0005 5:3"]),
    ])
    func `each rule has its code and place`(name: String, text: String, expected: [String]) {
        let reading = Reading(text)
        #expect(reading.places.sorted() == expected)
        #expect((reading.tree == nil) == reading.findings.contains { $0.severity == .error })
    }

    @Test(arguments: [
        ("a repeated key", "a: 1\nb: 2\na: 3\n", ["1:1"]), ("the first of three", "a: 1\na: 2\na: 3\n", ["1:1"]),
        ("an anchor", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n", ["1:4"]), ("a recursive alias", "a: &a [1, *a]\n", ["1:4"]),
        ("a second document", "a: 1\n---\nb: 2\n", ["1:1"]), ("an open quote", "a: \"x\nb: 1\n", ["3:1"]),
    ])
    func `a note shows the other place`(name: String, text: String, expected: [String]) {
        #expect(Reading(text).notePlaces == expected)
    }

    @Test func `a quoted merge sign is a text, as is one that is a value`() {
        #expect(Reading("'<<': 1\na: <<\n").places == [])
    }

    @Test func `equal keys in different mappings are no repetition`() {
        #expect(Reading("a: {x: 1, y: {x: 1}}\nb: {x: 1}\nc: [{x: 1}, {x: 2}]\n").places == [])
    }

    @Test(arguments: [2, 9, 40, 5000]) func `a repeated key is found in a mapping of any size`(count: Int) {
        let keys = (0..<count).map { "key-\($0): 1\n" }.joined()
        #expect(Reading(keys).places == [])
        #expect(Reading(keys + "key-0: 1\n").places == ["DVN0005 \(count + 1):1"])
        #expect(Reading(keys + "key-\(count - 1): 1\n").places == ["DVN0005 \(count + 1):1"])
    }

    @Test func `keys that look alike and are spelt differently are different keys`() {
        #expect(Reading("\u{E9}: 1\ne\u{301}: 2\nA: 1\na: 1\n").places == [])
    }

    @Test func `an unknown alias is answered with the nearest anchor`() {
        let finding = Reading("a: &optiplex 1\nb: *optiplx\nc: *optiplex\n").findings.first
        #expect(finding?.mend == "write '*optiplex'")
    }

    @Test func `a hundred findings are enough`() {
        let reading = Reading(String(repeating: "- *x\n", count: 5000))
        #expect(reading.findings.count == 100)
        #expect(reading.tree == nil)
    }

    @Test func `the examples of the catalogue break their own rule`() {
        for (code, entry) in DiagnosticCode.yamlEntries.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let found = Reading(entry.example, limits: Self.smallLimits(for: code)).findings.map(\.code)
            #expect(found.contains(code), "\(code) in \(found)")
            #expect(!entry.title.isEmpty && !entry.why.isEmpty && !entry.mend.isEmpty)
        }
        let mine = DiagnosticCode.allCases.filter { $0.rawValue < "DVN0100" }
        #expect(Set(DiagnosticCode.yamlEntries.keys) == Set(mine))
    }

    /// Limits small enough for an example of a few lines.
    private static func smallLimits(for code: DiagnosticCode) -> YAMLLimits {
        var limits = YAMLLimits.standard
        switch code {
        case .yamlFileTooLarge: limits.fileBytes = 20
        case .yamlTooDeep: limits.depth = 8
        case .yamlTooManyNodes: limits.nodes = 4
        case .yamlScalarTooLong: limits.scalarBytes = 10
        case .yamlAliasExpansion: limits.expandedNodes = 40
        default: break
        }
        return limits
    }
}
