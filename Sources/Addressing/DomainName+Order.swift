extension DomainName {
    /// Orders names canonically (RFC 4034 §6.1): label by label from the right, a parent before what is below it.
    public static func < (a: DomainName, b: DomainName) -> Bool {
        isBefore(a.description.utf8Span.span, b.description.utf8Span.span)
    }

    /// The common end of both names is skipped from the right; the label that the first difference is in then decides from its left.
    private static func isBefore(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        let common = commonSuffixLength(a, b)
        var (i, j) = (a.count - common, b.count - common)
        // One name is the other's end: at a dot it is a parent (or the same), elsewhere the labels still differ.
        if i == 0, j == 0 || b[j - 1] == dot { return j > 0 }
        if j == 0, a[i - 1] == dot { return false }
        var rest = 0
        while i + rest < a.count, a[i + rest] != dot { rest += 1 }
        let (aEnd, bEnd) = (i + rest, j + rest)
        while i > 0, a[i - 1] != dot { i -= 1 }
        while j > 0, b[j - 1] != dot { j -= 1 }
        while i < aEnd, j < bEnd {
            if a[i] != b[j] { return a[i] < b[j] }
            (i, j) = (i + 1, j + 1)
        }
        return i == aEnd && j < bEnd
    }

    /// How many bytes at the end of both are equal.
    private static func commonSuffixLength(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Int {
        var (i, j) = (a.count, b.count)
        while i > 0, j > 0, a[i &- 1] == b[j &- 1] { (i, j) = (i &- 1, j &- 1) }
        return a.count - i
    }
}

private let dot: UInt8 = 0x2E
