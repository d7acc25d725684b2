import Foundation
import Testing

/// The command itself, with a kill or an error at each of its calls: what it leaves is old or new, and one more apply makes it new.
@Suite(.serialized) struct CommandSweepTests {
    private static let errnos = ["EIO", "ENOSPC", "EROFS", "EACCES", "EDQUOT", "EMFILE", "EINTR"]

    /// What happened at one point; no complaints: it was survived.
    struct Verdict: Sendable {
        var point: String
        var complaints: [String]
    }

    /// An error, and the call that it comes at, from 0.
    struct ErrorPoint: Sendable {
        var errno: String
        var index: Int
        /// Whether all later calls fail too.
        var continues: Bool
    }

    static func calls(_ bench: Bench, _ base: Bench.Base) async throws -> [GatedCall] {
        let root = try await bench.root(base)
        let output = try await bench.apply(to: root)
        guard output.status == 0 else { throw Trouble(output.description) }
        return GatedCall.all(in: output)
    }

    private static func expectSurvived(_ verdicts: [Verdict], _ location: SourceLocation = #_sourceLocation) {
        for verdict in verdicts where !verdict.complaints.isEmpty {
            Issue.record("\(verdict.point): \(verdict.complaints.joined(separator: "; "))", sourceLocation: location)
        }
    }

    @Test(arguments: Bench.Base.allCases)
    func `a kill before any call leaves old or new, and the next apply mends it`(base: Bench.Base) async throws {
        let bench = try await Bench()
        let calls = try await Self.calls(bench, base)
        #expect(calls.count > 60)
        let verdicts = try await Self.kills(bench, base, calls)
        Self.expectSurvived(verdicts)
        #expect(bench.isOutsideUntouched)
        Tier.report("sweep, \(base): \(calls.count) calls, \(verdicts.count) kills, \(verdicts.count { $0.complaints.isEmpty }) survived")
    }

    @Test(arguments: Bench.Base.allCases)
    func `an error at any call, once and from there on, leaves old or new, is told, and the next apply mends it`(base: Bench.Base)
        async throws
    {
        let bench = try await Bench()
        let calls = try await Self.calls(bench, base)
        var points: [ErrorPoint] = []
        for index in calls.indices {
            for (turn, errno) in Self.errnos.enumerated() where Tier.isDeep || turn == index % Self.errnos.count {
                points.append(ErrorPoint(errno: errno, index: index, continues: false))
                // In the quick tier every third of them.
                if Tier.isDeep || index % 3 == 0 { points.append(ErrorPoint(errno: errno, index: index, continues: true)) }
            }
        }
        let verdicts = try await Self.errors(bench, base, calls, points)
        Self.expectSurvived(verdicts)
        #expect(bench.isOutsideUntouched)
        Tier.report("sweep, \(base): \(verdicts.count) errors, \(verdicts.count { $0.complaints.isEmpty }) survived")
    }

    /// A kill before each call.
    static func kills(_ bench: Bench, _ base: Bench.Base, _ calls: [GatedCall]) async throws -> [Verdict] {
        try await each(of: calls.indices) { index in
            let root = try await bench.root(base)
            let output = try await bench.apply(to: root, fault: "kill@\(index + 1)")
            var complaints: [String] = []
            if output.status != 128 + SIGKILL { complaints.append("the point wasn't reached: \(output)") }
            let live = root.tree.live
            if live != bench.kept(base) && live != .files(bench.new) { complaints.append("neither old nor new: \(live)") }
            complaints += bench.complaints(about: try await bench.apply(to: root), root)
            return Verdict(point: "kill before \(index + 1), \(calls[index])", complaints: complaints)
        }
    }

    @Test(arguments: Bench.Base.allCases)
    func `after a kill before any call, recovery alone leaves one complete set and no journal`(base: Bench.Base) async throws {
        let bench = try await Bench()
        let calls = try await Self.calls(bench, base)
        let chosen = calls.indices.filter { Tier.isDeep || $0 % 4 == 1 }
        let found = try await each(of: chosen) { index in
            let root = try await bench.root(base)
            let killed = try await bench.apply(to: root, fault: "kill@\(index + 1)")
            var complaints: [String] = []
            if killed.status != 128 + SIGKILL { complaints.append("the point wasn't reached: \(killed)") }
            let hadJournal = root.tree.hasJournal
            // Before the first call there may not even be a root, and recovery says that it finds none.
            let wanted: Int32 = FileManager.default.fileExists(atPath: root.path) ? 0 : 1
            // Twice as well as once.
            for _ in 1...2 {
                let output = try await bench.recover(root)
                if output.status != wanted { complaints.append("recovery failed: \(output)") }
                if root.tree.live != bench.kept(base) && root.tree.live != .files(bench.new) {
                    complaints.append("neither old nor new after recovery: \(root.tree.live)")
                }
                if root.tree.hasJournal { complaints.append("the journal is left") }
            }
            complaints += bench.complaints(about: try await bench.apply(to: root), root)
            return (hadJournal, Verdict(point: "kill before \(index + 1), \(calls[index])", complaints: complaints))
        }
        let verdicts = found.map(\.1)
        Self.expectSurvived(verdicts)
        #expect(found.contains { $0.0 })
        #expect(bench.isOutsideUntouched)
        Tier.report(
            "recovery without an apply, \(base): \(verdicts.count) kills, \(found.count { $0.0 }) with a journal, "
                + "\(verdicts.count { $0.complaints.isEmpty }) survived")
    }

    /// An error at each of some calls.
    static func errors(_ bench: Bench, _ base: Bench.Base, _ calls: [GatedCall], _ points: [ErrorPoint]) async throws -> [Verdict] {
        try await each(of: points) { point in
            let fault = "\(point.errno)@\(point.index + 1)\(point.continues ? "+" : "")"
            let root = try await bench.root(base)
            let output = try await bench.apply(to: root, fault: fault)
            let isLast = point.index == calls.count - 1
            var complaints = Self.complaints(
                output, root.tree.live, old: bench.kept(base), new: .files(bench.new), errno: point.errno, isHarmless: isLast)
            if !output.complaints.contains("injected \(fault) before") { complaints.append("the point wasn't reached") }
            complaints += bench.complaints(about: try await bench.apply(to: root), root)
            return Verdict(point: "\(fault), \(calls[point.index])", complaints: complaints)
        }
    }

    /// What is wrong with how an apply ended that met an error.
    static func complaints(
        _ output: Output, _ live: Tree.Live, old: Tree.Live, new: Tree.Live, errno: String, isHarmless: Bool = false
    ) -> [String] {
        var complaints: [String] = []
        if live != old && live != new { complaints.append("neither old nor new: \(live)") }
        let isTold = output.results.contains(errno) || output.complaints.contains("(\(errno))") || output.complaints.contains(", \(errno))")
        switch output.status {
        case 0:
            if live != new { complaints.append("it says done, and the new set isn't live") }
            // An interrupted call is made again; the lock's text is for people and is emptied as well as may be.
            if errno != "EINTR", !isHarmless, !isTold { complaints.append("the error was passed over in silence: \(output)") }
        case 1:
            if live != old { complaints.append("it says that nothing was changed, and the new set is live") }
            if !isTold { complaints.append("the cause isn't named: \(output)") }
        case 5:
            if !isTold { complaints.append("the cause isn't named: \(output)") }
        default: complaints.append("unforeseen: \(output)")
        }
        if errno == "EINTR", output.status != 0 { complaints.append("an interruption is no failure: \(output)") }
        return complaints
    }
}
