import Foundation
import Testing

/// Limits of the process: at each of them an apply ends by itself, with an error or well, and leaves old or new.
///
/// Below eight open files the runtime itself may trap, before anything is written.
@Suite(.serialized) struct LimitTests {
    private static let limits =
        [8, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 48, 64].map { "--nofile=\($0)" }
        + [20, 32].map { "--nofile=\($0):1024" }
        + [0, 1, 100, 1000, 4096].map { "--fsize=\($0)" } + ["--as=\(512 << 20)", "--nproc=1", "--stack=131072", "--core=0", "--memlock=0"]

    @Test func `a limit of the process is an error, never a kill and never a wait`() async throws {
        let bench = try await Bench()
        let outcomes = try await each(of: Self.limits) { limit in
            let root = try await bench.root(.settled)
            let command = try await bench.begin(to: root, under: ["prlimit", limit])
            let output = try await command.ended(within: .seconds(20))
            var complaints: [String] = []
            if output.status > 127 { complaints.append("it was killed, or had to be: \(output)") }
            if output.status != 0, output.complaints.isEmpty { complaints.append("nothing was said: \(output)") }
            let live = root.tree.live
            if live != .files(output.status == 0 ? bench.new : bench.old) {
                complaints.append("it ended with \(output.status), and \(live) is live")
            }
            complaints += bench.complaints(about: try await bench.apply(to: root), root)
            return (limit, output.status, complaints)
        }
        for (limit, _, complaints) in outcomes { #expect(complaints == [], "\(limit)") }
        #expect(outcomes.contains { $0.1 == 1 } && outcomes.contains { $0.1 == 0 })
        Tier.report(
            "limits: \(outcomes.count) cases, \(outcomes.count { $0.1 == 0 }) done all the same, \(outcomes.count { $0.1 == 1 }) ended with an error, \(outcomes.count { $0.2.isEmpty }) as they should"
        )
    }
}
