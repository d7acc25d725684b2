import Foundation
import Subprocess
import SystemPackage

/// How a command ended, and what it wrote.
struct Output: Sendable, CustomStringConvertible {
    let command: String
    /// The exit status, or 128 and the signal that ended it.
    let status: Int32
    let results: String
    let complaints: String
    let seconds: Double

    var description: String { "`\(command)` ended with \(status)\n\(results)\(complaints)" }
}

/// A command under way. It sees no variables but the ones given, and nothing on its input.
struct Command: Sendable {
    let pid: Int32
    private let task: Task<Output, any Error>

    init(_ words: [String], _ variables: [String: String] = [:]) async throws {
        let (started, start) = AsyncStream<Int32>.makeStream()
        let began = ContinuousClock.now
        task = Task {
            defer { start.finish() }
            let environment = Self.basics.merging(variables) { $1 }
            let outcome = try await Subprocess.run(
                words[0].contains("/") ? .path(FilePath(words[0])) : .name(words[0]), arguments: Arguments(Array(words.dropFirst())),
                environment: .custom(environment.map { Array("\($0.key)=\($0.value)\0".utf8) }),
                input: .none, output: .bytes(limit: 16 << 20), error: .bytes(limit: 16 << 20)
            ) { execution in
                start.yield(execution.processIdentifier.value)
            }
            let status: Int32 =
                switch outcome.terminationStatus {
                case .exited(let code): code
                case .signaled(let signal): 128 + signal
                }
            let took = ContinuousClock.now - began
            return Output(
                command: words.joined(separator: " "), status: status, results: String(decoding: outcome.standardOutput, as: UTF8.self),
                complaints: String(decoding: outcome.standardError, as: UTF8.self),
                seconds: Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18)
        }
        guard let pid = await started.first(where: { _ in true }) else {
            _ = try await task.value
            throw Trouble("\(words) named no process")
        }
        self.pid = pid
    }

    private static let basics: [String: String] = {
        var all = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
        ]
        for role in ["AUTHOR", "COMMITTER"] {
            all["GIT_\(role)_NAME"] = "tester"
            all["GIT_\(role)_EMAIL"] = "tester@deevnet.net"
            all["GIT_\(role)_DATE"] = "2030-01-01T00:00:00Z"
        }
        if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] { all["LD_LIBRARY_PATH"] = libraries }
        return all
    }()

    /// Waits until it has ended; kills it when it takes too long.
    func ended(within limit: Duration = .seconds(120)) async throws -> Output {
        let watch = Task {
            try await Task.sleep(for: limit)
            kill(pid, SIGKILL)
        }
        defer { watch.cancel() }
        return try await task.value
    }

    /// Runs a command to its end.
    static func run(_ words: [String], _ variables: [String: String] = [:]) async throws -> Output {
        try await Command(words, variables).ended()
    }

    /// Runs what a harness needs before it can begin.
    @discardableResult
    static func must(_ words: [String]) async throws -> String {
        let output = try await run(words)
        guard output.status == 0 else { throw Trouble(output.description) }
        return output.results
    }

    /// Waits until all of it stands still by a signal; false: it has ended.
    func stopped() async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
            let states = threads.map { Self.state("/proc/\(pid)/task/\($0)/stat") }
            if states.isEmpty || states.allSatisfy({ $0 == "Z" || $0 == nil }) { return false }
            if states.allSatisfy({ $0 == "T" }) { return true }
            try await Task.sleep(for: .microseconds(200))
        }
        throw Trouble("process \(pid) neither stopped nor ended")
    }

    private static func state(_ path: String) -> Substring? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), let end = text.lastIndex(of: ")") else { return nil }
        return text[text.index(after: end)...].split(separator: " ").first
    }
}
