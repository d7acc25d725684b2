import Diagnostics
import Testing
import YAMLSyntax

@Suite struct YAMLTreeTests {
    @Test func `a mapping gives its pairs in order, with places from one`() throws {
        let tree = try #require(Reading("hosts:\n  hv01: { form: hv, id: 012 }\n  hv02: [a, 'b']\n").tree)
        let root = try #require(tree.root)
        let hosts = try #require(tree.pairs(of: root).first { _ in true }).value
        let names = tree.pairs(of: hosts).map { "\(tree.text($0.key)) \(place(tree.span($0.key))) \(place(tree.span($0.value)))" }
        #expect(names == ["hv01 2:3 2:9", "hv02 3:3 3:9"])
        #expect(tree.count(of: hosts) == 2)
        #expect(tree.span(root).file == FileID(rawValue: 7))
        #expect(tree.nodeCount == 13)
    }

    @Test func `columns and lengths count characters, not bytes`() throws {
        let tree = try #require(Reading("ключ: 'ä€😀' # x\nb: {c: é}\n").tree)
        let pairs = tree.rootPairs
        #expect(place(tree.span(pairs[0].value)) == "1:7")
        #expect(tree.span(pairs[0].key).length == 4)
        #expect(tree.span(pairs[0].value).length == 5)
        #expect(tree.span(pairs[1].value).length == 6)
    }

    @Test func `everything is text, whatever it looks like`() throws {
        let written = ["no", "0755", "12:34:56:12:34:56", "1e3", "2024-01-02", "=", "1_000", "true", ".inf", "0x1F"]
        let tree = try #require(Reading("[" + written.joined(separator: ", ") + "]").tree)
        let read = tree.rootItems.map { tree.text($0) }
        #expect(read == written)
    }

    @Test(arguments: [
        ("~", true), ("null", true), ("", true), ("Null", false), ("NULL", false), ("nil", false), ("'~'", false), ("\"\"", false),
        ("''", false),
        ("'null'", false), ("|\n", false), ("[]", false), ("{}", false),
    ])
    func `only a plain tilde, null or nothing is null`(written: String, isNull: Bool) throws {
        let tree = try #require(Reading("a: \(written)\n").tree)
        let value = try #require(tree.rootPairs.first).value
        #expect(tree.isNull(value) == isNull)
    }

    @Test func `styles are kept`() throws {
        let tree = try #require(Reading("- a\n- 'a'\n- \"a\"\n- |-\n  a\n- >-\n  a\n- [a]\n- - a\n- {a: a}\n- a: a\n").tree)
        let items = tree.rootItems
        #expect(items.map { tree.style($0) } == [.plain, .quoted, .quoted, .block, .block, .flow, .block, .flow, .block])
        #expect(items.map { tree.isPlain($0) } == [true] + Array(repeating: false, count: 8))
        #expect(items.prefix(5).allSatisfy { tree.text($0) == "a" })
    }

    @Test(arguments: ["", "\n\n", "# nothing\n", "\u{FEFF}", "---\n", "--- # nothing\n", "---\n...\n", "%YAML 1.2\n---\n"])
    func `a file that says nothing has no root and no error`(text: String) throws {
        let reading = Reading(text)
        #expect(reading.findings.isEmpty)
        #expect(try #require(reading.tree).root == nil)
    }

    @Test(arguments: [
        ("a byte order mark", "\u{FEFF}a: 1\n"), ("CRLF", "a: 1\r\n"), ("a directive", "%YAML 1.2\n---\na: 1\n"),
        ("the older directive", "%YAML 1.1\n---\na: 1"),
        ("markers", "---\na: 1\n...\n"), ("an explicit key", "? a\n: 1\n"), ("JSON", "{\"a\": \"1\"}"), ("a tab between", "a:\t1\n"),
        ("a tab inside braces", "{\n\ta: 1\n}\n"), ("a comment", "a: 1 # b: 2\n"),
    ])
    func `what is harmless is accepted`(name: String, text: String) throws {
        let reading = Reading(text)
        #expect(reading.places == [])
        let tree = try #require(reading.tree)
        #expect(tree.value == .map([Value.Pair(key: "a", value: .text("1"))]))
    }

    @Test func `a byte order mark takes no column, and CRLF takes no line`() throws {
        let tree = try #require(Reading("\u{FEFF}a: 1\r\nb: 2\r\n").tree)
        let pairs = tree.rootPairs
        #expect(pairs.map { place(tree.span($0.key)) } == ["1:1", "2:1"])
    }

    @Test func `an alias is followed, and its own place stays known`() throws {
        let tree = try #require(Reading("base: &b { form: hv }\nhv01: *b\nname: &n x\n*n : y\n").tree)
        let pairs = tree.rootPairs
        let alias = pairs[1].value
        #expect(tree.isAlias(alias))
        #expect(tree.kind(alias) == .mapping)
        #expect(tree.value(at: alias) == .map([Value.Pair(key: "form", value: .text("hv"))]))
        #expect(place(tree.span(alias)) == "2:7")
        #expect(tree.span(alias).length == 2)
        #expect(tree.definition(alias) == pairs[0].value)
        #expect(place(tree.span(tree.definition(alias))) == "1:7")
        #expect(tree.text(pairs[3].key) == "x")
        #expect(tree.definition(pairs[0].value) == pairs[0].value)
    }

    @Test func `accessors of another kind give nothing`() throws {
        let tree = try #require(Reading("a: [1]\n").tree)
        let root = try #require(tree.root)
        #expect(tree.text(root) == "")
        #expect(tree.items(of: root).first { _ in true } == nil)
        let list = try #require(tree.pairs(of: root).first { _ in true }).value
        #expect(tree.pairs(of: list).map(\.key) == [])
        #expect(tree.count(of: list) == 1)
    }

    @Test func `a parser reads file after file and mixes nothing up`() throws {
        var parser = YAMLParser()
        var list = DiagnosticList()
        let large = "[" + (0..<9000).map { "text-number-\($0 % 3000)" }.joined(separator: ", ") + "]"
        for round in 0..<300 {
            let text = round % 100 == 50 ? large : "a\(round): [x, b, \(round), a-rather-long-text-of-number-\(round % 7)]\n"
            let broken = parser.parse(Array("a: &x 1\na: *y\nb: [".utf8), file: FileID(rawValue: 0), into: &list)
            #expect(broken == nil)
            let tree = try #require(parser.parse(Array(text.utf8), file: FileID(rawValue: 1), into: &list))
            #expect(tree.value == Reading(text).tree?.value)
        }
        #expect(!list.all.contains { $0.span?.file == FileID(rawValue: 1) })
    }

    @Test func `the bare scan counts events and refuses what libyaml refuses`() {
        #expect(YAMLScan.eventCount(Array("a: [1]\n".utf8)) == 10)
        #expect(YAMLScan.eventCount([]) == 2)
        #expect(YAMLScan.eventCount(Array("a: [".utf8)) == nil)
    }
}
