internal import Crypto

/// The name of a git object: the SHA-1 of its content.
public struct ObjectID: Hashable, Sendable {
    /// How many bytes an identifier has.
    public static let byteCount = 20

    // Three words instead of an array: comparing and hashing need no memory outside the value.
    private let first: UInt64
    private let second: UInt64
    private let third: UInt32

    /// The identifier that git gives a file with these bytes: SHA-1 of `blob SIZE`, a zero and the bytes (gitformat-loose(5)).
    ///
    /// libgit2 has the same as `git_odb_hash`, which looks for prepared collisions on the way and takes five times as long. Whoever could
    /// prepare two files of one identifier here could as well write the one that is read.
    init(ofFile bytes: [UInt8]) {
        var hash = Insecure.SHA1()
        let head = "blob \(bytes.count)\0".utf8
        if bytes.count < 4096 {
            // In one piece: an update costs as much as hashing a hundred bytes.
            unsafe withUnsafeTemporaryAllocation(byteCount: head.count + bytes.count, alignment: 1) { buffer in
                for (index, byte) in head.enumerated() { unsafe buffer[index] = byte }
                unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[head.count...]).copyBytes(from: bytes)
                unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            }
        } else {
            hash.update(data: Array(head))
            hash.update(data: bytes)
        }
        self.init(digest: hash.finalize().makeIterator())
    }

    /// Makes an identifier of 20 bytes; nil for any other number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(digest: bytes.makeIterator())
    }

    /// Takes the first 20 bytes, of which there have to be as many.
    @inline(__always)
    private init(digest bytes: consuming some IteratorProtocol<UInt8>) {
        func word(_ length: Int) -> UInt64 {
            var word: UInt64 = 0
            for _ in 0..<length { word = word << 8 | UInt64(bytes.next() ?? 0) }
            return word
        }
        (first, second, third) = (word(8), word(8), UInt32(truncatingIfNeeded: word(4)))
    }

    /// Reads 40 hexadecimal digits; nil for anything else.
    public init?(_ hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 2 * Self.byteCount else { return nil }
        var bytes: [UInt8] = []
        for pair in stride(from: 0, to: digits.count, by: 2) {
            guard let high = hexValue(digits[pair]), let low = hexValue(digits[pair + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    /// The 20 bytes in order.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(Self.byteCount)
        for shift in stride(from: 56, through: 0, by: -8) { result.append(UInt8(truncatingIfNeeded: first >> UInt64(shift))) }
        for shift in stride(from: 56, through: 0, by: -8) { result.append(UInt8(truncatingIfNeeded: second >> UInt64(shift))) }
        for shift in stride(from: 24, through: 0, by: -8) { result.append(UInt8(truncatingIfNeeded: third >> UInt32(shift))) }
        return result
    }

    /// The first ten hexadecimal digits, for people.
    public var abbreviation: String { String(description.prefix(10)) }
}

extension ObjectID: CustomStringConvertible {
    /// The 40 hexadecimal digits, lower case.
    public var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * Self.byteCount)
        func add(_ word: UInt64, bits: UInt64) {
            var shift = bits
            while shift > 0 {
                shift -= 4
                let digit = UInt8(truncatingIfNeeded: word &>> shift & 15)
                text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
            }
        }
        add(first, bits: 64)
        add(second, bits: 64)
        add(UInt64(third), bits: 32)
        return String(decoding: text, as: UTF8.self)
    }
}

private func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
}
