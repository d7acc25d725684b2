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
        hash.update(data: Array("blob \(bytes.count)\0".utf8))
        hash.update(data: bytes)
        guard let id = ObjectID(bytes: Array(hash.finalize())) else { preconditionFailure("SHA-1 has \(Self.byteCount) bytes") }
        self = id
    }

    /// Makes an identifier of 20 bytes; nil for any other number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
        for (index, byte) in bytes.enumerated() {
            switch index {
            case ..<8: words.0 = words.0 << 8 | UInt64(byte)
            case ..<16: words.1 = words.1 << 8 | UInt64(byte)
            default: words.2 = words.2 << 8 | UInt64(byte)
            }
        }
        (first, second, third) = (words.0, words.1, UInt32(truncatingIfNeeded: words.2))
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
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * Self.byteCount)
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
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
