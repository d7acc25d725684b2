import Testing

@testable import Addressing

@Suite struct AddressingErrorTests {
    @Test func `the sentence names the text, the type and the rule`() {
        let error = #expect(throws: AddressingError.self) { try IPv4Address("10.20.300.1") }
        #expect(error?.description == "\"10.20.300.1\" is not an IPv4 address: octet 3 is 300, the largest is 255")
    }

    @Test(arguments: [
        ("a\"b\\c", #""a\"b\\c""#, "quotes and backslashes"),
        ("a\u{1B}[31m\n", #""a\u{1b}[31m\u{a}""#, "terminal sequences and line breaks"),
        ("a\u{202E}b", #""a\u{202e}b""#, "a change of direction"),
        ("a\u{A0}b", #""a\u{a0}b""#, "a space that isn't one"),
        ("e\u{301}", #""e\u{301}""#, "a mark that hides in the letter before"),
        ("hÿ 01", "\"hÿ 01\"", "plain text"),
        (String(repeating: "x", count: 90), "\"" + String(repeating: "x", count: 80) + "…\"", "a long text"),
    ])
    func `the text is shown so that nothing in it acts`(text: String, shown: String, reason: String) {
        let error = #expect(throws: AddressingError.self) { try IPv4Address(text) }
        #expect(error?.quotedText == shown, "\(reason)")
        #expect(error?.text == text)
    }
}
