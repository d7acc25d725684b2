import Testing

@testable import Addressing

@Suite struct IPAddressTests {
    @Test func `the separator tells the family`() throws {
        #expect(try IPAddress("10.20.99.21") == .v4(IPv4Address(10, 20, 99, 21)))
        #expect(try IPAddress("::ffff:10.20.99.21").family == .ipv6)
        #expect(try IPAddress("::ffff:10.20.99.21") != IPAddress("10.20.99.21"))
        #expect(try IPAddress("2001:db8::1").v6?.low == 1)
        #expect(try IPAddress("2001:db8::1").v4 == nil)
    }

    @Test func `an error is about the family that was meant`() {
        BadText("10.20.300.1", "octet 3 is 300, the largest is 255").expectRefusal(as: .ipv4Address) { text throws(AddressingError) in
            try IPAddress(text)
        }
        BadText("2001:db8::g", "character 11 is 'g'; it is made of hexadecimal digits and colons")
            .expectRefusal(as: .ipv6Address) { text throws(AddressingError) in try IPAddress(text) }
        BadText("gateway", "character 1 is 'g'; it is made of digits and dots").expectRefusal(as: .ipAddress) {
            text throws(AddressingError) in
            try IPAddress(text)
        }
        BadText("", "it is empty").expectRefusal(as: .ipAddress) { text throws(AddressingError) in try IPAddress(text) }
    }

    @Test func `IPv4 sorts before IPv6, and both numerically`() throws {
        let texts = ["::", "10.0.0.10", "2001:db8::", "10.0.0.9", "0:0:0:1::"]
        let sorted = try texts.map { try IPAddress($0) }.sorted().map(\.description)
        #expect(sorted == ["10.0.0.9", "10.0.0.10", "::", "0:0:0:1::", "2001:db8::"])
    }

    @Test func `a step stays inside the family's space`() throws {
        #expect(try IPAddress("10.0.0.255").advanced(by: 1) == IPAddress("10.0.1.0"))
        #expect(try IPAddress("10.0.1.0").advanced(by: -256) == IPAddress("10.0.0.0"))
        #expect(try IPAddress("255.255.255.255").advanced(by: 1) == nil)
        #expect(try IPAddress("0.0.0.0").advanced(by: -1) == nil)
        #expect(try IPAddress("255.255.255.255").advanced(by: .max) == nil)
        #expect(try IPAddress("0.0.0.0").advanced(by: .min) == nil)
        #expect(try IPAddress("2001:db8::ffff:ffff:ffff:ffff").advanced(by: 1) == IPAddress("2001:db8:0:1::"))
        #expect(try IPAddress("::").advanced(by: -1) == nil)
        #expect(try IPAddress("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").advanced(by: 1) == nil)
    }

    @Test func `what is asked of an address is asked of its family`() throws {
        #expect(try IPAddress("::1").isLoopback && IPAddress("127.0.0.1").isLoopback && !IPAddress("::ffff:127.0.0.1").isLoopback)
        #expect(try IPAddress("ff02::1").isMulticast && IPAddress("224.0.0.1").isMulticast)
        #expect(try IPAddress("fe80::1").isLinkLocal && IPAddress("169.254.1.1").isLinkLocal)
        #expect(try IPAddress("::").isUnspecified && IPAddress("0.0.0.0").isUnspecified)
        #expect(try IPAddress("192.0.2.1").reverseName.description == "1.2.0.192.in-addr.arpa")
        #expect(try IPAddress("::1").reverseName.description.hasPrefix("1.0.0."))
    }
}
