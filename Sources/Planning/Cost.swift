/// What it takes to make a change live, the cheapest first.
public enum Cost: String, Sendable, CaseIterable, Comparable {
    /// Nothing has to be told.
    case live
    /// The service reads its files again and keeps what it knows.
    case reload
    /// The service ends and starts.
    case restart

    /// Orders by price.
    public static func < (a: Cost, b: Cost) -> Bool { a.rank < b.rank }
    private var rank: Int { self == .live ? 0 : self == .reload ? 1 : 2 }
}
