import Testing

@testable import Addressing

@Suite struct TransportPortTests {
    @Test(arguments: [
        GoodText("tcp/1883", "tcp/1883", "one port"),
        GoodText("udp/5000-5010", "udp/5000-5010", "several"),
        GoodText("udp/53-53", "udp/53", "a range of one is that port"),
        GoodText("tcp/1-65535", "tcp/1-65535", "all"),
    ])
    func `a transport with ports is read`(good: GoodText) throws { #expect(try TransportPort(good.text).description == good.printed) }

    @Test(arguments: [
        BadText("", "it is empty"),
        BadText("1883", "it has no transport, as tcp/ is one"),
        BadText("TCP/1883", "its transport is neither tcp nor udp"),
        BadText("sctp/1883", "its transport is neither tcp nor udp"),
        BadText("tcp/0", "port 0 is reserved; ports are 1 to 65535"),
        BadText("tcp/65536", "the port is 65536, the largest is 65535"),
        BadText("tcp/", "the port is missing"),
        BadText("tcp/mqtt", "the port is not a decimal number: character 1 is 'm'"),
        BadText("tcp/01883", "the port is 01883; it is written without leading zeros"),
        BadText("tcp/5000-", "the upper port is missing"),
        BadText("tcp/-5000", "the lower port is missing"),
        BadText("tcp/5010-5000", "its upper port comes before its lower port", write: "tcp/5000-5010"),
        BadText("tcp/5000-5010-5020", "the upper port is not a decimal number: character 5 is '-'"),
    ])
    func `anything else is refused`(bad: BadText) {
        bad.expectRefusal(as: .transportPort) { text throws(AddressingError) in try TransportPort(text) }
    }

    @Test func `ports of different transports share nothing`() throws {
        let wide = try TransportPort("tcp/5000-5010")
        #expect(try wide.contains(TransportPort(.tcp, port: 5010)) && !wide.contains(TransportPort(.udp, port: 5010)))
        #expect(try wide.overlaps(TransportPort(.tcp, ports: 5010...6000)) && !wide.contains(TransportPort(.tcp, ports: 5010...6000)))
        #expect(try !wide.overlaps(TransportPort(.tcp, ports: 5011...6000)) && !wide.overlaps(TransportPort(.udp, ports: 5000...5010)))
    }

    @Test func `port 0 can't be made`() {
        #expect(throws: AddressingError.self) { try TransportPort(.tcp, port: 0) }
        #expect(throws: AddressingError.self) { try TransportPort(.udp, ports: 0...5) }
    }

    @Test func `ports sort by transport, then number`() throws {
        let texts = ["udp/1", "tcp/80", "tcp/9", "tcp/9-10"]
        let sorted = try texts.map { try TransportPort($0) }.sorted().map(\.description)
        #expect(sorted == ["tcp/9", "tcp/9-10", "tcp/80", "udp/1"])
    }
}
