/// The keys of one mapping at a time, to find those that come twice.
///
/// Open addressing over fingerprints. Slots carry the number of the mapping that filled them, so that the next mapping starts empty without
/// any clearing, and a small mapping uses only the first few slots.
struct KeySet {
    private struct Slot {
        var round: UInt32 = 0
        /// The lower half of the text's fingerprint.
        var print: UInt32 = 0
        var symbol: UInt32 = 0
        /// The key's node.
        var key: UInt32 = 0
    }

    private var slots = ContiguousArray(repeating: Slot(), count: 64)
    private var round: UInt32 = 0
    private var mask = 63

    /// Starts a mapping with at most `count` keys.
    mutating func begin(count: Int) {
        var size = 16
        while size < count * 2 { size *= 2 }
        if size > slots.count || round == .max {
            slots = ContiguousArray(repeating: Slot(), count: max(size, slots.count))
            round = 0
        }
        round += 1
        mask = size - 1
    }

    /// Adds a key's node; that of an equal key which was added before, if there is one.
    mutating func insert(_ key: UInt32, symbol: UInt32, of scalars: borrowing ScalarTable) -> UInt32? {
        let fingerprint = scalars.fingerprints[Int(symbol)]
        let print = UInt32(truncatingIfNeeded: fingerprint)
        var position = Int(truncatingIfNeeded: fingerprint >> 32) & mask
        while slots[position].round == round {
            if slots[position].print == print, scalars.areEqual(slots[position].symbol, symbol) { return slots[position].key }
            position = (position + 1) & mask
        }
        slots[position] = Slot(round: round, print: print, symbol: symbol, key: key)
        return nil
    }

    /// Gives back what a large mapping made it grow to.
    mutating func shrink() {
        if slots.count > 1 << 12 { self = KeySet() }
    }
}
