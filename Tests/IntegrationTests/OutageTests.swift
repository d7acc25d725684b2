import Foundation
import Testing

/// How long nobody answers when the new dnsmasq fails: measured from outside, by a question every 10 ms.
@Suite(.needsLab, .site, .serialized)
struct OutageTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    /// What the prober tells.
    private struct Probe: Decodable {
        var asked: Int
        var lost: Int
        var gaps: [Int]
    }

    /// How a new dnsmasq fails.
    enum Failing: String, CaseIterable, CustomTestStringConvertible {
        case refuses, dies, hangs, takesThePort

        var testDescription: String {
            switch self {
            case .refuses: "it refuses to start"
            case .dies: "it dies a moment after its start"
            case .hangs: "it hangs after its start"
            case .takesThePort: "its port is taken"
            }
        }

        /// What stands in dnsmasq's place while the new files are live; the old files get the real one.
        var script: String {
            let squat = "import socket, time; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('0.0.0.0', 53)); time.sleep(60)"
            let deed =
                switch self {
                case .refuses: "echo 'not today' >&2; exit 3"
                case .dies: "$real \"$@\" || exit; (sleep 0.3; kill -9 $(cat \(LabSite.pidFile))) > /dev/null 2>&1 & exit 0"
                case .hangs: "$real \"$@\" || exit; kill -STOP $(cat \(LabSite.pidFile)); exit 0"
                case .takesThePort:
                    "python3 -c \"\(squat)\" > /dev/null 2>&1 & squatter=$!; sleep 0.3; $real \"$@\"; status=$?; kill $squatter; exit $status"
                }
            // The rehearsal's room has a /run of its own, without an apply's lock: there it does as it should.
            return "if [ -z \"$test\" ] && [ -e /run/deevnet/lock ] && grep -q ^cname=chat $conf; then \(deed); fi"
        }
    }

    private static let isDeep = ProcessInfo.processInfo.environment["DEEVNET_DEEP"] == "1"

    // That the others are brought back is in FaultTests too; what hangs takes longest.
    @Test(arguments: isDeep ? Failing.allCases : [.hangs])
    func `the old names are answered again within ten seconds`(how: Failing) async throws {
        try await site.settle()
        try await site.commitService()
        var status: Int32 = 0
        let (probe, _) = try await probed {
            try await site.substituting(how.script) {
                let applied = try await site.apply()
                status = applied.status
                #expect(applied.status == 5, "\(applied)")
                // Before the substitute goes: what answers now was brought back by the apply.
                #expect(try await site.servesTheSamples())
            }
        }
        let worst = probe.gaps.max() ?? 0
        #expect(worst < 10_000, "\(probe)")
        Self.report("outage, \(how.testDescription): brought back (exit \(status))", [probe])
        #expect(!site.exists(LabSite.journal))
        let applied = try await site.apply()
        #expect(applied.status == 0, "\(applied)")
    }

    @Test func `a reload loses no answer, a restart some tens of milliseconds`() async throws {
        var (reloads, restarts): ([Probe], [Probe]) = ([], [])
        for _ in 0..<(Self.isDeep ? 20 : 1) {
            try await site.settle()
            try await site.commitAddress()
            reloads.append(try await applied())
            try await site.commitService()
            restarts.append(try await applied())
        }
        Self.report("outage of a reload", reloads)
        Self.report("outage of a restart", restarts)
        #expect(restarts.flatMap(\.gaps).allSatisfy { $0 < 2000 }, "\(restarts)")
        #expect(reloads.flatMap(\.gaps).allSatisfy { $0 < 1000 }, "\(reloads)")
    }

    /// An apply that goes well.
    private func applied() async throws -> Probe {
        let (probe, output) = try await probed { try await site.apply() }
        #expect(output.status == 0, "\(output)")
        return probe
    }

    /// Does something while a machine of the site asks.
    private func probed<Result>(_ body: () async throws -> Result) async throws -> (probe: Probe, result: Result) {
        let end = "\(site.folder)/end-\(UUID().uuidString)"
        let prober = try await site.begin(["python3", "\(Lab.tests)/Lab/prober", "10.20.99.95", "hv01.dvntm.deevnet.net", end])
        // It has begun to ask before anything is done.
        try await Task.sleep(for: .milliseconds(300))
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try Data().write(to: URL(fileURLWithPath: end))
        let output = try await prober.ended()
        let value = try result.get()
        guard let probe = try? JSONDecoder().decode(Probe.self, from: Data(output.results.utf8)) else { throw Trouble(output.description) }
        return (probe, value)
    }

    private static func report(_ what: String, _ probes: [Probe]) {
        let gaps = probes.map { $0.gaps.max() ?? 0 }.sorted()
        func at(_ part: Double) -> Int { gaps[min(gaps.count - 1, Int(Double(gaps.count) * part))] }
        let lost = probes.map(\.lost).reduce(0, +)
        let asked = probes.map(\.asked).reduce(0, +)
        print(
            "torture: \(what), \(probes.count) times: without an answer \(at(0.5)) ms p50, \(at(0.99)) ms p99, \(at(1)) ms at most; \(lost) of \(asked) questions lost"
        )
    }
}
