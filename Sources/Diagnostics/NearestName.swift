/// The known name closest to a misspelt one, if one is close enough to be meant.
///
/// Distance is Damerau-Levenshtein (optimal string alignment); at most a third of the longer name may differ, and at least one edit is allowed.
public func nearestName(to written: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(written.utf8)
    guard wanted.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for name in known {
        let candidate = Array(name.utf8)
        let limit = max(1, max(wanted.count, candidate.count) / 3)
        guard abs(candidate.count - wanted.count) <= limit, candidate.count <= 64 else { continue }
        let distance = editDistance(wanted, candidate)
        if distance <= limit, best.map({ distance < $0.distance || (distance == $0.distance && name < $0.name) }) ?? true {
            best = (name, distance)
        }
    }
    return best?.name
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    var current = previous
    for i in 1...max(1, a.count) where i <= a.count {
        current[0] = i
        for j in 1...max(1, b.count) where j <= b.count {
            let substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            current[j] = min(substitution, previous[j] + 1, current[j - 1] + 1)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                current[j] = min(current[j], beforePrevious[j - 2] + 1)
            }
        }
        (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[b.count]
}
