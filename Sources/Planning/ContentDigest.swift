internal import Crypto

/// SHA-256 of content, as plans and markers carry it.
public struct ContentDigest: Sendable {
    private var hash = SHA256()
    /// What waits for the next update: a plan has millions of short texts, and each call costs more than what it hashes.
    private var waiting: [UInt8] = []
    private static let mostWaiting = 4_096

    /// Starts a digest.
    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        if bytes.count < Self.mostWaiting {
            waiting.append(contentsOf: bytes)
            flushIfLong()
        } else {
            flush()
            hash.update(data: bytes)
        }
    }

    /// Adds a text and its end, so that two texts never run together.
    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { unsafe waiting.append(contentsOf: $0) }
        waiting.append(0)
        flushIfLong()
    }

    private mutating func flushIfLong() {
        if waiting.count >= Self.mostWaiting { flush() }
    }

    private mutating func flush() {
        if waiting.isEmpty { return }
        hash.update(data: waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    /// The digest so far: 64 lowercase hexadecimal digits.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        var whole = self
        whole.flush()
        for byte in whole.hash.finalize() {
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
