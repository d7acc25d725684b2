import Glibc
import Testing

@testable import Addressing

@Suite struct IPv6AddressTests {
    @Test(arguments: [
        GoodText("2001:db8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a", "RFC 4291 §2.2"),
        GoodText("FF01:0:0:0:0:0:0:101", "ff01::101", "RFC 4291 §2.2"),
        GoodText("0:0:0:0:0:0:0:1", "::1", "RFC 4291 §2.2"),
        GoodText("0:0:0:0:0:0:0:0", "::", "RFC 4291 §2.2"),
        GoodText("::", "::", "RFC 4291 §2.2"),
        GoodText("0:0:0:0:0:FFFF:129.144.52.38", "::ffff:129.144.52.38", "RFC 4291 §2.2"),
        GoodText("::13.1.68.3", "::d01:4403", "RFC 4291 §2.2, the deprecated kind"),
        GoodText("64:ff9b::192.0.2.33", "64:ff9b::c000:221", "RFC 6052"),
        GoodText("1:2:3:4:5:6:192.0.2.33", "1:2:3:4:5:6:c000:221", "a quad after six groups"),
        GoodText("2001:0db8::0001", "2001:db8::1", "RFC 5952 §4.1: no leading zeros"),
        GoodText("2001:db8::2:1", "2001:db8::2:1", "RFC 5952 §4.2.1: as short as can be"),
        GoodText("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1", "RFC 5952 §4.2.2: one zero group isn't shortened"),
        GoodText("2001:0:0:1:0:0:0:1", "2001:0:0:1::1", "RFC 5952 §4.2.3: the longest run"),
        GoodText("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "RFC 5952 §4.2.3: the first of equals"),
        GoodText("2001:DB8::ABCD", "2001:db8::abcd", "RFC 5952 §4.3: lower case"),
        GoodText("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", "a gap for one group, at the end"),
        GoodText("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8", "a gap for one group, at the front"),
        GoodText("1::", "1::", "a gap for the rest"),
        GoodText("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "largest"),
    ])
    func `every form is read and printed in the form of RFC 5952`(good: GoodText) throws {
        #expect(try IPv6Address(good.text).description == good.printed)
    }

    @Test(arguments: [
        BadText("", "it is empty"),
        BadText(":", "it begins with a single ':'"),
        BadText(":1::2", "it begins with a single ':'"),
        BadText("1:", "it ends with a single ':'"),
        BadText("1::2:", "it ends with a single ':'"),
        BadText(":::", "it has a second '::'"),
        BadText("1:::2", "it has a second '::'"),
        BadText("1::2::3", "it has a second '::'"),
        BadText("1:2:3", "it has 3 groups and no '::', 8 are needed"),
        BadText("1:2:3:4:5:6:7:8:9", "it has more than 8 groups"),
        BadText("1:2:3:4:5:6:7:8::", "its '::' stands for no group, because 8 are written"),
        BadText("1::2:3:4:5:6:7:8", "its '::' stands for no group, because 8 are written"),
        BadText("2001:db8::12345", "group 3 has 5 digits, the most is 4"),
        BadText("2001:db8::g", "character 11 is 'g'; it is made of hexadecimal digits and colons"),
        BadText("fe80::1%eth0", "it has a zone id, which means something on one machine only"),
        BadText("[::1]", "it stands in brackets, which belong to URLs"),
        BadText("::1/128", "it has a prefix length, and an address stands without one"),
        BadText("::1 ", "character 4 is a space; it is made of hexadecimal digits and colons"),
        BadText("::300.0.2.1", "the IPv4 part: octet 1 is 300, the largest is 255"),
        BadText("::192.0.2", "the IPv4 part: it has 3 octets, 4 are needed"),
        BadText("::192.0.2.1:5", "the IPv4 part: character 10 is ':'; it is made of digits and dots"),
        BadText("1:2:3:4:5:6:7:192.0.2.1", "the IPv4 part begins at group 8, and it needs two groups of 8"),
        BadText("1::3:4:5:6:7:192.0.2.1", "its '::' stands for no group, because 8 are written"),
        BadText("1:2:3:4:5:6:.0.2.1", "character 13 is '.'; it is made of hexadecimal digits and colons"),
    ])
    func `anything else is refused`(bad: BadText) {
        bad.expectRefusal(as: .ipv6Address) { text throws(AddressingError) in try IPv6Address(text) }
    }

    @Test func `addresses with a meaning of their own are known, to the edges of their blocks`() throws {
        #expect(try IPv6Address("::").isUnspecified && !IPv6Address("::1").isUnspecified)
        #expect(try IPv6Address("::1").isLoopback && !IPv6Address("::2").isLoopback)
        #expect(try IPv6Address("ff00::").isMulticast && !IPv6Address("feff::").isMulticast)
        #expect(try IPv6Address("fe80::").isLinkLocal && IPv6Address("febf:ffff::").isLinkLocal && !IPv6Address("fec0::").isLinkLocal)
    }

    @Test func `a PTR record stands at the nibbles in reverse`() throws {
        // RFC 3596 §2.5's own example.
        #expect(
            try IPv6Address("4321:0:1:2:3:4:567:89ab").reverseName.description
                == "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa")
    }

    @Test func `printing agrees with reading and with inet_ntop`() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5000 {
            let address = IPv6Address(bits: sparse(&generator))
            #expect(try IPv6Address(address.description) == address, "\(address), seed \(seed)")
            #expect(try DomainName(address.reverseName.description) == address.reverseName, "\(address), seed \(seed)")
            // The C library prints the deprecated ::/96 with a dotted quad, and we in hexadecimal on purpose.
            guard address.bits >> 32 != 0 else { continue }
            let bytes = (0..<16).map { UInt8(truncatingIfNeeded: address.bits >> (120 - 8 * $0)) }
            #expect(address.description == oracleText(AF_INET6, bytes), "seed \(seed)")
        }
    }

    @Test func `arbitrary texts are taken or refused as by inet_pton`() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        var taken = 0
        for _ in 0..<20_000 {
            var text = IPv6Address(bits: sparse(&generator)).description
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let at = text.index(text.startIndex, offsetBy: Int.random(in: 0...text.count, using: &generator))
                text.insert(contentsOf: ["::", ":", "0", "f", ".", "1.2.3.4", "g"].randomElement(using: &generator) ?? "", at: at)
            }
            let mine = (try? IPv6Address(text))?.bits
            let oracle = oracleBytes(AF_INET6, text, count: 16)?.reduce(0) { $0 << 8 | UInt128($1) }
            #expect(mine == oracle, "\(text.debugDescription), seed \(seed)")
            taken += mine == nil ? 0 : 1
        }
        #expect(taken > 1000, "the texts must be good often enough to mean something; seed \(seed)")
    }

    /// Half of the groups are zero, so that runs of every length and place turn up.
    private func sparse(_ generator: inout SeededGenerator) -> UInt128 {
        (0..<8).reduce(0) { bits, _ in
            bits << 16
                | UInt128(
                    [0, 0, 0, 0xFFFF, UInt16.random(in: 0...255, using: &generator), generator.next()].randomElement(using: &generator) ?? 0
                )
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func next() -> UInt16 { .random(in: .min ... .max, using: &self) }
}
