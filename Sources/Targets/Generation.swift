/// One complete set of files of a target: all places of all sites. Numbers only grow; the number fences off a writer that overslept.
public struct Generation: Sendable, Equatable {
    /// The growing number.
    public var number: UInt64
    /// What each site last applied.
    public var records: [AppliedRecord]

    /// Makes a generation.
    public init(number: UInt64, records: [AppliedRecord]) {
        self.number = number
        self.records = records
    }
}
