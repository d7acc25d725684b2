import Addressing

/// A DHCPOFFER, from an Ethernet frame (RFC 2131 §2, options RFC 2132). Nothing is read beyond its end.
struct OfferMessage {
    /// The options we look at.
    enum Option: UInt8 {
        case mask = 1
        case router = 3
        case dnsServer = 6
        case hostName = 12
        case domainName = 15
        case ntpServer = 42
        case leaseTime = 51
        case messageType = 53
        case bootFile = 67
        case domainSearch = 119
    }

    /// The transaction of the DHCPDISCOVER that it answers.
    let transaction: UInt32
    /// The address offered.
    let address: IPv4Address
    private var options: [UInt8: [UInt8]] = [:]

    /// Reads a frame; nil when it is no offer.
    init?(frame: [UInt8]) {
        guard frame.count > 14 + 20, frame[12] == 8, frame[13] == 0, frame[14] >> 4 == 4, frame[14 + 9] == 17 else { return nil }
        // The datagram's header, then the UDP header.
        let start = 14 + Int(frame[14] & 15) * 4 + 8
        guard frame.count >= start + 240, frame[start] == 2 else { return nil }
        func bits(_ offset: Int) -> UInt32 { (0..<4).reduce(0) { $0 << 8 | UInt32(frame[start + offset + $1]) } }
        guard bits(236) == 0x6382_5363 else { return nil }
        transaction = bits(4)
        address = IPv4Address(bits: bits(16))
        var index = start + 240
        while index + 1 < frame.count, frame[index] != 255 {
            guard frame[index] != 0 else {
                index += 1
                continue
            }
            let (code, end) = (frame[index], index + 2 + Int(frame[index + 1]))
            guard end <= frame.count else { return nil }
            // A long option comes in pieces (RFC 3396 §7).
            options[code, default: []] += frame[(index + 2)..<end]
            index = end
        }
        // The file's own field is where a server may put it (RFC 2131 table 1); either may end with zeros.
        let file = (options[Option.bootFile.rawValue] ?? Array(frame[(start + 108)..<(start + 236)])).prefix { $0 != 0 }
        options[Option.bootFile.rawValue] = file.isEmpty ? nil : Array(file)
        guard self[.messageType] == [2] else { return nil }
    }

    /// An option's bytes; nil: it isn't told.
    subscript(_ option: Option) -> [UInt8]? { options[option.rawValue] }

    /// The names of the search list, which point at each other (RFC 3397 §2), without compression.
    var search: [UInt8] {
        var reader = MessageReader(bytes: self[.domainSearch] ?? [])
        var names: [UInt8] = []
        while let name = reader.name() { names += name }
        return names
    }
}
