import Diagnostics
import Testing

@Suite struct AnnotationRendererTests {
    private func line(_ diagnostic: Diagnostic, path: String = "sites/lab/hosts.yml") -> String {
        AnnotationRenderer.render([diagnostic], sources: Texts([(path, ["hosts:"])]))
    }

    @Test func `a finding is one command with its place, its rule, what is wrong, and the mend`() throws {
        let title = try #require(DiagnosticCode.reservationInPool.entry?.title)
        let found = Diagnostic(
            .reservationInPool, "inside the pool", at: .at(3, 47, 11), notes: [.init("the pool", at: .at(1, 2, 3))], mend: "choose another")
        #expect(
            line(found)
                == "::error file=sites/lab/hosts.yml,line=3,col=47,endColumn=58,title=DVN0804 \(title)::inside the pool"
                + "%0Asites/lab/hosts.yml:1:2: note: the pool%0Amend: choose another\n")
    }

    @Test func `a severity has GitHub's name, and a finding without a place has none`() throws {
        #expect(line(Diagnostic(.hostUnbound, "x")).hasPrefix("::notice title=DVN1005 "))
        #expect(line(Diagnostic(.hostNameStyle, "x")).hasPrefix("::warning title=DVN0310 "))
        #expect(line(Diagnostic(.inventoryEmpty, "x")).hasPrefix("::error title=DVN0110 "))
        #expect(AnnotationRenderer.render([], sources: nil).isEmpty)
    }

    @Test func `text of the inventory can't begin another command, end a property, or reach the terminal`() {
        let hostile = "100%,a:b\n::error::x\r\u{1b}[31m\u{202e}"
        let text = line(Diagnostic(.badText, hostile, at: .at(1, 1), mend: hostile), path: "a,b:c%\n.yml")
        #expect(text.split(separator: "\n").count == 1)
        #expect(text.hasPrefix("::error file=a%2Cb%3Ac%25\\u{a}.yml,line=1,"), "\(text)")
        #expect(text.contains(#"::100%25,a:b\u{a}::error::x\u{d}\u{1b}[31m\u{202e}%0Amend: 100%25"#), "\(text)")
    }
}
