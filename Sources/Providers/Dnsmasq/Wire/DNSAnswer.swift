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
        var reader = MessageReader(bytes: message)
        guard reader.number() == question.id, let flags = reader.number(), flags & 0x8000 != 0 else { return nil }
        // Not truncated (RFC 1035 §4.1.1), and no error.
        guard flags & 0x0200 == 0, flags & 0x000F == 0 else { return nil }
        guard reader.number() == 1, let count = reader.number(), reader.number() != nil, reader.number() != nil else { return nil }
        let name = Array(question.name.wire)
        guard reader.name() == name, reader.number() == question.type.rawValue, reader.number() == 1 else { return nil }
        var data: [[UInt8]] = []
        for _ in 0..<count {
            guard let owner = reader.name(), let type = reader.number(), let network = reader.number() else { return nil }
            guard reader.number() != nil, reader.number() != nil, let length = reader.number() else { return nil }
            guard let value = reader.take(Int(length)) else { return nil }
            if owner == name, type == question.type.rawValue, network == 1 { data.append(value) }
        }
        self.data = data
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

/// Reads a message from its beginning; nil once it is at the end.
private struct MessageReader {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func number() -> UInt16? {
        guard index + 2 <= bytes.count else { return nil }
        defer { index += 2 }
        return UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
    }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard index + count <= bytes.count else { return nil }
        defer { index += count }
        return Array(bytes[index..<(index + count)])
    }

    /// A name without compression, in lower case (RFC 1035 §4.1.4, RFC 4343).
    mutating func name() -> [UInt8]? {
        var name: [UInt8] = []
        var position = index
        // Each pointer goes back, to before where this run of labels began: no message can make this loop for ever.
        var start = index
        var hasJumped = false
        while position < bytes.count {
            let length = Int(bytes[position])
            switch length {
            case 0:
                name.append(0)
                if !hasJumped { index = position + 1 }
                return name
            case 1...63:
                guard position + length < bytes.count, name.count + length + 2 <= 255 else { return nil }
                name.append(UInt8(length))
                name += bytes[(position + 1)...(position + length)].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
                position += length + 1
            case 0xC0...:
                guard position + 1 < bytes.count else { return nil }
                let target = (length & 0x3F) << 8 | Int(bytes[position + 1])
                guard target < start else { return nil }
                if !hasJumped { index = position + 2 }
                hasJumped = true
                (position, start) = (target, target)
            default: return nil
            }
        }
        return nil
    }
}
