import Planning
import TestSupport
import Testing

@Suite struct ResourceAddressTests {
    @Test(arguments: [
        ("hv01.mgmt", "hv01.mgmt"), ("a_b-c:1", "a_b-c:1"), ("dnsmasq.conf:12", "dnsmasq.conf:12"), ("a/b", "a%2Fb"), ("100%", "100%25"),
        (" ", "%20"), ("é", "%C3%A9"), ("\u{1}", "%01"), ("\u{1b}[2J", "%1B%5B2J"), ("*.example.org", "%2A.example.org"),
    ])
    func `a key is encoded outside a few plain characters`(_ key: String, _ encoded: String) {
        let address = ResourceAddress(site: "lab", host: "hv01", provider: "dnsmasq", kind: "record", key: key)
        #expect(address.description == "lab/hv01/dnsmasq/record/\(encoded)")
        #expect(ResourceAddress(address.description) == address)
    }

    @Test(arguments: [
        "", "a/b/c/d", "a/b/c/d/e/f", "a/b/c/d/", "/b/c/d/e", "a//c/d/e", "a/b/c/d/%", "a/b/c/d/%4", "a/b/c/d/%zz", "a/b/c/d/%+f",
        "a/b/c/d/%-1",
        "a/b/c/d/%C3", "a/b/c/d/%C3%28", "a/b/c/d/% 1", "a/b/c/d/%é1",
    ])
    func `what isn't five parts with a sound encoding is no address`(_ text: String) { #expect(ResourceAddress(text) == nil) }

    @Test func `digits may be written small`() { #expect(ResourceAddress("a/b/c/d/%2f%c3%a9")?.key == "/é") }

    @Test func `what is printed reads back, for any key`() {
        for seed in 0..<500 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var key = ""
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let range: ClosedRange<UInt32> = Bool.random(using: &random) ? 0...0x7F : 0x80...0xFFFF
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { key.unicodeScalars.append(scalar) }
            }
            if key.isEmpty { continue }
            let address = ResourceAddress(site: "lab", host: "hv01", provider: "kea", kind: "option", key: key)
            let text = address.description
            #expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "seed \(seed)")
            #expect(ResourceAddress(text).map { Array($0.key.utf8) } == Array(key.utf8), "seed \(seed): \(text)")
        }
    }

    @Test func `addresses stand in the order of their parts`() {
        let texts = ["a/b/c/d/e", "a/b/c/d/f", "a/b/d/a/a", "b/a/a/a/a"]
        let addresses = texts.compactMap { ResourceAddress($0) }
        #expect(addresses.shuffled().sorted().map(\.description) == texts)
    }
}
