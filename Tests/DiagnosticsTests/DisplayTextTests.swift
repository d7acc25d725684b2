import Diagnostics
import Testing

@Suite struct DisplayTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("grüß 名前 🦊", "grüß 名前 🦊"), ("a\nb", "a\\u{a}b"), ("\u{1b}[31m", "\\u{1b}[31m"), ("\u{202e}x", "\\u{202e}x"),
        ("\u{200b}", "\\u{200b}"), ("\u{feff}", "\\u{feff}"), ("x\u{fe0f}", "x\\u{fe0f}"), ("\u{e000}", "\\u{e000}"),
        ("\u{e0041}", "\\u{e0041}"),
        ("\u{3164}", "\\u{3164}"), ("\u{2800}", "\\u{2800}"), ("\u{17b5}", "\\u{17b5}"), ("\u{115f}", "\\u{115f}"),
        ("\u{ffa0}", "\\u{ffa0}"),
        ("\u{34f}", "\\u{34f}"), ("\u{2801}", "\u{2801}"),
        ("\u{2028}", "\\u{2028}"), ("\u{9f}", "\\u{9f}"),
    ])
    func `what a terminal would hide or obey is shown as its code`(_ text: String, _ shown: String) {
        #expect(escapedForDisplay(text) == shown)
    }

    @Test(arguments: [
        ("plain", nil), (String(repeating: "é", count: 200), nil), (String(repeating: "é", count: 201), "is longer than 200 characters"),
        ("a\nb", "holds a line break"), ("a\rb", "holds a line break"), ("a\u{7}", "holds the unprintable character U+0007"),
        ("a\u{202e}", "holds the unprintable character U+202E"), ("\u{e0041}", "holds the unprintable character U+E0041"),
    ])
    func `a text for people is one plain line`(_ text: String, _ problem: String?) { #expect(displayTextProblem(text) == problem) }

    @Test(arguments: [
        ("managment", "management"), ("from", "form"), ("hosts", "hosts"), ("host", "hosts"), ("xyzzy", nil), ("", nil), ("ab", nil),
        ("io", "iot"),
    ])
    func `the nearest known name is offered when it is near`(_ written: String, _ nearest: String?) {
        #expect(nearestName(to: written, among: ["management", "form", "hosts", "iot"]) == nearest)
    }

    @Test func `of two names that are equally near the first by name is offered`() {
        #expect(nearestName(to: "hv0", among: ["hv02", "hv01"]) == "hv01")
    }

    @Test func `findings are sorted by place, those without one first`() {
        let a = Diagnostic(.badName, "a", at: .at(1, 1, file: 1)), b = Diagnostic(.badName, "b", at: .at(9, 1)),
            c = Diagnostic(.badName, "c")
        let d = Diagnostic(.badName, "d", at: .at(9, 1)), e = Diagnostic(.badMAC, "a", at: .at(9, 1))
        #expect([a, e, d, c, b].sorted() == [c, b, d, e, a])
    }
}
