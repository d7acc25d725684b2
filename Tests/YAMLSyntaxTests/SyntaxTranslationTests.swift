import Diagnostics
import Testing
import YAMLSyntax

@Suite struct SyntaxTranslationTests {
    @Test(arguments: [
        ("a: b: c\n", "DVN0001 1:5", "a second ': '"), ("a: b\n  c: d\n", "DVN0001 2:4", "continued the text above"),
        ("hosts:\n  hv01\n    form: hv\n", "DVN0001 3:9", "continued the text above"), ("--- a: 1\n", "DVN0001 1:6", "line of '---'"),
        ("a:\n    b: 1\n  c: 2\n", "DVN0001 3:3", "fits nothing above"), ("a: 1\nb\nc: 2\n", "DVN0001 2:1", "no ': ' follows"),
        ("a: 1\nb:2\nc: 3\n", "DVN0001 2:1", "no ': ' follows"), ("a: - b\n", "DVN0001 1:4", "list can't begin"),
        ("- a\nb: 1\n", "DVN0001 2:1", "without '- '"), ("a: 1\n- b\n", "DVN0001 2:1", "list item stands where a key"),
        ("a:\n  - b\n  c: d\n", "DVN0001 3:3", "without '- '"), ("a: @x\n", "DVN0001 1:4", "'@' can't begin"),
        ("a: `x`\n", "DVN0001 1:4", "'`' can't begin"), ("a: %x\n", "DVN0001 1:4", "'%' can't begin"),
        ("%x\n", "DVN0001 1:1", "no %YAML directive"),
        ("a: *.x\n", "DVN0001 1:4", "'*' begins an alias"), ("a: & b\n", "DVN0001 1:4", "'&' begins an anchor"),
        ("a: 'it's'\n", "DVN0001 1:8", "follows the closing quote"), ("a: \"x\" y\n", "DVN0001 1:8", "follows the closing quote"),
        ("a: \"C:\\dir\"\n", "DVN0001 1:7", "'\\d' is no escape"), ("a: \"\\xZZ\"\n", "DVN0001 1:7", "digits are missing"),
        ("a: \"\\uD800\"\n", "DVN0001 1:7", "no Unicode character"), ("a: [1, 2\nb: 3\n", "DVN0001 1:4", "'[' isn't closed"),
        ("a: {b: 1\nc: 2\n", "DVN0001 1:4", "'{' isn't closed"), ("a: {b: 1\n", "DVN0001 1:4", "'{' isn't closed"),
        ("a: [\n", "DVN0001 1:4", "'[' isn't closed"), ("a: {b: 1 c: 2}\n", "DVN0001 1:11", "',' or '}' is missing"),
        ("a: {b: [1, 2}\n", "DVN0001 1:13", "',' or ']' is missing"), ("a: {b: \"x\" c: 1}\n", "DVN0001 1:12", "',' or '}' is missing"),
        ("a: ]\n", "DVN0001 1:4", "']' closes nothing"), ("a: [1, 2]]\n", "DVN0001 1:10", "']' closes nothing"),
        ("a: [1,,2]\n", "DVN0001 1:7", "missing before this ','"), ("a: ,\n", "DVN0001 1:4", "',' can't begin a value"),
        ("a: [1, 2] x\n", "DVN0001 1:11", "where the value has ended"), (": b\n", "DVN0001 1:1", "no key stands"),
        ("a: ? b\n", "DVN0001 1:4", "'?' can't begin"), ("%YAML 2.0\n---\na: 1\n", "DVN0001 1:1", "version of YAML"),
        ("%YAML 1.2\na: 1\n", "DVN0001 2:1", "isn't followed by '---'"), ("%YAML 1.1\n%YAML 1.1\n---\n", "DVN0001 2:1", "written twice"),
        ("a: |x\n", "DVN0001 1:5", "line of '|' or '>'"), ("&a *b\n", "DVN0001 1:4", "where the value has ended"),
    ])
    func `a syntax error is said in our words, at its place`(text: String, place: String, words: String) throws {
        let reading = Reading(text)
        let finding = try #require(reading.findings.first)
        #expect(reading.places == [place])
        #expect(finding.message.contains(words))
        #expect(finding.mend != nil)
        #expect(reading.tree == nil)
    }

    @Test(arguments: [
        ("a: \"x\nb: 1\n", "1:4", "3:1"), ("a: 'x\nb: 1\n", "1:4", "3:1"), ("a: \"x\nb: \"y\"\n", "1:4", "2:5"),
        ("a: \"x\nb: \"y\"\nc: \"z\"\n", "1:4", "2:5"), ("a: [\"x, y]\nb: \"c\"\n", "1:5", "2:5"),
        ("a: {b: \"x, c: 1}\nd: \"y\"\n", "1:8", "2:5"),
        ("a: 1\n\"b: 2\nc: \"3\"\n", "2:1", "3:5"), ("a: \"x\n---\nb: 1\n", "1:4", "2:1"), ("\"a: 1\n", "1:1", "2:1"),
    ])
    func `a quote that isn't closed is shown where it began`(text: String, start: String, note: String) {
        let reading = Reading(text)
        #expect(reading.places == ["DVN0004 \(start)"])
        #expect(reading.notePlaces == [note])
    }

    @Test(arguments: [
        ("a:\n\tb: 1\n", "2:1", true), ("\ta: 1\n", "1:1", true), ("a:\n  b: 1\n\tc: 2\n", "3:1", true), ("a: x\n\ty\n", "2:1", true),
        ("a: |\n\tx\n", "2:1", true), ("a:\n  - b\n\t- c\n", "3:1", true), ("a:\n  \tb: 1\n", "2:3", true),
        ("a: 1\n  \tb: 2\n", "2:3", true),
        ("-\ta: 1\n", "1:2", false),
    ])
    func `a tab is named as what it is`(text: String, place: String, isIndentation: Bool) {
        let reading = Reading(text)
        #expect(reading.places == ["DVN0002 \(place)"])
        #expect(reading.findings.first?.message.contains("indented") == isIndentation)
    }

    @Test(arguments: [
        ("a control character", Array("ok: 1\na: é\u{7}\n".utf8), "2:5", "U+0007"),
        ("Latin-1", Array("a: caf".utf8) + [0xE9, 0x0A], "1:7", "0xE9"),
        ("a byte that is never UTF-8", Array("a: ".utf8) + [0xFF], "1:4", "0xFF"),
        ("a surrogate", Array("a: ".utf8) + [0xED, 0xA0, 0x80], "1:4", "U+D800"),
        ("a cut character", Array("ok: 1\na: ".utf8) + [0xC3], "2:4", "0xC3"),
        ("an overlong character", Array("a: ".utf8) + [0xC0, 0x80], "1:4", "0xC0"),
        ("beyond Unicode", Array("a: ".utf8) + [0xF4, 0x90, 0x80, 0x80], "1:4", "U+110000"),
        ("a zero byte", Array("abc: 1\u{0}\n".utf8), "1:7", "U+0000"),
        ("behind a byte order mark", [0xEF, 0xBB, 0xBF] + Array("ä: \u{1}\n".utf8), "1:4", "U+0001"),
        ("UTF-16 with a mark", [0xFF, 0xFE, 0x61, 0x00], "1:1", "UTF-16"),
        ("UTF-16, the other order", [0xFE, 0xFF, 0x00, 0x61], "1:1", "UTF-16"),
        ("UTF-16 without a mark", [0x61, 0x00, 0x3A, 0x00], "1:1", "UTF-16"), ("NEL", Array("a: x\u{85}b: 1\n".utf8), "1:5", "U+0085"),
        ("a line separator", Array("ok: ä\na: x\u{2028}b: 1\n".utf8), "2:5", "U+2028"),
        ("a lone CR", Array("a: x\rb: 1\n".utf8), "1:5", "U+000D"),
    ])
    func `what isn't UTF-8 text is refused at its place`(name: String, bytes: [UInt8], place: String, words: String) {
        let reading = Reading(bytes: bytes)
        #expect(reading.places == ["DVN0003 \(place)"])
        #expect(reading.findings.first?.message.contains(words) == true)
        #expect(reading.tree == nil)
    }

    @Test func `a message never carries a control character`() {
        for finding in Reading("\"a\\e[31m\": 1\n\"a\\e[31m\": 2\n").findings {
            #expect(finding.message.unicodeScalars.allSatisfy { $0.value >= 32 })
        }
    }

    @Test(arguments: [
        ("a: [1, 2", "1:4", "1:9"), ("a:\n  b: {c: 1", "2:6", "2:11"), ("a: \"é", "1:4", "1:6"), ("a: [1, 2\n", "1:4", "2:1"),
    ])
    func `the end of a file without a line end is behind its last character`(text: String, start: String, end: String) {
        let reading = Reading(text)
        #expect(reading.findings.map { place($0.span) } == [start])
        #expect(reading.notePlaces == [end])
    }

    @Test func `a value missing at the end of a file without a line end stands behind its last character`() throws {
        let tree = try #require(Reading("? a\n? é").tree)
        #expect(tree.rootPairs.map { place(tree.span($0.value)) } == ["2:1", "2:4"])
    }
}
