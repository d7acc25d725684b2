import Foundation
import Testing

/// Somebody swaps directories of the tree for links to a directory outside while applies go on: nothing outside is ever written, followed into
/// or removed.
@Suite(.serialized) struct RacerTests {
    private static let directories = [
        "etc", "etc/deevnet", "etc/deevnet/generations", "var", "var/lib", "var/lib/deevnet", "run", "run/deevnet",
    ]

    /// What came of one race.
    private struct Race {
        var swaps = 0
        var applies = 0
        var done = 0
        var isOutsideUntouched = false
        /// What is wrong with an apply when it is quiet again.
        var complaints: [String] = []
    }

    @Test func `links that come and go lead nobody out of the tree`() async throws {
        var (total, escapes) = (Race(), 0)
        let bench = try await Bench()
        for directory in Self.directories {
            let race = try await Self.race(bench, on: directory, swaps: Tier.of(12_500, deep: 125_000), applies: Tier.of(6, deep: 60))
            #expect(race.isOutsideUntouched, "\(directory)")
            #expect(race.complaints == [], "\(directory)")
            if !race.isOutsideUntouched { escapes += 1 }
            total.swaps += race.swaps
            total.applies += race.applies
            total.done += race.done
        }
        #expect(total.swaps >= Tier.of(100_000, deep: 1_000_000))
        #expect(bench.isOutsideUntouched)
        Tier.report(
            "racer: \(total.swaps) swaps of \(Self.directories.count) directories during \(total.applies) applies, of which \(total.done) got through; escapes \(escapes)"
        )
    }

    @Test func `the racer catches a writer that follows what is in the way`() async throws {
        let bench = try await Bench(planted: .follow)
        let race = try await Self.race(bench, on: "etc/deevnet", swaps: 10_000, applies: 60)
        #expect(!race.isOutsideUntouched)
        Tier.report("control, a writer that follows links: caught")
    }

    private static func race(_ bench: Bench, on directory: String, swaps: Int, applies: Int) async throws -> Race {
        let scene = "\(bench.folder)/trees/race-\(UUID().uuidString)"
        let outside = "\(scene)-outside"
        let root = try await bench.root(.settled)
        try FileManager.default.createDirectory(atPath: scene, withIntermediateDirectories: false)
        defer { for path in [scene, outside] { try? FileManager.default.removeItem(atPath: path) } }
        // A copy of the tree outside: whoever is led there finds all that it would write to, follow or remove.
        try await Command.must(["cp", "-a", root.tree.path, outside])
        let before = try await listing(outside)
        let parent = "\(outside)/\(directory)".split(separator: "/").dropLast().joined(separator: "/")
        let racer = try await Command(["\(Bench.tools)/racer", "\(swaps)", "\(scene)/end", "/\(parent)", "\(root.tree.path)/\(directory)"])
        var race = Race()
        for turn in 0..<applies {
            let output = try await bench.apply(turn % 2 == 0 ? .new : .old, to: root)
            race.applies += 1
            if output.status == 0 { race.done += 1 }
        }
        try Data().write(to: URL(fileURLWithPath: "\(scene)/end"))
        let ended = try await racer.ended(within: .seconds(300))
        guard let count = Int(ended.results.dropLast()) else { throw Trouble(ended.description) }
        race.swaps = count
        race.isOutsideUntouched = try await listing(outside) == before
        race.complaints = bench.complaints(about: try await bench.apply(to: root), root)
        return race
    }

    /// Every path with its inode, mode, time of change and contents' digest; looking doesn't change it.
    private static func listing(_ path: String) async throws -> String {
        try await Command.must([
            "sh", "-ec", "find $0 -printf '%p %i %m %C@ %T@ %l\\n' | sort; find $0 -type f | sort | xargs sha256sum", path,
        ])
    }
}
