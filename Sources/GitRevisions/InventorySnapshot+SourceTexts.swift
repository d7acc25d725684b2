public import Diagnostics
import Synchronization

extension InventorySnapshot: SourceTexts {
    /// The path to print, relative to the inventory's root.
    public func path(of file: FileID) -> String {
        files.indices.contains(Int(file.rawValue)) ? files[Int(file.rawValue)].path : "(unknown file)"
    }

    /// The text of a line, from 1; nil when the file can't be read any more, has fewer lines, or has a very long one there.
    public func line(_ number: UInt32, of file: FileID) -> String? {
        guard files.indices.contains(Int(file.rawValue)) else { return nil }
        return lines.index(of: file) { (try? rawBytes(of: file)) ?? [] }.text(ofLine: number)
    }
}

/// The file that was quoted last: diagnostics come sorted by file, so each is read once.
final class LineCache: Sendable {
    private let last = Mutex<(file: FileID, index: LineIndex)?>(nil)

    func index(of file: FileID, reading read: () -> [UInt8]) -> LineIndex {
        if let kept = last.withLock({ $0 }), kept.file == file { return kept.index }
        // Read outside the lock: a slow file system must not stop the other threads.
        let index = LineIndex(read()[...])
        last.withLock { $0 = (file, index) }
        return index
    }
}

/// Where the lines of a text begin, counted as libyaml counts: CR, LF, CR LF, and the three Unicode line breaks each end a line.
struct LineIndex: Sendable {
    private let bytes: ArraySlice<UInt8>
    /// Where every 64th line begins: a file may be nothing but line breaks, and then an index of all would take many times its size.
    private var marks: [Int] = []
    let count: Int

    private static let stride = 64

    /// A line longer than this isn't quoted: what is shown of a line takes many times its size in memory.
    private static let longestLine = 64 << 10

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        // A byte order mark is no part of the first line.
        var start = bytes.startIndex + (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        var count = 0
        while true {
            if count.isMultiple(of: Self.stride) { marks.append(start) }
            count += 1
            let end = Self.end(in: bytes, from: start)
            guard end < bytes.endIndex else { break }
            start = end + Self.breakLength(in: bytes, at: end)
        }
        self.count = count
    }

    func text(ofLine number: UInt32) -> String? {
        guard number >= 1, Int(number) <= count, !bytes.isEmpty else { return nil }
        var start = marks[Int(number - 1) / Self.stride]
        for _ in 0..<Int(number - 1) % Self.stride {
            let end = Self.end(in: bytes, from: start)
            start = end + Self.breakLength(in: bytes, at: end)
        }
        let line = bytes[start..<Self.end(in: bytes, from: start)]
        return line.count <= Self.longestLine ? String(decoding: line, as: UTF8.self) : nil
    }

    /// Where the line that begins at a position ends.
    private static func end(in bytes: ArraySlice<UInt8>, from start: Int) -> Int {
        var position = start
        while position < bytes.endIndex, breakLength(in: bytes, at: position) == 0 { position += 1 }
        return position
    }

    private static func breakLength(in bytes: ArraySlice<UInt8>, at position: Int) -> Int {
        func next(_ distance: Int) -> UInt8? { position + distance < bytes.endIndex ? bytes[position + distance] : nil }
        switch bytes[position] {
        case 0x0A: return 1
        case 0x0D: return next(1) == 0x0A ? 2 : 1
        case 0xC2: return next(1) == 0x85 ? 2 : 0
        case 0xE2: return next(1) == 0x80 && (next(2) == 0xA8 || next(2) == 0xA9) ? 3 : 0
        default: return 0
        }
    }
}
