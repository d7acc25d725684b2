import Foundation
import Subprocess

/// How a command ended, and what it wrote.
struct Output: CustomStringConvertible {
    let command: String
    /// The exit status, or 128 and the signal that ended it.
    let status: Int32
    let results: String
    let complaints: String

    var description: String { "`\(command)` ended with \(status)\n\(results)\(complaints)" }
}

/// A command under way.
///
/// Not Foundation's `Process`: that hands its thread's blocked signals on, and a daemon started so would be deaf to its end.
struct RunningCommand {
    private let words: [String]
    private let task: Task<Output, any Error>
    /// The process: `env` has become the command.
    let pid: Int32

    /// Starts a command; it sees no variables but the ones given, and nothing on its input.
    init(_ words: [String], variables: [String: String] = [:], in directory: String = "/") async throws {
        self.words = words
        let (started, start) = AsyncStream<Int32>.makeStream()
        task = Task {
            defer { start.finish() }
            let outcome = try await Subprocess.run(
                .name("env"), arguments: Arguments(["--chdir=\(directory)"] + words),
                environment: .custom(
                    Self.basics.merging(variables) { $1 }.reduce(into: [:]) { $0[Environment.Key(stringLiteral: $1.key)] = $1.value }),
                input: .none, output: .string(limit: 4 << 20), error: .string(limit: 4 << 20)
            ) { execution in
                start.yield(execution.processIdentifier.value)
            }
            let status: Int32 =
                switch outcome.terminationStatus {
                case .exited(let code): code
                case .signaled(let signal): 128 + signal
                }
            return Output(
                command: words.joined(separator: " "), status: status, results: outcome.standardOutput,
                complaints: outcome.standardError)
        }
        guard let pid = await started.first(where: { _ in true }) else {
            _ = try await task.value
            throw Trouble("\(words) named no process")
        }
        self.pid = pid
    }

    private static let basics: [String: String] = {
        let kept = ProcessInfo.processInfo.environment.filter { ["DEEVNET_LAB_STATE", "LD_LIBRARY_PATH"].contains($0.key) }
        return kept.merging(["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]) { $1 }
    }()

    var isRunning: Bool { LabSite.isAlive(pid) }

    /// Waits until it has ended; kills it when it takes too long.
    func ended(within limit: Duration = .seconds(60)) async throws -> Output {
        let watch = Task {
            try await Task.sleep(for: limit)
            kill(pid, SIGKILL)
        }
        defer { watch.cancel() }
        return try await task.value
    }
}

/// A test's set-up that didn't work.
struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Tries until something is there, and fails with what was missing.
func eventually<Found>(_ what: String, within limit: Duration = .seconds(5), _ look: () async throws -> Found?) async throws -> Found {
    let deadline = ContinuousClock.now + limit
    while true {
        if let found = try await look() { return found }
        guard ContinuousClock.now < deadline else { throw Trouble("not within \(limit): \(what)") }
        try await Task.sleep(for: .milliseconds(2))
    }
}
