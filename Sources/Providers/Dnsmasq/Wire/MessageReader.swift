/// Reads a message from its beginning; nil once it is at the end.
struct MessageReader {
    let bytes: [UInt8]
    private(set) var index = 0

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
