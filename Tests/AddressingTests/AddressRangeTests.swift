import Testing

@testable import Addressing

@Suite struct AddressRangeTests {
    @Test(arguments: [
        GoodText("10.20.99.100-10.20.99.200", "10.20.99.100-10.20.99.200", "usual"),
        GoodText("10.20.99.100-10.20.99.100", "10.20.99.100-10.20.99.100", "one address"),
        GoodText("2001:DB8::100-2001:db8::1ff", "2001:db8::100-2001:db8::1ff", "IPv6, made canonical"),
        GoodText("0.0.0.0-255.255.255.255", "0.0.0.0-255.255.255.255", "all of a family"),
    ])
    func `two addresses with a hyphen are read`(good: GoodText) throws { #expect(try AddressRange(good.text).description == good.printed) }

    @Test(arguments: [
        BadText("", "it is empty"),
        BadText("10.20.99.100", "it has no '-' between two addresses"),
        BadText("10.20.99.100 - 10.20.99.200", "a space stands before its '-'"),
        BadText("10.20.99.100- 10.20.99.200", "a space stands after its '-'"),
        BadText("10.20.99.100-200", "its upper end: it has 1 octet, 4 are needed"),
        BadText("10.20.99.100-", "its upper end: it is empty"),
        BadText("-10.20.99.100", "its lower end: it is empty"),
        BadText("10.20.99.300-10.20.99.301", "its lower end: octet 4 is 300, the largest is 255"),
        BadText("10.20.99.1-10.20.99.2-10.20.99.3", "its upper end: character 11 is '-'; it is made of digits and dots"),
        BadText("10.20.99.200-10.20.99.100", "its upper end comes before its lower end", write: "10.20.99.100-10.20.99.200"),
        BadText("10.20.99.100-::1", "its ends are of two families, IPv4 and IPv6"),
    ])
    func `anything else is refused`(bad: BadText) {
        bad.expectRefusal(as: .addressRange) { text throws(AddressingError) in try AddressRange(text) }
    }

    @Test func `both ends belong to a range`() throws {
        let range = try AddressRange("10.20.99.100-10.20.99.200")
        #expect(range.count == 101)
        #expect(try range.contains(IPAddress("10.20.99.100")) && range.contains(IPAddress("10.20.99.200")))
        #expect(try !range.contains(IPAddress("10.20.99.99")) && !range.contains(IPAddress("10.20.99.201")))
        #expect(try !range.contains(IPAddress("::ffff:10.20.99.150")))
    }

    @Test func `ranges that share an end overlap`() throws {
        let range = try AddressRange("10.20.99.100-10.20.99.200")
        let after = try AddressRange("10.20.99.200-10.20.99.210")
        let apart = try AddressRange("10.20.99.201-10.20.99.210")
        #expect(range.overlaps(after) && after.overlaps(range) && !range.overlaps(apart) && !apart.overlaps(range))
        #expect(try range.contains(AddressRange("10.20.99.100-10.20.99.150")) && !range.contains(after))
    }

    @Test func `the largest ranges are counted without overflow`() throws {
        #expect(try Prefix("0.0.0.0/0").addresses.count == 1 << 32)
        #expect(try Prefix("::/1").addresses.count == 1 << 127)
        #expect(try Prefix("::/0").addresses.count == .max)
    }

    @Test func `what is printed is read back as the same value`() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let ends = [0, 1].map { _ in IPAddress.v6(IPv6Address(bits: .random(in: .min ... .max, using: &generator))) }.sorted()
            let range = try AddressRange(ends[0], ends[1])
            #expect(try AddressRange(range.description) == range, "\(range), seed \(seed)")
        }
    }
}
