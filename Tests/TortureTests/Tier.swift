import Foundation

/// How much a run does: every run takes the quick tier, `scripts/test --deep` the whole.
enum Tier {
    static let isDeep = ProcessInfo.processInfo.environment["DEEVNET_DEEP"] == "1"

    /// A count for each tier.
    static func of<Value>(_ quick: Value, deep: Value) -> Value { isDeep ? deep : quick }

    /// Prints a line of figures; `scripts/test` shows those that begin so.
    static func report(_ line: String) { print("torture: \(line)\(isDeep ? "" : " (quick tier)")") }
}

/// A harness that can't go on.
struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Does something for each of many, as many at a time as there are processors; the results in order.
func each<Item: Sendable, Result: Sendable>(
    of items: some Sequence<Item>, _ body: @escaping @Sendable (Item) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results: [(Int, Result)] = []
        for (index, item) in items.enumerated() {
            if index >= ProcessInfo.processInfo.activeProcessorCount, let done = try await group.next() { results.append(done) }
            group.addTask { (index, try await body(item)) }
        }
        for try await done in group { results.append(done) }
        return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
