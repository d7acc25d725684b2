/// How much a change may upset, the least first.
public enum Risk: String, Sendable, CaseIterable, Comparable {
    /// One record, one reservation.
    case routine
    /// What many things stand on: a pool, a zone, an option of a segment.
    case structural
    /// Somebody may notice an interruption.
    case disruptive
    /// Who serves changes.
    case authority
    /// Something goes away that can't be made again from the inventory alone.
    case destructive

    /// Orders by gravity.
    public static func < (a: Risk, b: Risk) -> Bool { a.rank < b.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
