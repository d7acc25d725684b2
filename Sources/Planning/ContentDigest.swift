internal import Crypto

/// SHA-256 of content, as plans and markers carry it.
public struct ContentDigest: Sendable {
    private var hash = SHA256()

    /// Starts a digest.
    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) { hash.update(data: bytes) }

    /// Adds a text and its end, so that two texts never run together.
    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { unsafe hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        hash.update(data: [0] as [UInt8])
    }

    /// The digest so far: 64 lowercase hexadecimal digits.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in hash.finalize() {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The digest of bytes.
    public static func hex(of bytes: [UInt8]) -> String {
        var digest = ContentDigest()
        digest.update(bytes)
        return digest.hex
    }
}
