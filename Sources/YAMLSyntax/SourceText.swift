/// The bytes of a file as a person counts them. What it does before reading is quick; the rest is asked for after an error only.
struct SourceText: Sendable {
    let bytes: [UInt8]
    /// Where the text begins: behind the byte order mark, if there is one.
    let start: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Whether the bytes are UTF-16 or UTF-32: by their byte order mark, or by a zero among the first two, as an ASCII character would give.
    var isWide: Bool {
        let head = bytes.prefix(2)
        return head.elementsEqual([0xFE, 0xFF]) || head.elementsEqual([0xFF, 0xFE]) || (bytes.count > 1 && head.contains(0))
    }

    /// The first line end that isn't LF or CRLF, as its offset from the text's start and the character: a lone CR, NEL, LS or PS.
    ///
    /// libyaml ends a line at each of them and most editors and reviews don't, so `a: x` NEL `b: y` would hide a key, and the numbers of all
    /// lines below would be wrong.
    var oddLineEnd: (offset: Int, character: UInt32)? {
        // Nearly every file is ASCII with LF, and this loop is one that a compiler turns into vector instructions.
        var isOdd: UInt8 = 0
        for byte in bytes { isOdd |= (byte & 0x80) | (byte == 0x0D ? 1 : 0) }
        guard isOdd != 0 else { return nil }
        for position in bytes.indices where bytes[position] == 0x0D || bytes[position] & 0x80 != 0 {
            let rest = bytes[position...].prefix(3)
            if rest.first == 0x0D, rest.dropFirst().first != 0x0A { return (position - start, 0x0D) }
            if rest.starts(with: [0xC2, 0x85]) { return (position - start, 0x85) }
            if rest.elementsEqual([0xE2, 0x80, 0xA8]) { return (position - start, 0x2028) }
            if rest.elementsEqual([0xE2, 0x80, 0xA9]) { return (position - start, 0x2029) }
        }
        return nil
    }

    /// The place of a byte, counted from the text's start.
    func mark(atByte offset: Int) -> Mark {
        var mark = Mark.fileStart
        for byte in bytes[start..<min(start + offset, bytes.count)] {
            if byte == 0x0A {
                mark.line += 1
                mark.column = 0
            } else if !Self.isContinuation(byte) {
                mark.column += 1
            }
        }
        return mark
    }

    /// Where a file ends whose last line has no end; nil for one that has it.
    var openEnd: Mark? { bytes.last == 0x0A ? nil : mark(atByte: bytes.count - start) }

    /// The byte (from the file's start) of the character that has `index` characters before it; the file's end when there is none.
    private func byte(ofCharacter index: Int) -> Int {
        var left = index
        for position in start..<max(start, bytes.count) where !Self.isContinuation(bytes[position]) {
            if left == 0 { return position }
            left -= 1
        }
        return bytes.count
    }

    /// The character with a given number of characters before it; nil at the end.
    func character(at index: Int) -> Unicode.Scalar? {
        String(decoding: bytes[byte(ofCharacter: index)...].prefix(4), as: UTF8.self).unicodeScalars.first
    }

    /// What stands on the same line before a character.
    func lineHead(before index: Int) -> String {
        let end = byte(ofCharacter: index)
        let head = bytes[start..<max(start, end)].reversed().prefix { $0 != 0x0A }
        return String(decoding: head.reversed(), as: UTF8.self)
    }

    /// What stands on the same line from a character on.
    func lineTail(from index: Int) -> String {
        String(decoding: bytes[byte(ofCharacter: index)...].prefix { $0 != 0x0A }, as: UTF8.self)
    }

    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}

extension SourceText {
    /// The character at a place.
    func character(at mark: Mark) -> Unicode.Scalar? {
        var line: UInt32 = 0
        var position = start
        while position < bytes.count, line < mark.line {
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }
        return String(decoding: bytes[min(position, bytes.count)...].prefix(4 * (Int(mark.column) + 1)), as: UTF8.self)
            .unicodeScalars.dropFirst(Int(mark.column)).first
    }
}
