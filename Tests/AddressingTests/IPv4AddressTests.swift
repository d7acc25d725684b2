import Glibc
import Testing

@testable import Addressing

@Suite struct IPv4AddressTests {
    @Test(arguments: ["0.0.0.0", "10.20.99.21", "192.0.2.1", "255.255.255.255", "1.10.100.0"])
    func `a dotted quad is read and printed as it was`(text: String) throws { #expect(try IPv4Address(text).description == text) }

    @Test(arguments: [
        BadText("", "it is empty"),
        BadText("10.20.300.1", "octet 3 is 300, the largest is 255"),
        BadText("256.0.0.1", "octet 1 is 256, the largest is 255"),
        BadText("10.20.4294967297.1", "octet 3 is 4294967297, the largest is 255"),
        BadText("10.20.99999999999999999999.1", "octet 3 is 999999999999…, the largest is 255"),
        BadText("10.20.99", "it has 3 octets, 4 are needed"),
        BadText("3232235777", "octet 1 is 3232235777, the largest is 255"),
        BadText("127", "it has 1 octet, 4 are needed"),
        BadText("10.20.99.1.5", "it has more than 4 octets"),
        BadText("10.20.99.1.", "it has more than 4 octets"),
        BadText("10.20..1", "octet 3 is empty"),
        BadText("10.20.99.", "octet 4 is empty"),
        BadText(".10.20.99", "octet 1 is empty"),
        BadText("10.20.099.1", "octet 3 is 099; with a leading zero some programs read it as octal"),
        BadText("10.20.00.1", "octet 3 is 00; with a leading zero some programs read it as octal"),
        BadText("0x0a.20.99.1", "character 2 is 'x'; it is made of digits and dots"),
        BadText("10.20.99.1/24", "it has a prefix length, and an address stands without one"),
        BadText("10.20.99.1 ", "character 11 is a space; it is made of digits and dots"),
        BadText("10.20.99.-1", "character 10 is '-'; it is made of digits and dots"),
        BadText("10.20.99.1\0", "character 11 is a control character; it is made of digits and dots"),
        BadText("10.20.99.١", "character 10 is outside ASCII; it is made of digits and dots"),
    ])
    func `anything but a strict dotted quad is refused`(bad: BadText) {
        bad.expectRefusal(as: .ipv4Address) { text throws(AddressingError) in try IPv4Address(text) }
    }

    @Test func `addresses with a meaning of their own are known, to the edges of their blocks`() throws {
        #expect(IPv4Address(0, 0, 0, 0).isUnspecified && !IPv4Address(0, 0, 0, 1).isUnspecified)
        #expect(IPv4Address(127, 0, 0, 0).isLoopback && IPv4Address(127, 255, 255, 255).isLoopback && !IPv4Address(128, 0, 0, 0).isLoopback)
        #expect(IPv4Address(224, 0, 0, 0).isMulticast && IPv4Address(239, 255, 255, 255).isMulticast)
        #expect(!IPv4Address(223, 255, 255, 255).isMulticast && !IPv4Address(240, 0, 0, 0).isMulticast)
        #expect(IPv4Address(169, 254, 0, 0).isLinkLocal && !IPv4Address(169, 255, 0, 0).isLinkLocal)
    }

    @Test func `a PTR record stands at the octets in reverse`() throws {
        #expect(try IPv4Address("10.20.99.121").reverseName.description == "121.99.20.10.in-addr.arpa")
        #expect(IPv4Address(bits: .max).reverseName.description == "255.255.255.255.in-addr.arpa")
    }

    @Test func `printing agrees with reading and with inet_ntop`() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let address = IPv4Address(bits: .random(in: .min ... .max, using: &generator))
            #expect(try IPv4Address(address.description) == address, "seed \(seed)")
            #expect(address.description == oracleText(AF_INET, (0..<4).map(address.octet)), "seed \(seed)")
            #expect(try DomainName(address.reverseName.description) == address.reverseName, "seed \(seed)")
        }
    }

    /// glibc's inet_pton takes leading zeros as decimal where we refuse them; every other verdict must be the same.
    @Test func `arbitrary texts are taken or refused as by inet_pton`() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        var taken = 0
        for _ in 0..<20_000 {
            var octets = (0..<Int.random(in: 3...5, using: &generator)).map { _ in "\(Int.random(in: 0...300, using: &generator))" }
            if Int.random(in: 0..<4, using: &generator) == 0 {
                octets[octets.count - 1] = generator.text(of: "0125.: x", count: Int.random(in: 0...3, using: &generator))
            }
            let text = octets.joined(separator: ".")
            let hasLeadingZero = text.split(separator: ".").contains { $0.count > 1 && $0.first == "0" }
            let mine = (try? IPv4Address(text))?.bits
            let oracle = hasLeadingZero ? nil : oracleBytes(AF_INET, text, count: 4)?.reduce(0) { $0 << 8 | UInt32($1) }
            #expect(mine == oracle, "\(text.debugDescription), seed \(seed)")
            taken += mine == nil ? 0 : 1
        }
        #expect(taken > 1000, "the texts must be good often enough to mean something; seed \(seed)")
    }
}
