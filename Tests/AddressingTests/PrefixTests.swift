import Testing

@testable import Addressing

@Suite struct PrefixTests {
    @Test(arguments: [
        GoodText("10.20.99.0/24", "10.20.99.0/24", "usual"),
        GoodText("0.0.0.0/0", "0.0.0.0/0", "everything"),
        GoodText("10.20.99.21/32", "10.20.99.21/32", "one address"),
        GoodText("10.20.99.20/31", "10.20.99.20/31", "a point-to-point link"),
        GoodText("2001:DB8:0::/48", "2001:db8::/48", "IPv6, made canonical"),
        GoodText("::/0", "::/0", "everything"),
        GoodText("::1/128", "::1/128", "one address"),
    ])
    func `a network with its length is read`(good: GoodText) throws { #expect(try Prefix(good.text).description == good.printed) }

    @Test(arguments: [
        BadText("", "it is empty"),
        BadText("10.20.99.0", "it has no length, as /24 is one"),
        BadText("10.20.99.0/", "the length is missing"),
        BadText("10.20.99.0/33", "the length is 33, the largest is 32"),
        BadText("10.20.99.0/024", "the length is 024; it is written without leading zeros"),
        BadText("10.20.99.0/00", "the length is 00; it is written without leading zeros"),
        BadText("10.20.99.0/-1", "the length is not a decimal number: character 1 is '-'"),
        BadText("10.20.99.0/255.255.255.0", "the length is 255, the largest is 32"),
        BadText("10.20.99.0/99999999999999999999", "the length is 999999999999…, the largest is 32"),
        BadText("10.20.99.0/24/8", "the length is not a decimal number: character 3 is '/'"),
        BadText("10.20.99/24", "its address: it has 3 octets, 4 are needed"),
        BadText("/24", "its address: it is empty"),
        BadText("2001:db8::/129", "the length is 129, the largest is 128"),
        BadText("10.20.99.21/24", "bits are set after the first 24", write: "10.20.99.0/24"),
        BadText("10.20.99.0/23", "bits are set after the first 23", write: "10.20.98.0/23"),
        BadText("128.0.0.0/0", "bits are set after the first 0", write: "0.0.0.0/0"),
        BadText("2001:db8::1/64", "bits are set after the first 64", write: "2001:db8::/64"),
    ])
    func `anything else is refused`(bad: BadText) { bad.expectRefusal(as: .prefix) { text throws(AddressingError) in try Prefix(text) } }

    @Test func `host bits are told from other errors, and the network is named`() throws {
        #expect(throws: AddressingError.self) { try Prefix("10.20.99.21/24") }
        do throws(AddressingError) {
            _ = try Prefix("10.20.99.21/24")
        } catch {
            #expect(error.hasHostBits)
            #expect(error.description == "\"10.20.99.21/24\" is not a prefix: bits are set after the first 24; write 10.20.99.0/24")
        }
        do throws(AddressingError) {
            _ = try Prefix("10.20.99.0/33")
        } catch {
            #expect(!error.hasHostBits)
        }
    }

    @Test func `an address with a length gives both`() throws {
        let (address, prefix) = try Prefix.parseLenient("10.20.99.21/24")
        #expect(try address == IPAddress("10.20.99.21"))
        #expect(try prefix == Prefix("10.20.99.0/24"))
    }

    @Test func `a prefix made from its parts obeys the same rules`() throws {
        let address = try IPAddress("10.20.99.21")
        #expect(throws: AddressingError.self) { try Prefix(network: address, length: 24) }
        #expect(throws: AddressingError.self) { try Prefix(containing: address, length: 33) }
        #expect(throws: AddressingError.self) { try Prefix(containing: address, length: -1) }
        #expect(try Prefix(containing: address, length: 24) == Prefix("10.20.99.0/24"))
        #expect(try Prefix(network: address, length: 32).description == "10.20.99.21/32")
    }

    @Test func `a prefix contains its addresses and no others`() throws {
        let prefix = try Prefix("10.20.98.0/23")
        for inside in ["10.20.98.0", "10.20.99.255", "10.20.99.0"] { #expect(try prefix.contains(IPAddress(inside))) }
        for outside in ["10.20.97.255", "10.20.100.0", "::ffff:10.20.98.1"] { #expect(try !prefix.contains(IPAddress(outside))) }
        #expect(try Prefix("0.0.0.0/0").contains(IPAddress("255.1.2.3")))
        #expect(try !Prefix("0.0.0.0/0").contains(IPAddress("::")))
        #expect(try Prefix("2001:db8::/33").contains(IPAddress("2001:db8:7fff::")))
        #expect(try !Prefix("2001:db8::/33").contains(IPAddress("2001:db8:8000::")))
    }

    @Test func `prefixes contain one another or share nothing`() throws {
        let block = try Prefix("10.20.0.0/16")
        let segment = try Prefix("10.20.99.0/24")
        #expect(block.contains(segment) && !segment.contains(block) && block.contains(block))
        #expect(block.overlaps(segment) && segment.overlaps(block))
        #expect(try !segment.overlaps(Prefix("10.20.98.0/24")))
        #expect(try !Prefix("0.0.0.0/0").overlaps(Prefix("::/0")))
        #expect(try segment.contains(AddressRange("10.20.99.100-10.20.99.200")))
        #expect(try !segment.contains(AddressRange("10.20.99.100-10.20.100.1")))
    }

    struct Ends: Sendable {
        var prefix, first, last: String
        var broadcast, netmask: String?
    }

    @Test(arguments: [
        Ends(prefix: "10.20.99.0/24", first: "10.20.99.1", last: "10.20.99.254", broadcast: "10.20.99.255", netmask: "255.255.255.0"),
        Ends(prefix: "10.20.98.0/23", first: "10.20.98.1", last: "10.20.99.254", broadcast: "10.20.99.255", netmask: "255.255.254.0"),
        Ends(prefix: "10.20.99.4/30", first: "10.20.99.5", last: "10.20.99.6", broadcast: "10.20.99.7", netmask: "255.255.255.252"),
        Ends(prefix: "10.20.99.4/31", first: "10.20.99.4", last: "10.20.99.5", broadcast: nil, netmask: "255.255.255.254"),
        Ends(prefix: "10.20.99.4/32", first: "10.20.99.4", last: "10.20.99.4", broadcast: nil, netmask: "255.255.255.255"),
        Ends(prefix: "0.0.0.0/0", first: "0.0.0.1", last: "255.255.255.254", broadcast: "255.255.255.255", netmask: "0.0.0.0"),
        Ends(prefix: "2001:db8::/64", first: "2001:db8::1", last: "2001:db8::ffff:ffff:ffff:ffff", broadcast: nil, netmask: nil),
        Ends(prefix: "2001:db8::/127", first: "2001:db8::", last: "2001:db8::1", broadcast: nil, netmask: nil),
        Ends(prefix: "2001:db8::/128", first: "2001:db8::", last: "2001:db8::", broadcast: nil, netmask: nil),
    ])
    func `the ends of a prefix are what its family and length make them`(ends: Ends) throws {
        let prefix = try Prefix(ends.prefix)
        #expect(prefix.firstUsable.description == ends.first)
        #expect(prefix.lastUsable.description == ends.last)
        #expect(prefix.broadcast?.description == ends.broadcast)
        #expect(prefix.netmask?.description == ends.netmask)
    }

    @Test(arguments: [
        ("10.20.99.0/24", ["99.20.10.in-addr.arpa"]),
        ("10.20.98.0/23", ["98.20.10.in-addr.arpa", "99.20.10.in-addr.arpa"]),
        ("10.20.99.64/26", ["99.20.10.in-addr.arpa"]),
        ("10.20.99.21/32", ["99.20.10.in-addr.arpa"]),
        ("10.20.0.0/16", ["20.10.in-addr.arpa"]),
        ("10.20.0.0/15", ["20.10.in-addr.arpa", "21.10.in-addr.arpa"]),
        ("10.0.0.0/8", ["10.in-addr.arpa"]),
        ("0.0.0.0/0", ["in-addr.arpa"]),
        ("2001:db8::/32", ["8.b.d.0.1.0.0.2.ip6.arpa"]),
        ("2001:db8::/31", ["8.b.d.0.1.0.0.2.ip6.arpa", "9.b.d.0.1.0.0.2.ip6.arpa"]),
        ("2001:db8:0:4::/62", (4...7).map { "\($0).0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa" }),
        ("::/0", ["ip6.arpa"]),
    ])
    func `reverse zones are cut at octets and nibbles`(text: String, zones: [String]) throws {
        #expect(try Prefix(text).reverseZones.map(\.description) == zones)
    }

    @Test func `a twenty-bit prefix has sixteen reverse zones`() throws {
        let zones = try Prefix("10.20.16.0/20").reverseZones.map(\.description)
        #expect(zones == (16...31).map { "\($0).20.10.in-addr.arpa" })
    }

    @Test func `the PTR name of each address is below just one of the reverse zones`() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let prefix = try randomPrefix(&generator)
            for address in [prefix.network, prefix.lastAddress, prefix.firstUsable] {
                #expect(prefix.reverseZones.count { address.reverseName.isSubdomain(of: $0) } == 1, "\(prefix), seed \(seed)")
            }
        }
    }

    @Test func `what is printed is read back as the same value`() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let prefix = try randomPrefix(&generator)
            #expect(try Prefix(prefix.description) == prefix, "\(prefix), seed \(seed)")
            #expect(prefix.contains(prefix.network) && prefix.contains(prefix.addresses), "\(prefix), seed \(seed)")
            #expect(prefix.network.advanced(by: -1).map { !prefix.contains($0) } ?? true, "\(prefix), seed \(seed)")
            #expect(prefix.lastAddress.advanced(by: 1).map { !prefix.contains($0) } ?? true, "\(prefix), seed \(seed)")
        }
    }

    @Test func `a block sorts before those inside it`() throws {
        let texts = ["2001:db8::/32", "10.20.99.0/24", "10.20.0.0/24", "10.20.0.0/16", "10.0.0.0/8"]
        let sorted = try texts.map { try Prefix($0) }.sorted().map(\.description)
        #expect(sorted == ["10.0.0.0/8", "10.20.0.0/16", "10.20.0.0/24", "10.20.99.0/24", "2001:db8::/32"])
    }

    private func randomPrefix(_ generator: inout SeededGenerator) throws -> Prefix {
        if Bool.random(using: &generator) {
            let address = IPAddress.v4(IPv4Address(bits: .random(in: .min ... .max, using: &generator)))
            return try Prefix(containing: address, length: .random(in: 0...32, using: &generator))
        }
        let address = IPAddress.v6(IPv6Address(bits: .random(in: .min ... .max, using: &generator)))
        return try Prefix(containing: address, length: .random(in: 0...128, using: &generator))
    }
}
