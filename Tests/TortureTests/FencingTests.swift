import Foundation
import Testing

/// A writer that has lost its lock without knowing: stopped, its lock file removed, another apply made, and woken up.
///
/// A stopped process keeps its kernel lock, so a second writer gets past it only when the lock file is another one: /run was emptied, or each
/// sees a /run of its own. Then the generation on the target is what refuses the late one.
@Suite(.serialized) struct FencingTests {
    @Test func `a writer that wakes up late changes nothing`() async throws {
        let bench = try await Bench()
        var (rounds, refused, finished) = (0, 0, 0)
        var (batch, stale) = (0, 0)
        while rounds < Tier.of(20, deep: 500) {
            let base = Bench.Base.allCases[batch % 2]
            let calls = try await CommandSweepTests.calls(bench, base)
            let step = Tier.of(11, deep: 1)
            // After the lock is taken and before it is emptied.
            let points = calls.indices.filter { index in
                let first = calls.firstIndex { $0.name == "write" } ?? 0
                return index > first && index < calls.count - 1 && index % step == batch % step
            }
            let outcomes = try await each(of: points) { index in
                try await Self.round(bench, base, index, calls[index])
            }
            batch += 1
            for outcome in outcomes {
                for complaint in outcome.complaints { Issue.record("\(complaint)") }
                if !outcome.complaints.isEmpty { stale += 1 }
                rounds += 1
                if outcome.isRefused { refused += 1 } else { finished += 1 }
            }
        }
        Tier.report(
            "fencing: \(rounds) rounds, \(refused) late writers refused, \(finished) had their switch behind them; stale writes \(stale)")
    }

    static func round(_ bench: Bench, _ base: Bench.Base, _ index: Int, _ call: GatedCall) async throws
        -> (isRefused: Bool, complaints: [String])
    {
        let root = try await bench.root(base)
        let late = try await bench.begin(.new, to: root, fault: "stop@\(index + 1)")
        guard try await late.stopped() else { return (false, ["call \(index + 1) wasn't reached"]) }
        let isSwitched = root.tree.live == .files(bench.new)
        try FileManager.default.removeItem(atPath: "\(root.tree.path)/run/deevnet/lock")
        let other = try await bench.apply(.other, to: root)
        let (after, link) = (root.tree.live, root.tree.link)
        kill(late.pid, SIGCONT)
        let ended = try await late.ended()
        var complaints: [String] = []
        if other.status != 0 { complaints.append("the second writer failed: \(other)") }
        if root.tree.live != after || root.tree.link != link {
            complaints.append("a stale write: \(link ?? "none") was live, now \(root.tree.link ?? "none")")
        }
        if after != .files(bench.other) { complaints.append("the second writer's files aren't live") }
        if ended.status == 0, !isSwitched { complaints.append("the late writer says that it is done: \(ended)") }
        complaints += bench.complaints(about: try await bench.apply(.new, to: root), root)
        return (ended.status != 0, complaints.map { "stopped before \(index + 1), \(call): \($0)" })
    }
}
