import Foundation
import Synchronization
import Testing

/// Kills during recovery, and during the recovery of that: from every state that a kill can leave.
///
/// An apply that stops before each of its calls shows every state that a kill could leave, since a killed process changes nothing any more; that it
/// is so is tested too. Each state that hasn't been seen yet is then where another apply begins, and stops before each of its calls.
@Suite(.serialized) struct NestedKillTests {
    /// What came of the apply that began in a state.
    private struct Walk: Sendable {
        var points = 0
        /// A copy of each state that nobody had seen yet.
        var next: [Bench.Root] = []
        var complaints: [String] = []
    }

    /// The states that were seen, by all walks together: most states are seen thousands of times, and only the first is worth a copy.
    private final class Atlas: Sendable {
        private let seen = Mutex<Set<String>>([])

        var count: Int { seen.withLock(\.count) }

        /// Whether it is new; from then on it isn't.
        func enter(_ fingerprint: String) -> Bool { seen.withLock { $0.insert(fingerprint).inserted } }
    }

    @Test func `an apply that stops shows what one that is killed leaves`() async throws {
        let bench = try await Bench()
        let stepped = try await bench.root(.settled)
        let command = try await bench.begin(to: stepped, fault: "stop@1+")
        var shown: [String] = []
        while try await command.stopped() {
            shown.append(stepped.tree.fingerprint)
            kill(command.pid, SIGCONT)
        }
        #expect(try await command.ended().status == 0)
        #expect(shown.count > 60)
        let killed = try await each(of: shown.indices.filter { Tier.isDeep || $0 % 7 == 0 }) { index in
            let root = try await bench.root(.settled)
            _ = try await bench.apply(to: root, fault: "kill@\(index + 1)")
            return (index, root.tree.fingerprint)
        }
        for (index, fingerprint) in killed { #expect(fingerprint == shown[index], "before call \(index + 1)") }
    }

    @Test(arguments: Bench.Base.allCases)
    func `recovery may be killed anywhere, any number of times`(base: Bench.Base) async throws {
        let bench = try await Bench()
        let limit = Tier.of(2, deep: Int.max)
        let atlas = Atlas()
        var (points, depth, survived) = (0, 0, 0)
        var frontier = [try await bench.root(base)]
        // Until no kill leads to a state that wasn't seen: then depth doesn't matter any more.
        while !frontier.isEmpty, depth < limit {
            // The quick tier begins again from a part of the states.
            let chosen = Tier.isDeep || depth == 0 ? frontier : frontier.enumerated().filter { $0.offset % 12 == 0 }.map(\.element)
            let walks = try await each(of: chosen) { state in try await Self.walk(from: state, bench, bench.kept(base), atlas) }
            depth += 1
            frontier = []
            for walk in walks {
                points += walk.points
                if walk.complaints.isEmpty { survived += walk.points }
                for complaint in walk.complaints { Issue.record("after \(depth - 1) kills: \(complaint)") }
                frontier += walk.next
            }
        }
        #expect(bench.isOutsideUntouched)
        #expect(points > 60)
        if Tier.isDeep { #expect(frontier.isEmpty) }
        let how = frontier.isEmpty ? "no further kill leads to a new one" : "\(frontier.count) more not begun from"
        Tier.report(
            "nested kills, \(base): \(points) points to depth \(depth), \(survived) survived, \(atlas.count) distinct states, \(how)")
    }

    /// One apply, stopped before each of its calls, from a state to its end.
    private static func walk(from state: Bench.Root, _ bench: Bench, _ kept: Tree.Live, _ atlas: Atlas) async throws -> Walk {
        let root = try await bench.root(like: state)
        let command = try await bench.begin(to: root, fault: "stop@1+")
        var walk = Walk()
        while try await command.stopped() {
            walk.points += 1
            let live = root.tree.live
            if live != kept && live != .files(bench.new) { walk.complaints.append("call \(walk.points): neither old nor new: \(live)") }
            if atlas.enter(root.tree.fingerprint) { walk.next.append(try await bench.root(like: root)) }
            kill(command.pid, SIGCONT)
        }
        walk.complaints += bench.complaints(about: try await command.ended(), root)
        return walk
    }
}
