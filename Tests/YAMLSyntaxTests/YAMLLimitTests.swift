import Diagnostics
import Testing
import YAMLSyntax

@Suite struct YAMLLimitTests {
    @Test func `a billion laughs are refused`() {
        let levels = (1...10).map { "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ",") + "]\n" }
        let reading = Reading("a0: &a0 lol\n" + levels.joined())
        #expect(reading.places == ["DVN0016 8:18"])
        #expect(reading.tree == nil)
    }

    @Test func `aliases that stand for far more than is written are refused`() {
        let base = "base: &b [" + Array(repeating: "x", count: 1000).joined(separator: ",") + "]\n"
        func uses(_ count: Int) -> String { base + "uses: [" + Array(repeating: "*b", count: count).joined(separator: ",") + "]\n" }
        var limits = YAMLLimits.standard
        limits.expansionFactor = 5
        #expect(Reading(uses(5), limits: limits).places == [])
        #expect(Reading(uses(10), limits: limits).places == ["DVN0016 2:8"])
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "]) func `a million levels are refused`(level: String) {
        let reading = Reading(String(repeating: level, count: 1_000_000))
        #expect(reading.findings.contains { $0.code == .yamlTooDeep })
        #expect(reading.tree == nil)
    }

    @Test func `depth counts what aliases stand for`() {
        let chain = (1...40).map { "- &a\($0) [[*a\($0 - 1)]]\n" }.joined()
        #expect(Reading("- &a0 [x]\n" + chain).places == ["DVN0013 33:10"])
    }

    @Test func `the deepest that is allowed is read`() throws {
        func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(Reading(nested(64)).places == [])
        #expect(Reading(nested(65)).places == ["DVN0013 1:65"])
    }

    @Test(arguments: [
        ("plain", "a: ", "x", ""), ("quoted", "a: \"", "x\n", "\""), ("literal", "a: |\n", "  xxxxxxx\n", ""),
        ("an anchor's name", "a: &", "x", ""),
        ("a comment", "a: 1\n#", "x", ""), ("blanks", "a:", " ", "b"),
    ])
    func `a text of ten million bytes is refused`(name: String, head: String, unit: String, tail: String) {
        let reading = Reading(head + String(repeating: unit, count: (10 << 20) / unit.utf8.count) + tail)
        #expect(reading.findings.map(\.code) == [.yamlScalarTooLong])
        #expect(reading.tree == nil)
    }

    @Test func `the longest text that is allowed is read`() {
        #expect(Reading("a: " + String(repeating: "x", count: 64 << 10)).places == [])
        #expect(Reading("a: " + String(repeating: "x", count: (64 << 10) + 1)).places == ["DVN0015 1:4"])
        #expect(Reading("a: \"" + String(repeating: "\\U00000041", count: 64 << 10) + "\"").places == [])
    }

    @Test func `a file with very many warnings is read all the same`() {
        let reading = Reading((0..<500).map { "k\($0): &a x\n" }.joined())
        #expect(reading.tree?.rootPairs.count == 500)
        #expect(reading.findings.count == 100)
    }

    @Test func `more nodes or bytes than allowed are refused`() {
        var limits = YAMLLimits.standard
        limits.nodes = 5
        #expect(Reading("[1, 2, 3, 4]", limits: limits).places == [])
        #expect(Reading("[1, 2, 3, 4, 5]", limits: limits).places == ["DVN0014 1:14"])
        limits = .standard
        limits.fileBytes = 4
        #expect(Reading("a: 1", limits: limits).places == [])
        #expect(Reading("a: 12", limits: limits).places == ["DVN0012 1:1"])
    }
}
