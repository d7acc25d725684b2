import Diagnostics
import InventorySchema
import SiteCompiler
import TestSupport
import Testing

/// Neither the order of files, nor their names, nor the order of entries in them changes what follows from an inventory.
@Suite struct OrderTests {
    private static let seeds = (0..<24).map { _ in UInt64.random(in: .min ... .max) }

    @Test(arguments: seeds, [Authority.Mode.bootstrap, .production])
    func `any order of files and entries gives the same graphs`(_ seed: UInt64, _ mode: Authority.Mode) async throws {
        var random = SeededGenerator(seed: seed)
        let scattered = SampleInventory.base.scattered(using: &random)
        let ordered = await SampleInventory.base.compiled(mode: mode)
        let outcome = await SampleOutcome(scattered.shuffled(using: &random).map { ($0.path, Array($0.text.utf8)) }, mode: mode)
        #expect(outcome.findings.isEmpty, "seed \(seed)\n\(outcome.report)")
        try #require(outcome.compilation.graphs.count == 2, "seed \(seed)")
        for (graph, expected) in zip(outcome.compilation.graphs, ordered.compilation.graphs) {
            #expect(text(of: graph) == text(of: expected), "seed \(seed)")
        }
    }

    @Test func `the comparison sees a difference`() async throws {
        var other = SampleInventory.base
        try other.replace("[10.1.25.21]", with: "[10.1.25.22]")
        let (a, b) = (await SampleInventory.base.compiled(), await other.compiled())
        #expect(text(of: a.compilation.graphs) != text(of: b.compilation.graphs))
    }

    @Test(arguments: seeds)
    func `any order of files gives the same findings`(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var inventory = SampleInventory.base
        try inventory.replace("vlan: 25", with: "vlan: 99")
        try inventory.replace("[10.1.25.21]", with: "[10.1.52.21]")
        try inventory.replace("from: trusted,", with: "from: trustde,")
        try inventory.replace("files: { service: artifacts }", with: "files: { service: files }")
        let expected = await inventory.compiled()
        let scattered = inventory.scattered(using: &random).shuffled(using: &random)
        let outcome = await SampleOutcome(scattered.map { ($0.path, Array($0.text.utf8)) })
        #expect(expected.codes.count == 4, Comment(rawValue: expected.report))
        #expect(Set(outcome.codes) == Set(expected.codes), "seed \(seed)\n\(outcome.report)")
        #expect(outcome.codes.count == expected.codes.count, "seed \(seed)\n\(outcome.report)")
    }
}

extension SampleInventory {
    /// The same entries, each in a file of its own or with others, in any order.
    fileprivate func scattered(using random: inout SeededGenerator) -> [(path: String, text: String)] {
        var result: [(path: String, text: String)] = []
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            for block in Self.blocks(of: text, atIndent: 0) {
                let lines = block.split(separator: "\n", maxSplits: 1)
                let isScattered = ["hosts:", "bindings:", "segments:", "services:", "records:", "workloads:", "hardware:", "aliases:"]
                    .contains(lines[0])
                let entries = isScattered ? Self.blocks(of: String(lines[1]), atIndent: 2).shuffled(using: &random) : []
                let groups = isScattered ? Self.grouped(entries, using: &random).map { "\(lines[0])\n\($0.joined())" } : [block]
                for group in groups { result.append(("\(folder)/\(random.next()).yml", group)) }
            }
        }
        return result
    }

    private static func grouped(_ entries: [String], using random: inout SeededGenerator) -> [[String]] {
        var groups: [[String]] = []
        for entry in entries {
            if groups.isEmpty || Bool.random(using: &random) { groups.append([entry]) } else { groups[groups.count - 1].append(entry) }
        }
        return groups
    }

    /// The parts of a text that begin at a line with so many spaces in front.
    private static func blocks(of text: String, atIndent indent: Int) -> [String] {
        var blocks: [String] = []
        for line in text.split(separator: "\n") {
            if line.prefix(while: { $0 == " " }).count == indent {
                blocks.append("\(line)\n")
            } else {
                blocks[blocks.count - 1] += "\(line)\n"
            }
        }
        return blocks
    }
}
