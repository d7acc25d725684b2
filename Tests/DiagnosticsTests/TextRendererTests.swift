import Diagnostics
import Testing

@Suite struct TextRendererTests {
    private func render(_ diagnostic: Diagnostic, _ texts: Texts?, width: Int = 100, isColoured: Bool = false) -> String {
        TextRenderer(width: width, style: TerminalStyle(isColoured: isColoured)).render([diagnostic], sources: texts)
    }

    /// The lines below the first one, without the gutter: the source line and its marks.
    private func quoted(_ line: String, _ span: SourceSpan, width: Int = 100) -> [String] {
        let text = render(Diagnostic(.badName, "x", at: span, mend: "y"), Texts(line), width: width)
        return text.split(separator: "\n").dropFirst().prefix(2).map { $0.split(separator: "|", maxSplits: 1).last.map(String.init) ?? "" }
    }

    @Test func `a finding shows its place, line, marks, notes and mend`() {
        let texts = Texts([
            ("sites/lab/hosts.yml", ["bindings:", "  hv01:", "    mgmt: { segment: management, addresses: [10.1.99.150] }"]),
            ("sites/lab/segments.yml", ["segments:", "  management:", "    pool: 10.1.99.100-10.1.99.200"]),
        ])
        let finding = Diagnostic(
            .reservationInPool, "address 10.1.99.150 lies inside the pool of segment 'management'", at: .at(3, 46, 11),
            notes: [.init("the pool", at: .at(3, 11, 23, file: 1)), .init("a pool is for strangers")],
            mend: "choose an address outside the pool")
        #expect(
            render(finding, texts) == """
                sites/lab/hosts.yml:3:46: error[DVN0804]: address 10.1.99.150 lies inside the pool of segment 'management'
                   3 |     mgmt: { segment: management, addresses: [10.1.99.150] }
                     |                                              ^^^^^^^^^^^
                sites/lab/segments.yml:3:11: note: the pool
                   3 |     pool: 10.1.99.100-10.1.99.200
                     |           ^^^^^^^^^^^^^^^^^^^^^^^
                note: a pool is for strangers
                    mend: choose an address outside the pool

                """)
    }

    @Test func `a blank line stands between two findings and none at the end`() {
        let finding = Diagnostic(.badName, "x", mend: "y")
        #expect(
            TextRenderer().render([finding, finding], sources: nil) == """
                error[DVN0211]: x
                    mend: y

                error[DVN0211]: x
                    mend: y

                """)
        #expect(TextRenderer().render([], sources: nil).isEmpty)
    }

    @Test func `a finding without a mend of its own shows the code's`() throws {
        let mend = try #require(DiagnosticCode.badName.entry?.mend)
        #expect(render(Diagnostic(.badName, "x"), nil) == "error[DVN0211]: x\n    mend: \(mend)\n")
    }

    @Test func `a line that can't be had any more is left out`() {
        #expect(
            render(Diagnostic(.badName, "x", at: .at(9, 1), mend: "y"), Texts("a: b"))
                == "sites/lab/hosts.yml:9:1: error[DVN0211]: x\n    mend: y\n")
    }

    @Test func `a note on the same line is marked beside the finding`() {
        let finding = Diagnostic(.poolWithoutPoolMode, "x", at: .at(1, 23, 3), notes: [.init("the mode", at: .at(1, 9, 4))], mend: "y")
        #expect(
            render(finding, Texts("dhcp: { mode: none, pool: a-b }")).split(separator: "\n").dropFirst() == [
                "   1 | dhcp: { mode: none, pool: a-b }",
                "     |         ----          ^^^",
                "sites/lab/hosts.yml:1:9: note: the mode",
                "    mend: y",
            ])
    }

    @Test func `line numbers of one finding stand under each other`() {
        let lines = (1...12_345).map { "line \($0)" }
        let finding = Diagnostic(.badName, "x", at: .at(12_345, 1, 4), notes: [.init("there", at: .at(7, 1, 4))], mend: "y")
        #expect(
            render(finding, Texts([("a.yml", lines)])).split(separator: "\n").filter { $0.contains("|") } == [
                " 12345 | line 12345", "       | ^^^^", "     7 | line 7", "       | ^^^^",
            ])
    }

    @Test(arguments: [
        (1, 0, "^"), (1, 3, "^^^"), (5, 99, "    ^^"), (7, 1, "      ^"), (99, 4, "      ^"),
    ])
    func `marks stay on the line, or one behind it`(_ column: UInt32, _ length: UInt32, _ marks: String) {
        #expect(quoted("a: b c", .at(1, column, length)) == [" a: b c", " \(marks)"])
    }

    @Test(arguments: [
        ("a tab is shown as spaces", "\ta: b", 2, 1, "    a: b", "    ^"),
        ("a tab inside goes to the next stop", "ab\tcd", 4, 2, "ab  cd", "    ^^"),
        ("a wide character takes two cells", "名前: x", 5, 1, "名前: x", "      ^"),
        ("a wide character is marked whole", "名前: x", 1, 2, "名前: x", "^^^^"),
        ("an emoji takes two cells", "🦊: x", 4, 1, "🦊: x", "    ^"),
        ("a combining mark takes no cell", "e\u{301}: x", 5, 1, "e\u{301}: x", "   ^"),
        ("a combining mark alone is marked all the same", "e\u{301}: x", 2, 1, "e\u{301}: x", " ^"),
        ("a control character is shown as its code", "a\u{1b}b", 3, 1, "a\\u{1b}b", "       ^"),
        ("an invisible character is marked as it is shown", "a\u{200b}b", 2, 1, "a\\u{200b}b", " ^^^^^^^^"),
        ("spaces at the end aren't shown", "a: b   ", 1, 1, "a: b", "^"),
    ])
    func `cells are counted as a terminal counts them`(
        _ what: String, _ line: String, _ column: UInt32, _ length: UInt32, _ shown: String, _ marks: String
    ) {
        #expect(quoted(line, .at(1, column, length)) == [" \(shown)", " \(marks)"], "\(what)")
    }

    @Test(arguments: [1, 30, 60, 150, 240, 290])
    func `a long line is cut around what is marked`(_ column: UInt32) throws {
        let line = (0..<300).map { String($0 % 10) }.joined()
        let lines = quoted(line, .at(1, column, 6), width: 80)
        #expect(lines.allSatisfy { $0.count <= 80 - 5 }, "\(lines)")
        let start = try #require(lines[1].firstIndex(of: "^"))
        let offset = lines[1].distance(from: lines[1].startIndex, to: start)
        let marked = lines[0].dropFirst(offset).prefix(6)
        #expect(marked == line.dropFirst(Int(column) - 1).prefix(6), "\(lines)")
        #expect(lines[0].contains("…"))
        #expect(lines[0].hasSuffix("…") == (column < 250), "\(lines)")
    }

    @Test func `a span that is wider than the terminal is marked up to the edge`() {
        let lines = quoted("key: " + String(repeating: "x", count: 200), .at(1, 6, 200), width: 60)
        #expect(lines[0] == " key: " + String(repeating: "x", count: 46) + "…")
        #expect(lines[1] == " " + String(repeating: " ", count: 5) + String(repeating: "^", count: 46))
    }

    @Test func `a wide character isn't cut in two`() {
        let lines = quoted(String(repeating: "名", count: 100), .at(1, 50, 1), width: 41)
        #expect(lines[0].unicodeScalars.allSatisfy { "名… ".unicodeScalars.contains($0) })
        #expect(lines[1].contains("^^") && !lines[1].contains("^^^"))
    }

    @Test func `text from data can't move the cursor or hide what follows`() {
        let hostile = "\u{1b}[2J\u{202e}\n\r\u{200b}"
        let finding = Diagnostic(.badName, "name \(hostile)", at: .at(1, 1), notes: [.init(hostile, at: .at(1, 1))], mend: hostile)
        let text = render(finding, Texts([("a\u{1b}[31m.yml", ["x\u{1b}[0m \u{202e}"])]))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7f).contains($0.value) })
        #expect(text.split(separator: "\n").count == 5)
    }

    @Test func `colour adds nothing but colour`() {
        let texts = Texts("dhcp: { mode: none, pool: a-b }")
        for severity in Diagnostic.Severity.allCases {
            let finding = Diagnostic(.badName, "x", at: .at(1, 9, 4), notes: [.init("n", at: .at(1, 21, 3))], mend: "y", severity: severity)
            let coloured = render(finding, texts, isColoured: true)
            #expect(coloured != render(finding, texts))
            #expect(coloured.replacing(/\u{1b}\[[0-9;]*m/, with: "") == render(finding, texts))
            #expect(render(finding, texts).contains("\(severity.rawValue)[DVN0211]"))
        }
    }
}
