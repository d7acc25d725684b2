import Testing

@testable import Addressing

@Suite struct MACAddressTests {
    @Test(arguments: [
        GoodText("02:de:20:01:00:01", "02:de:20:01:00:01", "canonical"),
        GoodText("02:DE:20:01:00:0A", "02:de:20:01:00:0a", "upper case"),
        GoodText("02-de-20-01-00-01", "02:de:20:01:00:01", "hyphens, IEEE 802's own notation"),
        GoodText("02dE.2001.0001", "02:de:20:01:00:01", "Cisco, mixed case"),
        GoodText("00:00:00:00:00:00", "00:00:00:00:00:00", "smallest"),
        GoodText("ff:ff:ff:ff:ff:ff", "ff:ff:ff:ff:ff:ff", "broadcast"),
    ])
    func `each common form is read and printed in one`(good: GoodText) throws {
        #expect(try MACAddress(good.text).description == good.printed)
        #expect(MACAddress.isCanonicalText(good.text) == (good.text == good.printed))
    }

    @Test(arguments: [
        BadText("", "it is empty"),
        BadText("02:de:20:01:00", "it has 5 groups of 2 digits, 6 are needed"),
        BadText("02:de:20:01:00:01:02:03", "it has 8 groups of 2 digits, 6 are needed"),
        BadText("2:de:20:01:00:01", "group 1 has 1 hexadecimal digit, it needs 2"),
        BadText("02:de:20:01:00:001", "group 6 has 3 hexadecimal digits, it needs 2"),
        BadText("02:de:20:01:00:", "group 6 has 0 hexadecimal digits, it needs 2"),
        BadText("02:de:20-01:00:01", "it mixes the separators ':' and '-'"),
        BadText("02:de:20:01:00:0g", "character 17 is 'g'; it is made of hexadecimal digits and separators"),
        BadText(" 02:de:20:01:00:01", "character 1 is a space; it is made of hexadecimal digits and separators"),
        BadText("02:de:20:01:00:0é", "character 17 is outside ASCII; it is made of hexadecimal digits and separators"),
        BadText("02:de:20:01:00:01\n", "character 18 is a control character; it is made of hexadecimal digits and separators"),
        BadText("02de20.010001", "group 1 has 6 hexadecimal digits, it needs 4"),
        BadText("02de.2001.0001.0002", "it has 4 groups of 4 digits, 3 are needed"),
        BadText("02DE20010001", "its digits stand without separators", write: "02:de:20:01:00:01"),
        BadText("02de2001", "it is 8 hexadecimal digits, 12 in pairs are needed"),
    ])
    func `anything else is refused`(bad: BadText) {
        bad.expectRefusal(as: .macAddress) { text throws(AddressingError) in try MACAddress(text) }
    }

    @Test(arguments: [
        "02:de:20:01:00:0", "02:de:20:01:00:01 ", "02:de:20:01:000:1", "0::de:20:01:00:01", "02-de:20:01:00:01", "éé:de:20:01:00:01",
    ])
    func `a text near the canonical form isn't canonical`(text: String) { #expect(!MACAddress.isCanonicalText(text)) }

    @Test func `the two low bits of the first octet tell group and local addresses`() throws {
        #expect(try MACAddress("01:00:5e:00:00:01").isMulticast)
        #expect(try !MACAddress("02:00:5e:00:00:01").isMulticast)
        #expect(try MACAddress("02:de:20:01:00:01").isLocallyAdministered)
        #expect(try !MACAddress("00:1b:21:01:00:01").isLocallyAdministered)
    }

    @Test func `what is printed is read back as the same value`() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let mac = MACAddress(octets: InlineArray { _ in UInt8.random(in: 0...255, using: &generator) })
            let text = mac.description
            #expect(try MACAddress(text) == mac, "seed \(seed)")
            #expect(try MACAddress(text.uppercased().replacing(":", with: "-")) == mac, "seed \(seed)")
            #expect(MACAddress.isCanonicalText(text), "seed \(seed)")
            #expect(MACAddress(octets: mac.octets) == mac, "seed \(seed)")
        }
    }

    @Test func `addresses sort as their texts do`() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let macs = (0..<500).map { _ in MACAddress(octets: InlineArray { _ in UInt8.random(in: 0...255, using: &generator) }) }
        #expect(macs.sorted().map(\.description) == macs.map(\.description).sorted(), "seed \(seed)")
    }
}
