import Addressing

/// A question to a name server (RFC 1035 §4.1), as small as it can be: one name, class IN, no recursion asked for.
struct DNSQuestion: Hashable {
    /// The types we ask for.
    enum RecordType: UInt16 {
        case a = 1
        case ns = 2
        case cname = 5
        case ptr = 12
        case mx = 15
        case txt = 16
        case aaaa = 28
        case srv = 33
    }

    /// What ties an answer to the question.
    var id: UInt16
    /// The name.
    var name: DomainName
    /// The type.
    var type: RecordType

    /// The message.
    var bytes: [UInt8] { message(additional: 0) }

    /// The message, saying that a reply of 4096 bytes can be taken (EDNS, RFC 6891 §6.1).
    var bytesForLongReplies: [UInt8] { message(additional: 1) + [0, 0, 41, 0x10, 0, 0, 0, 0, 0, 0, 0] }

    private func message(additional: UInt16) -> [UInt8] {
        let header: [UInt16] = [id, 0, 1, 0, 0, additional]
        return header.flatMap(Self.octets) + name.wire + Self.octets(type.rawValue) + Self.octets(1)
    }

    private static func octets(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)] }
}
