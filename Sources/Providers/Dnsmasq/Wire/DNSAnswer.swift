import Addressing

/// The answer to a question: the data of the records that have its name and type.
///
/// The message may come from anyone. Nothing is read beyond its end, a compressed name may only point backwards, and what doesn't answer the
/// question is no answer.
struct DNSAnswer: Hashable {
    /// The data of each record, as it came.
    let data: [[UInt8]]

    /// Reads a message; nil when it is broken, cut short, an error, or answers something else.
    init?(_ message: [UInt8], to question: DNSQuestion) {
        guard let reply = DNSReply(message, to: question), !reply.isTruncated, reply.code == 0 else { return nil }
        data = reply.records.filter { $0.owner == reply.owner && $0.type == question.type.rawValue }.map(\.data)
    }

    /// The one text of the one TXT record; nil when there is another number of either, or it isn't printable ASCII.
    var text: String? {
        guard data.count == 1, let length = data[0].first, data[0].count == Int(length) + 1 else { return nil }
        let text = data[0].dropFirst()
        return text.allSatisfy({ (0x20...0x7E).contains($0) }) ? String(decoding: text, as: UTF8.self) : nil
    }

    /// The one address of the one AAAA record.
    var address: IPv6Address? {
        guard data.count == 1, data[0].count == 16 else { return nil }
        return IPv6Address(bits: data[0].reduce(0) { $0 << 8 | UInt128($1) })
    }
}
