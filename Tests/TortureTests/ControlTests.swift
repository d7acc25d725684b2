import Testing

/// Negative controls: each harness is first shown a writer with a mistake that it must catch, and one without that it must let pass.
@Suite(.serialized) struct ControlTests {
    private static func verdicts(_ planted: Bench.Planted) async throws -> [CommandSweepTests.Verdict] {
        let bench = try await Bench(planted: planted)
        return try await CommandSweepTests.kills(bench, .settled, try await CommandSweepTests.calls(bench, .settled))
    }

    @Test func `the kill sweep lets a sound writer pass`() async throws {
        for verdict in try await Self.verdicts(.none) { #expect(verdict.complaints == [], "\(verdict.point)") }
    }

    @Test(arguments: [Bench.Planted.rename, .place]) func `the kill sweep catches a writer that doesn't switch by one rename`(
        planted: Bench.Planted
    ) async throws {
        let caught = try await Self.verdicts(planted).filter { $0.complaints.contains { $0.contains("neither old nor new") } }
        #expect(!caught.isEmpty)
        Tier.report("control, switch without one rename (\(planted)): caught at \(caught.count) points")
    }

    @Test func `the error sweep catches a writer that passes errors over in silence, and lets a sound one pass`() async throws {
        for planted in [Bench.Planted.none, .silence] {
            let bench = try await Bench(planted: planted)
            let calls = try await CommandSweepTests.calls(bench, .settled)
            let points = calls.indices.map { CommandSweepTests.ErrorPoint(errno: "ENOSPC", index: $0, continues: false) }
            let caught = try await CommandSweepTests.errors(bench, .settled, calls, points).filter { !$0.complaints.isEmpty }
            if planted == .none { #expect(caught.map(\.complaints) == []) } else { #expect(!caught.isEmpty) }
            if planted == .silence { Tier.report("control, errors passed over: caught at \(caught.count) of \(points.count) points") }
        }
    }

    @Test func `the fencing harness catches a lock without fencing, and lets a sound writer pass`() async throws {
        for planted in [Bench.Planted.none, .fencing] {
            let bench = try await Bench(planted: planted)
            let calls = try await CommandSweepTests.calls(bench, .settled)
            let points = calls.indices.filter { calls[$0].path.contains("generations") || calls[$0].path.contains("current") }
            let rounds = try await each(of: points) { try await FencingTests.round(bench, .settled, $0, calls[$0]) }
            let caught = rounds.filter { $0.complaints.contains { $0.contains("a stale write") } }
            if planted == .none { #expect(caught.map(\.complaints) == []) } else { #expect(!caught.isEmpty) }
            if planted == .fencing { Tier.report("control, lock without fencing: caught in \(caught.count) of \(rounds.count) rounds") }
        }
    }

    @Test func `the contention harness catches a writer without a lock`() async throws {
        let bench = try await Bench(planted: .lock)
        let calls = try await CommandSweepTests.calls(bench, .settled)
        let index = try #require(calls.firstIndex { $0.path.contains(".current.new") })
        let (_, complaints) = try await ConcurrencyTests.contend(bench, index, calls[index])
        #expect(complaints.contains { $0.contains("it wasn't kept out") }, "\(complaints)")
        Tier.report("control, no lock: caught")
    }
}
