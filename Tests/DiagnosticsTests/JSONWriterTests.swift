import Diagnostics
import Foundation
import Testing

@Suite struct JSONWriterTests {
    private func written(isPretty: Bool = false, _ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter(isPretty: isPretty)
        write(&json)
        return json.text
    }

    @Test func `keys stand in the order given and levels are indented by two spaces`() {
        let text = written(isPretty: true) {
            $0.object {
                $0.member("z", "text")
                $0.member("a", 7)
                $0.member("on", true)
                $0.member("none", String?.none)
                $0.array("list") {
                    $0.value(1)
                    $0.value("two")
                    $0.object { _ in }
                    $0.array { _ in }
                    $0.null()
                }
                $0.object("inner") { $0.member("x", -1) }
            }
        }
        #expect(
            text == """
                {
                  "z": "text",
                  "a": 7,
                  "on": true,
                  "none": null,
                  "list": [
                    1,
                    "two",
                    {},
                    [],
                    null
                  ],
                  "inner": {
                    "x": -1
                  }
                }

                """)
    }

    @Test func `one line has no spaces`() {
        #expect(
            written {
                $0.object {
                    $0.member("a", 1);
                    $0.array("b") {
                        $0.value(false); $0.value(Int?.none)
                    }
                }
            } == #"{"a":1,"b":[false,null]}"#)
    }

    @Test(arguments: [
        ("quote \" and \\", #""quote \" and \\""#), ("line\nbreak\rtab\t", #""line\nbreak\rtab\t""#),
        ("\u{0}\u{1f}\u{7f}\u{85}", #""\u0000\u001f\u007f\u0085""#),
        ("\u{202e}\u{200b}\u{feff}\u{2028}", #""\u202e\u200b\ufeff\u2028""#), ("grüß 名前 🦊 /", #""grüß 名前 🦊 /""#),
        ("\u{e0001}", #""\udb40\udc01""#), ("", "\"\""),
    ])
    func `what a terminal would hide or obey is escaped`(_ text: String, _ expected: String) {
        #expect(written { $0.value(text) } == expected)
    }

    @Test func `another reader reads what was written`() throws {
        let values = ["plain", "\"\\/\u{8}\u{c}", "\u{0}\u{1}\u{1f}", "\u{2028}\u{202e}\u{fffe}", "🦊\u{e0001}\u{10ffff}", "e\u{301}"]
        for isPretty in [true, false] {
            let text = written(isPretty: isPretty) { json in
                json.object { json in
                    json.array("texts") { json in for value in values { json.value(value) } }
                    json.member("least", Int64.min)
                    json.member("most", UInt64.max)
                }
            }
            let read = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            // Compared by scalars: as Characters, "e\u{301}" equals "é".
            #expect((read["texts"] as? [String])?.map { Array($0.unicodeScalars) } == values.map { Array($0.unicodeScalars) })
            #expect((read["least"] as? NSNumber)?.int64Value == .min)
            #expect((read["most"] as? NSNumber)?.uint64Value == .max)
        }
    }

    @Test func `a key is escaped as a text is`() {
        #expect(written { $0.object { $0.member("a\"\n", 1) } } == #"{"a\"\n":1}"#)
    }
}
