/// The bytes of a scalar, valid UTF-8, while it is handed on.
@safe struct RawText {
    private let base: UnsafePointer<UInt8>?
    /// The number of bytes.
    let count: Int

    /// A text in memory that outlives this value.
    @inline(__always)
    @unsafe init(_ base: UnsafePointer<UInt8>?, _ count: Int) {
        unsafe self.base = base
        self.count = count
    }

    /// Part of `bytes`, which have to outlive this value: an array's elements stay where they are while nobody changes it.
    @inline(__always)
    init(_ bytes: borrowing [UInt8], _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        unsafe self.base = bytes.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe $0 + range.lowerBound } }
        count = range.count
    }

    private var buffer: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(start: base, count: count) }

    /// The text.
    var string: String { unsafe String(decoding: buffer, as: UTF8.self) }

    /// Whether the text is `<<`.
    var isMergeKey: Bool { unsafe count == 2 && buffer[0] == UInt8(ascii: "<") && buffer[1] == UInt8(ascii: "<") }

    /// Whether `{{` is in the text.
    var holdsTemplate: Bool {
        let brace = UInt8(ascii: "{")
        let (head, tail) = ends
        // Most texts are short and have no brace at all.
        guard count > Self.endsLength || holds(brace, in: head) || holds(brace, in: tail) else { return false }
        return unsafe zip(buffer, buffer.dropFirst()).contains { $0 == brace && $1 == brace }
    }

    /// Up to this many bytes, `ends` holds the whole text.
    static let endsLength = 16

    /// The first and the last eight bytes; of a shorter text, overlapping halves that together hold all of it.
    var ends: (head: UInt64, tail: UInt64) {
        guard count > 0, let base = unsafe UnsafeRawPointer(base) else { return (0, 0) }
        if count >= 8 {
            return unsafe (
                base.loadUnaligned(as: UInt64.self), base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            )
        }
        if count >= 4 {
            return unsafe (
                UInt64(base.loadUnaligned(as: UInt32.self)), UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            )
        }
        let first = unsafe UInt64(base.load(as: UInt8.self))
        let middle = unsafe UInt64(base.load(fromByteOffset: count / 2, as: UInt8.self))
        let last = unsafe UInt64(base.load(fromByteOffset: count - 1, as: UInt8.self))
        return (first << 8 | middle, last)
    }

    /// A hash of the text, given its `ends`.
    func fingerprint(_ head: UInt64, _ tail: UInt64, seed: UInt64) -> UInt64 {
        var state = fold(seed ^ head ^ UInt64(truncatingIfNeeded: count) << 56)
        if count > Self.endsLength, let base = unsafe UnsafeRawPointer(base) {
            var offset = 8
            while offset + 8 < count {
                state = unsafe fold(state ^ base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
        }
        return fold(state ^ tail)
    }

    /// Whether a string has the same bytes.
    func equals(_ string: String) -> Bool {
        let isEqual = unsafe string.utf8.withContiguousStorageIfAvailable { other in
            guard other.count == count else { return false }
            var offset = 0
            while offset < count {
                guard unsafe buffer[offset] == other[offset] else { return false }
                offset += 1
            }
            return true
        }
        // Strings made from bytes are always contiguous; the slow way is for completeness.
        return unsafe isEqual ?? string.utf8.elementsEqual(buffer)
    }
}

/// Whether one of eight bytes is `byte`: subtracting one borrows from the highest bit of a zero alone, or of bytes above one.
@inline(__always)
private func holds(_ byte: UInt8, in word: UInt64) -> Bool {
    let difference = word ^ (0x0101_0101_0101_0101 &* UInt64(byte))
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080 != 0
}

/// Both halves of a full multiplication by an odd constant, folded into one; the golden ratio keeps zero from staying zero.
@inline(__always)
private func fold(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
}
