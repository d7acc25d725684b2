import Testing

@testable import GitRevisions

struct ObjectIDTests {
    @Test func `an object id prints the digits it was read from`() throws {
        let hex = "0123456789abcdef0123456789ABCDEF01234567"
        let id = try #require(ObjectID(hex))
        #expect(id.description == hex.lowercased())
        #expect(id.bytes.count == 20)
        #expect(ObjectID(bytes: id.bytes) == id)
        #expect(id.abbreviation == "0123456789")
    }

    @Test(arguments: [
        ("", "nothing"), ("0123456789abcdef0123456789abcdef0123456", "39 digits"),
        ("0123456789abcdef0123456789abcdef012345678", "41 digits"),
        ("0123456789abcdef0123456789abcdef0123456g", "a letter beyond f"), ("é123456789abcdef0123456789abcdef012345", "no digit"),
    ])
    func `a text that isn't 40 hexadecimal digits is no object id`(text: String, reason: String) {
        #expect(ObjectID(text) == nil, "\(reason)")
    }

    @Test(arguments: ["", "a: b\n", "é\0\r\n", String(repeating: "hosts:\n", count: 20_000)])
    func `a file has the id that git gives it`(text: String) throws {
        let sandbox = try Sandbox()
        let id = try sandbox.git("hash-object", "--stdin", "--no-filters", input: text)
        #expect(ObjectID(ofFile: Array(text.utf8)).description == id)
    }
}
