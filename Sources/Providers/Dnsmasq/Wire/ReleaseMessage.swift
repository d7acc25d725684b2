import Addressing

/// A DHCPRELEASE: a client gives its lease back (RFC 2131 §3.1 and table 5; options RFC 2132 §9.6 and §9.7).
struct ReleaseMessage {
    let bytes: [UInt8]

    init(_ lease: Lease, server: IPv4Address) {
        // op BOOTREQUEST, htype Ethernet, hlen 6, hops 0.
        var message: [UInt8] = [1, 1, 6, 0]
        message += Self.octets(.random(in: 0...UInt32.max))
        message += [0, 0, 0, 0]
        message += Self.octets(lease.address.bits)
        message += [UInt8](repeating: 0, count: 12)
        let mac = lease.mac.octets
        for index in mac.indices { message.append(mac[index]) }
        message += [UInt8](repeating: 0, count: 10 + 64 + 128)
        message += [99, 130, 83, 99]
        message += [53, 1, 7]
        message += [54, 4] + Self.octets(server.bits)
        message.append(255)
        bytes = message
    }

    private static func octets(_ bits: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0)) } }
}
