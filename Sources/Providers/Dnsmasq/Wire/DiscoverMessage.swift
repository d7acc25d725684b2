import Addressing

/// A DHCPDISCOVER of a client without an address, as an Ethernet frame to everybody (RFC 2131 §4.1 and table 5; options RFC 2132).
struct DiscoverMessage {
    /// What ties an offer to it.
    var transaction: UInt32
    /// The client's hardware address.
    var mac: MACAddress
    /// The system that the client's firmware boots (option 93, RFC 4578 §2.1); nil: it doesn't boot from the network.
    var architecture: UInt16?

    /// The frame.
    var frame: [UInt8] {
        let broadcast = [UInt8](repeating: 255, count: 6)
        let udp = Self.octets16(68) + Self.octets16(67) + Self.octets16(UInt16(8 + message.count)) + [0, 0]
        return broadcast + mac.bytes + [8, 0] + Self.header(length: udp.count + message.count) + udp + message + message
    }

    private var message: [UInt8] {
        // op BOOTREQUEST, htype Ethernet, hlen 6, hops 0.
        var message: [UInt8] = [1, 1, 6, 0]
        message += (0..<4).map { UInt8(truncatingIfNeeded: transaction >> (24 - 8 * $0)) }
        // Offers go to everybody too: this client knows no ARP.
        message += [0, 0, 0x80, 0]
        message += [UInt8](repeating: 0, count: 16) + mac.bytes + [UInt8](repeating: 0, count: 10 + 64 + 128)
        message += [99, 130, 83, 99]
        message += [53, 1, 1]
        message += [55, UInt8(Self.wanted.count)] + Self.wanted.map(\.rawValue)
        if let architecture {
            message += [60, 9] + Array("PXEClient".utf8)
            message += [93, 2] + Self.octets16(architecture)
        }
        message.append(255)
        return message + [UInt8](repeating: 0, count: max(0, 300 - message.count))
    }

    /// What the client asks to be told (option 55).
    private static let wanted: [OfferMessage.Option] = [
        .mask, .router, .dnsServer, .hostName, .domainName, .ntpServer, .leaseTime, .bootFile, .domainSearch,
    ]

    /// From 0.0.0.0 to 255.255.255.255 (RFC 791 §3.1).
    private static func header(length: Int) -> [UInt8] {
        var header: [UInt8] = [0x45, 0] + octets16(UInt16(20 + length)) + [0, 0, 0, 0, 64, 17, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255]
        var sum = stride(from: 0, to: header.count, by: 2).reduce(0 as UInt32) { $0 + UInt32(header[$1]) << 8 + UInt32(header[$1 + 1]) }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        header.replaceSubrange(10..<12, with: octets16(~UInt16(sum)))
        return header
    }

    private static func octets16(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)] }
}

extension MACAddress {
    /// Its octets in order.
    fileprivate var bytes: [UInt8] { (0..<6).map { UInt8(truncatingIfNeeded: bits >> (40 - 8 * $0)) } }
}
