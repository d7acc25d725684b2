import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Signals at random moments of real applies into a dry tree: each leaves the old state or the new one, and what is said of it is true.
@Suite struct SignalTests {
    private static let rounds = 100

    @Test func `an apply that is sent a signal leaves the old state or the new one, and says which`() async throws {
        let sandbox = try await Sandbox(.samples)
        try await sandbox.mustRun(
            "git tag a && sed -i s/02:de:20:01:01:01/02:de:20:01:01:99/ inventory/hosts/hv01.yml && git commit -qam b && git tag b")
        let current = "\(sandbox.root)/provisioner-ph01/etc/deevnet/current"
        func live() throws -> [String: String] {
            let folder = "\(current)/dnsmasq/dvntm"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return try Dictionary(uniqueKeysWithValues: names.map { ($0, try sandbox.read("\(folder)/\($0)")) })
        }
        var states: [String: [String: String]] = [:]
        for name in ["b", "a"] {
            try await sandbox.mustRun("deevnet apply dvntm --ref \(name) --root $ROOT --auto-approve")
            states[name] = try live()
        }
        #expect(states["a"] != states["b"])
        var random = SeededGenerator(seed: 8)
        var now = "a"
        var (interrupted, done, killed) = (0, 0, 0)
        var slowest = Duration.zero
        for round in 1...Self.rounds {
            let next = now == "a" ? "b" : "a"
            // From before it applies until after it: when so many events were told, and a little later.
            let events = Int.random(in: 0...12, using: &random)
            let pause = Duration.microseconds(Int.random(in: 0...3000, using: &random))
            let signal = Bool.random(using: &random) ? SIGINT : SIGTERM
            let isTwice = Int.random(in: 0..<4, using: &random) == 0
            let ended = try await sandbox.apply(next) { process in
                let deadline = ContinuousClock.now + .seconds(60)
                while sandbox.eventCount < events, !sandbox.hasExited, ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(1))
                }
                try await Task.sleep(for: pause)
                kill(process, signal)
                if isTwice { kill(process, signal) }
                return ContinuousClock.now
            }
            slowest = max(slowest, ended.at - ended.signalled)
            let comment: Comment =
                "round \(round), seed 8: \(signal) after \(events) events and \(pause): \(ended.status)\n\(ended.complaints)"
            let found = try live()
            let isNew = found == states[next]
            #expect(isNew || found == states[now], comment)
            switch ended.status {
            case .exited(0):
                #expect(isNew, comment)
                done += 1
            case .exited(130) where !isTwice:
                #expect(!isNew && ended.complaints.contains("[DVN1217]"), comment)
                interrupted += 1
            // Before anything is changed, and at the second signal, it ends at once.
            case .exited(130): interrupted += 1
            case .signaled(let number):
                #expect(number == signal, comment)
                killed += 1
            default: Issue.record(comment)
            }
            if isNew { now = next }
        }
        // Of each kind there was one, or nothing was shown.
        #expect(interrupted > 0 && done > 0 && killed > 0, "\(interrupted) interrupted, \(done) done, \(killed) killed")
        #expect(slowest < .seconds(2), "\(slowest)")
        let next = now == "a" ? "b" : "a"
        try await sandbox.mustRun("deevnet apply dvntm --ref \(next) --root $ROOT --auto-approve")
        #expect(try live() == states[next])
        #expect(try await sandbox.run("deevnet plan dvntm --ref \(next) --root $ROOT --detailed-exitcode").status == 0)
    }
}

extension Sandbox {
    private var events: String { "\(folder)/events" }

    private var told: Data { FileManager.default.contents(atPath: events) ?? Data() }

    /// How many events the apply has told.
    fileprivate var eventCount: Int { told.count { $0 == 10 } }

    /// Whether it has told the last one.
    fileprivate var hasExited: Bool { String(decoding: told, as: UTF8.self).contains(#""event":"exit""#) }

    /// Starts an apply of a commit, does something with its process, and waits for its end.
    fileprivate func apply(
        _ ref: String, then act: @escaping @Sendable (pid_t) async throws -> ContinuousClock.Instant
    ) async throws -> (status: TerminationStatus, complaints: String, signalled: ContinuousClock.Instant, at: ContinuousClock.Instant) {
        let output = try FileDescriptor.open(
            FilePath(events), .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
        let ended = try await Subprocess.run(
            .path(FilePath(Project.binary)),
            arguments: ["apply", "dvntm", "--ref", ref, "--root", root, "--auto-approve", "--format", "jsonl"],
            environment: .custom(environment.map { Array("\($0.key)=\($0.value)\0".utf8) }), workingDirectory: FilePath(repository),
            input: .none, output: .fileDescriptor(output, closeAfterSpawningProcess: true), error: .bytes(limit: 1 << 20)
        ) { execution in
            try await act(execution.processIdentifier.value)
        }
        return (
            ended.terminationStatus, String(decoding: ended.standardError, as: UTF8.self), ended.closureResult, ContinuousClock.now
        )
    }
}
