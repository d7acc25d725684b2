import Foundation
import InventorySchema
import Testing

/// Whatever is written into a field of the inventory stays in that field: it is refused where it stands, or the files and the daemon say what they
/// say with a harmless value, with that value in its place, and nothing else.
@Suite struct PayloadTests {
    private static let isDeep = ProcessInfo.processInfo.environment["DEEVNET_DEEP"] == "1"
    /// How many are tried in each field; the deep tier's come to more than 100,000.
    private static let count = isDeep ? 750 : 12
    private static let seed: UInt64 = 40

    @Test func `every field of the inventory is tried, or it is said why it reaches no file`() {
        let declared = Set(DocumentKind.allCases.flatMap { PayloadField.all(of: $0) })
        let known = Set(PayloadField.table.map(\.path).filter { $0.contains("/") && !$0.contains(" ") })
        #expect(declared.subtracting(known).sorted() == [])
        #expect(known.subtracting(declared).sorted() == [])
        let slots = PayloadTemplate.files.flatMap(\.slots)
        #expect(Set(slots) == Set(PayloadField.table.map(\.path)))
        #expect(Set(slots).count == slots.count)
    }

    @Test func `the harmless values are taken`() async throws {
        let outcome = await PayloadBench.outcome(of: [])
        guard case .accepted(let desired, let files) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(await PayloadBench.complaints(desired, files, []) == [])
    }

    @Test func `no payload leaves its field`() async throws {
        let figures = try await Self.figures.value
        print("torture: payloads: \(figures)\(Self.isDeep ? "" : " (quick tier)")")
        #expect(figures.tried >= (Self.isDeep ? 100_000 : 1_000))
        for breakout in figures.breakouts.prefix(20) { Issue.record("\(breakout)") }
        // Both happen, or the harness looks at nothing.
        #expect(figures.refused > figures.tried / 2 && figures.accepted.count > figures.tried / 50)
    }

    @Test(.needsRehearsals) func `the daemon says of each payload that is taken exactly what was meant`() async throws {
        let accepted = try await Self.figures.value.accepted
        let batches = Self.batches(accepted)
        let verdicts = try await each(of: batches) { try await Self.ask($0) }
        for complaint in verdicts.flatMap(\.complaints).prefix(20) { Issue.record("\(complaint)") }
        let asked = verdicts.reduce(0) { $0 + $1.asked }
        #expect(verdicts.flatMap(\.complaints) == [] && asked > 100 * batches.count)
        print(
            "torture: payloads and the daemon: \(accepted.count) taken, \(batches.reduce(0) { $0 + $1.count }) of them different, in \(batches.count)",
            "daemons, \(asked) questions; wrong answers \(verdicts.flatMap(\.complaints).count)\(Self.isDeep ? "" : " (quick tier)")")
    }

    @Test(.needsRehearsals) func `a writer that looks at nothing is caught by the files, and by the daemon's answers alone`() async throws {
        let fields = ["site/records.*.txt", "site/services.*"].compactMap { PayloadField.byPath[$0] }
        let hostile = [
            "\ndhcp-script=/x", "\"\ndhcp-script=/x\n\"", "\",\"b", "a\"b", "a\\b", "a\\012", "a b # x", "x,b", "a\tb", "é", "a\0b", "*",
            "a;b",
        ]
        var (files, daemon, tried) = (0, 0, 0)
        for (field, text) in fields.flatMap({ field in (["harmless"] + hostile).map { (field, $0) } }) {
            let insertion = PayloadBench.Insertion(field: field, payload: Payload(text: text))
            let (desired, planted) = try #require(await PayloadBench.planted(insertion))
            let written = await PayloadBench.complaints(nil, planted, [insertion])
            let told = try await PayloadDaemon.complaints(desired, planted, [insertion], askingAll: false).complaints
            if text == "harmless" {
                #expect(written + told == [], "\(field.path)")
            } else {
                tried += 1
                files += written.isEmpty ? 0 : 1
                daemon += told.isEmpty ? 0 : 1
            }
        }
        #expect(files > tried * 2 / 3)
        #expect(daemon > tried / 3)
        print("torture: control, values written as they are: \(tried) tried, caught by the files \(files), by the daemon alone \(daemon)")
    }

    /// What differs from the harmless value, as many in one inventory as go.
    private static func batches(_ accepted: [PayloadBench.Insertion]) -> [[PayloadBench.Insertion]] {
        let different = Dictionary(grouping: accepted) { $0.field.path }.sorted { $0.key < $1.key }.flatMap { _, same in
            Dictionary(grouping: same) { $0.payload.meaning.flatMap($0.form) ?? "" }
                .filter { $0.key != same[0].form(of: same[0].harmlessText) }.sorted { $0.key < $1.key }.map { $0.value[0] }
        }
        var batches: [[PayloadBench.Insertion]] = []
        for insertion in different {
            if case .nowhere = insertion.field.reach { continue }
            if let last = batches.last, last.count < 150, insertion.field.isNumbered, last[0].field.path == insertion.field.path {
                batches[batches.count - 1].append(
                    PayloadBench.Insertion(field: insertion.field, payload: insertion.payload, number: last.count + 1))
            } else {
                batches.append([
                    PayloadBench.Insertion(field: insertion.field, payload: insertion.payload, number: insertion.field.isNumbered ? 1 : 0)
                ])
            }
        }
        return batches
    }

    private static func ask(_ batch: [PayloadBench.Insertion]) async throws -> (complaints: [String], asked: Int) {
        guard case .accepted(let desired, let files) = await PayloadBench.outcome(of: batch) else {
            return (["\(batch[0].field.path): what was taken one by one isn't taken together"], 0)
        }
        let found = await PayloadBench.complaints(desired, files, batch)
        let (told, asked) = try await PayloadDaemon.complaints(desired, files, batch)
        return ((found + told).map { "\(batch[0].field.path) \(batch.map(\.payload).prefix(3)): \($0.prefix(600))" }, asked)
    }

    /// What became of the payloads of all fields; both tests look at the same.
    private static let figures = Task {
        var figures = PayloadFigures()
        for figure in try await each(of: PayloadField.table.indices, field) { figures += figure }
        return figures
    }

    private static func field(_ index: Int) async -> PayloadFigures {
        let field = PayloadField.table[index]
        let harmless = PayloadTemplate.numbered(field.harmless, 0)
        let payloads = Payload.sample(for: harmless, count: count, seed: seed + UInt64(index))
        var figures = PayloadFigures()
        for payload in payloads { await figures.take(PayloadBench.Insertion(field: field, payload: payload)) }
        return figures
    }
}

/// What came of payloads.
struct PayloadFigures: CustomStringConvertible {
    var tried = 0
    var refused = 0
    var accepted: [PayloadBench.Insertion] = []
    var breakouts: [String] = []

    mutating func take(_ insertion: PayloadBench.Insertion) async {
        tried += 1
        func breakout(_ text: String) -> String { "\(insertion.field.path) \(insertion.payload): \(text)" }
        switch await PayloadBench.outcome(of: [insertion]) {
        case .refused: refused += 1
        case .wronglyRefused(let why): breakouts.append(breakout(why))
        case .accepted(let desired, let files):
            accepted.append(insertion)
            breakouts += await PayloadBench.complaints(desired, files, [insertion]).map(breakout)
        }
    }

    static func += (a: inout PayloadFigures, b: PayloadFigures) {
        a.tried += b.tried
        a.refused += b.refused
        a.accepted += b.accepted
        a.breakouts += b.breakouts
    }

    var description: String { "\(tried) tried, \(refused) refused, \(accepted.count) taken as meant; breakouts \(breakouts.count)" }
}

/// Does something for each of many, as many at a time as there are processors.
func each<Item: Sendable, Result: Sendable>(
    of items: some Sequence<Item>, _ body: @escaping @Sendable (Item) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: Result.self) { group in
        var results: [Result] = []
        for (index, item) in items.enumerated() {
            if index >= ProcessInfo.processInfo.activeProcessorCount, let done = try await group.next() { results.append(done) }
            group.addTask { try await body(item) }
        }
        for try await done in group { results.append(done) }
        return results
    }
}
