/// One resource of a provider on a host, by kind and key.
public struct ResourceKey<Kind: ResourceKind>: Hashable, Sendable {
    /// Its kind.
    public var kind: Kind
    /// Its key.
    public var key: String

    /// Makes a key.
    public init(_ kind: Kind, _ key: String) {
        self.kind = kind
        self.key = key
    }
}

/// Which changes of a placement's plan must be made before which: what is named is made before what names it, and goes after it.
public struct ChangeOrder: Sendable, Equatable {
    /// For each change the changes it needs first, as ascending positions in the plan.
    public var needs: [[Int]]

    /// An order that nobody asked for: of each change no needs are told.
    public static let untold = ChangeOrder(needs: [])

    func needs(of change: Int) -> [Int] { needs.isEmpty ? [] : needs[change] }

    /// All positions in an order that keeps to ``needs``; otherwise as in the plan. Things that name each other are taken as they stand.
    public var sequence: [Int] {
        var result: [Int] = []
        result.reserveCapacity(needs.count)
        var isSeen = [Bool](repeating: false, count: needs.count)
        for start in needs.indices where !isSeen[start] {
            isSeen[start] = true
            var path = [(change: start, next: 0)]
            while let (change, next) = path.last {
                guard next < needs[change].count else {
                    result.append(change)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let needed = needs[change][next]
                guard !isSeen[needed] else { continue }
                isSeen[needed] = true
                path.append((needed, 0))
            }
        }
        return result
    }
}

extension TypedPlan {
    /// What each change needs first.
    public var order: ChangeOrder {
        var positions: [ResourceKey<State.Kind>: Int] = [:]
        positions.reserveCapacity(differences.count)
        for index in differences.indices {
            let state = state(of: differences[index])
            positions[ResourceKey(state.kind, state.key)] = index
            if let have = differences[index].observed.map({ observed.resources[$0] }) {
                positions[ResourceKey(have.kind, have.key)] = index
            }
        }
        var needs = [Set<Int>](repeating: [], count: differences.count)
        let leading = differences.indices.filter { !state(of: differences[$0]).kind.followsFromOthers }
        for index in differences.indices {
            let difference = differences[index]
            if state(of: difference).kind.followsFromOthers { needs[index].formUnion(leading) }
            for need in difference.desired.map({ desired.resources[$0].state.needs }) ?? [] {
                if let needed = positions[need], differences[needed].desired != nil { needs[index].insert(needed) }
            }
            for need in difference.observed.map({ observed.resources[$0].needs }) ?? [] {
                if let needed = positions[need], differences[needed].desired == nil { needs[needed].insert(index) }
            }
        }
        return ChangeOrder(needs: needs.enumerated().map { index, set in set.subtracting([index]).sorted() })
    }
}
