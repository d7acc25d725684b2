/// A regular expression for the whole numbers of a range, without leading zeros, from 0 or 1.
func numberPattern(_ bounds: ClosedRange<Int>) -> String {
    precondition(0...1 ~= bounds.lowerBound, "a pattern begins at 0 or 1")
    if bounds.count == 1 { return "\(bounds.lowerBound)" }
    let last = "\(bounds.upperBound)".utf8.map { Int($0) - 0x30 }
    var parts = bounds.lowerBound == 0 ? ["0"] : []
    if last.count > 1 { parts.append("[1-9]" + digits(0...(last.count - 2))) }
    for position in last.indices {
        // The same digits before, a smaller one here, any after.
        let smallest = position == 0 ? 1 : 0
        guard last[position] > smallest else { continue }
        let before = last[..<position].map { "\($0)" }.joined()
        let here = last[position] - 1 == smallest ? "\(smallest)" : "[\(smallest)-\(last[position] - 1)]"
        let after = last.count - position - 1
        parts.append(before + here + digits(after...after))
    }
    return "(" + (parts + ["\(bounds.upperBound)"]).joined(separator: "|") + ")"
}

private func digits(_ count: ClosedRange<Int>) -> String {
    switch (count.lowerBound, count.upperBound) {
    case (0, 0): ""
    case (1, 1): "[0-9]"
    case (let low, let high) where low == high: "[0-9]{\(low)}"
    case (0, 1): "[0-9]?"
    case (let low, let high): "[0-9]{\(low),\(high)}"
    }
}
