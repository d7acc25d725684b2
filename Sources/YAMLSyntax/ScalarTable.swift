/// The texts of one file, each with a number (its symbol).
///
/// A text that was met lately has its symbol again, so that keys and common values cost one `String` for the whole file. "Lately" is a cache
/// of fixed size with one place for each hash: it stays in the processor's own cache however large the file is, which a table of all texts
/// would not, and a new text merely pushes out an old one. A text may therefore have several symbols; equality is asked of ``areEqual(_:_:)``.
struct ScalarTable {
    /// What the cache knows of a text. Up to 16 bytes (a short one), `head`, `tail` and `count` are the whole text.
    private struct Entry {
        var head: UInt64 = 0
        var tail: UInt64 = 0
        var count: UInt32 = 0
        /// The symbol plus the file's `base`: the symbols of earlier files are below it, and so forgotten without being cleared. 0: none.
        var number: UInt32 = 0
    }

    /// A power of two; 48 KiB of entries.
    private static let cacheSize = 2048

    /// The texts by symbol.
    private(set) var texts: ContiguousArray<String> = []
    /// A hash of each text.
    private(set) var fingerprints: ContiguousArray<UInt64> = []
    private var cache = ContiguousArray(repeating: Entry(), count: Self.cacheSize)
    /// The texts of the cache's short entries: the same keys stand in every file, and their strings are made once.
    private var shortTexts = ContiguousArray(repeating: "", count: Self.cacheSize)
    private var base: UInt32 = 1
    private let seed: UInt64

    /// Makes a table. The seed only changes hashes, never what is found; an unpredictable one keeps a hostile file from choosing keys that
    /// all fall together.
    init(seed: UInt64) { self.seed = seed }

    /// The symbol of a text.
    mutating func symbol(of text: RawText) -> UInt32 {
        let (head, tail) = text.ends
        let count = UInt32(truncatingIfNeeded: text.count)
        let print = text.fingerprint(head, tail, seed: seed)
        let place = Int(truncatingIfNeeded: print) & (Self.cacheSize - 1)
        let entry = cache[place]
        let isShort = count <= RawText.endsLength
        let isLikely = entry.head == head && entry.tail == tail && entry.count == count && entry.number > 0
        if isLikely, entry.number >= base {
            let symbol = entry.number - base
            if isShort || text.equals(texts[Int(symbol)]) { return symbol }
        }
        let symbol = UInt32(truncatingIfNeeded: texts.count)
        if isShort {
            if !isLikely { shortTexts[place] = text.string }
            texts.append(shortTexts[place])
        } else {
            texts.append(text.string)
        }
        fingerprints.append(print)
        cache[place] = Entry(head: head, tail: tail, count: count, number: base + symbol)
        return symbol
    }

    /// Whether two symbols mean the same text, byte for byte.
    func areEqual(_ a: UInt32, _ b: UInt32) -> Bool {
        guard a != b else { return true }
        // Not `==`, which takes different spellings of an accent for the same.
        return fingerprints[Int(a)] == fingerprints[Int(b)] && texts[Int(a)].utf8.elementsEqual(texts[Int(b)].utf8)
    }

    /// Makes room for as many texts as there will be when the file is `scale` times what was read.
    mutating func reserve(scale: Double) {
        let expected = Int(Double(texts.count) * scale) + 64
        texts.reserveCapacity(expected)
        fingerprints.reserveCapacity(expected)
    }

    /// The texts for a tree, without much spare room. A small file gets a copy, so that the working array serves the next file too.
    mutating func takeTexts(reusedCapacity: Int) -> ContiguousArray<String> {
        guard texts.count >= reusedCapacity, texts.capacity - texts.count <= texts.count / 8 else { return texts.copiedToSize() }
        let taken = texts
        removeAll(reusedCapacity: reusedCapacity)
        return taken
    }

    /// Forgets all texts before the next file. What a large file made the table grow to is given back.
    mutating func removeAll(reusedCapacity: Int) {
        if base > .max / 4 {
            cache = ContiguousArray(repeating: Entry(), count: Self.cacheSize)
            base = 1
        } else {
            base += UInt32(truncatingIfNeeded: texts.count)
        }
        texts.removeAll(keepingCapacity: texts.capacity <= 2 * reusedCapacity)
        fingerprints.removeAll(keepingCapacity: fingerprints.capacity <= 2 * reusedCapacity)
    }
}

extension ContiguousArray {
    /// A copy without spare room. Copying a slice would share the buffer, spare room and all.
    func copiedToSize() -> Self {
        var copy = Self()
        copy.reserveCapacity(count)
        copy.append(contentsOf: self)
        return copy
    }
}
