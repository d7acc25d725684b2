/// A text of bounded length under construction, on the stack: formatting allocates nothing but the string it returns.
struct ASCIIText<let capacity: Int> {
    private var bytes = InlineArray<capacity, UInt8>(repeating: 0)
    private var count = 0

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        bytes[count] = byte
        count &+= 1
    }

    mutating func append(_ text: Span<UInt8>) {
        for i in text.indices { append(text[i]) }
    }

    mutating func append(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    /// Appends a decimal number without leading zeros.
    @inline(__always)
    mutating func append(decimal value: UInt8) {
        if value >= 100 { append(0x30 &+ value / 100) }
        if value >= 10 { append(0x30 &+ value / 10 % 10) }
        append(0x30 &+ value % 10)
    }

    /// Appends a byte as two lower-case hexadecimal digits.
    @inline(__always)
    mutating func append(hexPair value: UInt8) {
        append(.hexDigit(value >> 4))
        append(.hexDigit(value & 15))
    }

    /// Appends a group of an IPv6 address: hexadecimal, without leading zeros.
    mutating func append(hexGroup value: UInt16) {
        if value >= 0x1000 { append(.hexDigit(UInt8(value >> 12))) }
        if value >= 0x100 { append(.hexDigit(UInt8(value >> 8 & 15))) }
        if value >= 0x10 { append(.hexDigit(UInt8(value >> 4 & 15))) }
        append(.hexDigit(UInt8(value & 15)))
    }

    /// Writes the text behind what is in a buffer.
    func write(to buffer: inout [UInt8]) {
        for i in 0..<count { buffer.append(bytes[i]) }
    }

    var string: String {
        let written = bytes.span.extracting(0..<count)
        guard let text = try? UTF8Span(validating: written) else { preconditionFailure("only ASCII may be appended") }
        return String(copying: text)
    }
}
