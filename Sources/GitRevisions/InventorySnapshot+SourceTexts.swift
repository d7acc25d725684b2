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
        return lines.line(number, of: file) { (try? rawBytes(of: file)) ?? [] }
    }
}

/// The file that was quoted last: diagnostics come sorted by file, so each is read once.
final class LineCache: Sendable {
    private let last = Mutex<(file: FileID, index: LineIndex)?>(nil)

    func line(_ number: UInt32, of file: FileID, reading read: () -> [UInt8]) -> String? {
        let known: String?? = last.withLock { kept in kept?.file == file ? .some(kept?.index.text(ofLine: number)) : .none }
        if let known { return known }
        // Read outside the lock: a slow file system must not stop the other threads.
        var index = LineIndex(read()[...])
        let text = index.text(ofLine: number)
        last.withLock { [index] in $0 = (file, index) }
        return text
    }
}

/// Where the lines of a text begin, counted as libyaml counts: CR, LF, CR LF, and the three Unicode line breaks each end a line.
struct LineIndex: Sendable {
    private let bytes: ArraySlice<UInt8>
    /// Where some lines begin. One of all would take many times the size of a file that is nothing but line breaks; too few, and findings on the last of
    /// many long lines would be looked for through all of them, again and again.
    private var marks: [(line: Int, start: Int)]
    /// The last line that was looked for: most findings stand at the beginning of a large file, and the rest of it isn't gone through for them.
    private var last: (line: Int, start: Int)

    /// So many lines, and so many bytes, lie between two marks at most, one line's length aside.
    private static let stride = (lines: 64, bytes: 64 << 10)

    /// A line longer than this isn't quoted: what is shown of a line takes many times its size in memory.
    private static let longestLine = 64 << 10

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        // A byte order mark is no part of the first line.
        last = (0, bytes.startIndex + (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0))
        marks = [last]
    }

    /// The number of lines.
    mutating func count() -> Int {
        extend(to: .max)
        return last.line + 1
    }

    /// Looks for a line, counted from 0, or for the last one.
    private mutating func extend(to line: Int) {
        var mark = marks[marks.endIndex - 1]
        while last.line < line {
            let end = Self.end(in: bytes, from: last.start)
            guard end < bytes.endIndex else { return }
            last = (last.line + 1, end + Self.breakLength(in: bytes, at: end))
            if last.line - mark.line >= Self.stride.lines || last.start - mark.start >= Self.stride.bytes {
                mark = last
                marks.append(mark)
            }
        }
    }

    mutating func text(ofLine number: UInt32) -> String? {
        guard number >= 1, !bytes.isEmpty else { return nil }
        let line = Int(number - 1)
        extend(to: line)
        guard line <= last.line else { return nil }
        let mark = marks[marks.partitioningIndex { $0.line > line } - 1]
        var start = mark.start
        for _ in mark.line..<line {
            let end = Self.end(in: bytes, from: start)
            start = end + Self.breakLength(in: bytes, at: end)
        }
        // The break behind a line that is just short enough takes up to three bytes.
        let reach = min(bytes.endIndex, start + Self.longestLine + 3)
        let text = bytes[start..<Self.end(in: bytes[..<reach], from: start)]
        return text.count <= Self.longestLine ? String(decoding: text, as: UTF8.self) : nil
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

extension Array {
    /// The first index whose element fulfils a condition that all after it fulfil too; `endIndex` when none does.
    fileprivate func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = isBehind(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}
