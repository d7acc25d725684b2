import Foundation
import Testing

/// Many applies on one target: they take turns, or one is told at once who is before it.
@Suite(.serialized) struct ConcurrencyTests {
    @Test func `of many applies at once each wins whole or is told who is before it`() async throws {
        let bench = try await Bench()
        let counts = [2, 4, 8, 16, 32]
        var (processes, applied, waited, moved, slowest) = (0, 0, 0, 0, 0.0)
        let rounds = Tier.of(10, deep: 100)
        for round in 0..<rounds {
            let count = counts[round % counts.count]
            let root = try await bench.root(round % 3 == 0 ? .empty : .settled)
            var commands: [Command] = []
            // Two inventories by turns, so that nobody finds the work done by another.
            for index in 0..<count { commands.append(try await bench.begin(index % 2 == 0 ? .new : .old, to: root)) }
            var outputs: [Output] = []
            for command in commands { outputs.append(try await command.ended()) }
            let pids = Set(commands.map(\.pid))
            processes += count
            var generations: Set<Substring> = []
            for output in outputs {
                switch output.status {
                case 0:
                    // Nothing to do is a win too: another has done it before.
                    guard let made = output.results.firstMatch(of: /changes? applied on .*, generation (\d+)/) else { continue }
                    #expect(generations.insert(made.1).inserted, "generation \(made.1) was made twice")
                    applied += 1
                case 3:
                    // It had planned before another's apply, and looked again after it.
                    #expect(output.complaints.contains("DVN1205") || output.complaints.contains("changed since"), "\(output)")
                    moved += 1
                case 4:
                    let told = output.complaints.firstMatch(of: /process (\d+), since (\S+), applying/)
                    let holder = try #require(told, "\(output)")
                    #expect(pids.contains(Int32(holder.1) ?? 0), "\(output)")
                    #expect(holder.2.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil, "\(output)")
                    slowest = max(slowest, output.seconds)
                    waited += 1
                default: Issue.record("\(output)")
                }
            }
            #expect(!generations.isEmpty, "nobody won")
            let live = root.tree.live
            #expect(live == .files(bench.new) || live == .files(bench.old))
            #expect(root.tree.leftovers == [])
        }
        #expect(waited > 0)
        Tier.report(
            "concurrency: \(rounds) rounds of 2 to 32 processes, \(processes) in all: \(applied) applied in turn, \(waited) told who holds the lock "
                + "(slowest \(Int(slowest * 1000)) ms from start to end), \(moved) told that the target moved")
    }

    @Test func `a holder that stands still keeps the others out, who say so within a second; killed, it is in nobody's way`() async throws {
        let bench = try await Bench()
        let calls = try await CommandSweepTests.calls(bench, .settled)
        // The lock is taken before the second call.
        let points = calls.indices.dropFirst(3).filter { Tier.isDeep || $0 % 9 == 0 }
        var slowest = 0.0
        for index in points {
            let (told, complaints) = try await Self.contend(bench, index, calls[index])
            #expect(complaints == [])
            slowest = max(slowest, told)
        }
        Tier.report(
            "a stopped holder: \(points.count) points, others told in \(Int(slowest * 1000)) ms at most")
    }

    /// A holder stops before a call, another comes, the holder is killed, and another comes; how long the first of them took, and what was wrong.
    static func contend(_ bench: Bench, _ index: Int, _ call: GatedCall) async throws -> (seconds: Double, complaints: [String]) {
        let root = try await bench.root(.settled)
        let holder = try await bench.begin(to: root, fault: "stop@\(index + 1)")
        guard try await holder.stopped() else { return (0, ["call \(index + 1) wasn't reached"]) }
        var complaints: [String] = []
        // Once the new set is live another that wants the same has nothing to do.
        let isDone = root.tree.live == .files(bench.new)
        let before = root.tree.fingerprint
        let other = try await bench.apply(to: root)
        if !isDone {
            if other.status != 4 { complaints.append("it wasn't kept out: \(other)") }
            if !other.complaints.contains("process \(holder.pid), since 20") { complaints.append("the holder isn't named: \(other)") }
        }
        if root.tree.fingerprint != before { complaints.append("it changed something") }
        if other.seconds >= 1 { complaints.append("it took \(other.seconds) s") }
        kill(holder.pid, SIGKILL)
        _ = try await holder.ended()
        complaints += bench.complaints(about: try await bench.apply(to: root), root)
        return (other.seconds, complaints.map { "stopped before \(index + 1), \(call): \($0)" })
    }
}
