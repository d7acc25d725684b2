extension UInt8 {
    /// The value of a decimal digit; 10 or more for every other byte.
    @inline(__always)
    var decimalValue: UInt8 { self &- 0x30 }

    /// The value of a hexadecimal digit of either case; 255 for every other byte.
    @inline(__always)
    var hexValue: UInt8 {
        let digit = self &- 0x30
        if digit < 10 { return digit }
        // Setting bit 5 folds upper case onto lower and moves nothing else into a–f.
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : 255
    }

    /// The lower-case hexadecimal digit of a value below 16.
    @inline(__always)
    static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x57 &+ value }
}

extension Span where Element == UInt8 {
    func firstIndex(of byte: UInt8) -> Int? {
        for i in indices where self[i] == byte { return i }
        return nil
    }

    /// How an error names the character at an offset.
    func character(at offset: Int) -> String {
        switch self[offset] {
        case 0x20: "a space"
        case 0x27: "an apostrophe"
        case 0x21...0x7E: "'\(Unicode.Scalar(self[offset]))'"
        case 0x80...: "outside ASCII"
        default: "a control character"
        }
    }

    /// The digits that start at an offset, cut where no reader would go on counting.
    func digits(from start: Int) -> String {
        var text = ""
        var i = start
        while i < count, self[i].decimalValue < 10 {
            guard i - start < 12 else { return text + "…" }
            text.unicodeScalars.append(Unicode.Scalar(self[i]))
            i += 1
        }
        return text
    }

    /// Reads the whole span as a decimal number without leading zeros, `name` being what an error calls it.
    func decimalNumber(called name: String, largest: Int) throws(BrokenRule) -> Int {
        guard !isEmpty else { throw BrokenRule("\(name) is missing") }
        var value = 0
        for i in indices {
            let digit = self[i].decimalValue
            guard digit < 10 else { throw BrokenRule("\(name) is not a decimal number: character \(i + 1) is \(character(at: i))") }
            value = value * 10 + Int(digit)
            guard value <= largest else { throw BrokenRule("\(name) is \(digits(from: 0)), the largest is \(largest)") }
        }
        guard self[0] != 0x30 || count == 1 else {
            throw BrokenRule("\(name) is \(digits(from: 0)); it is written without leading zeros")
        }
        return value
    }
}
