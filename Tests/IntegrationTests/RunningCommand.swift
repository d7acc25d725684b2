import Foundation

/// How a command ended, and what it wrote.
struct Output: CustomStringConvertible {
    let command: String
    /// The exit status, or 128 and the signal that ended it.
    let status: Int32
    let results: String
    let complaints: String

    var description: String { "`\(command)` ended with \(status)\n\(results)\(complaints)" }
}

/// A command under way. What it writes goes to files: a daemon that keeps them open keeps nobody waiting.
final class RunningCommand {
    private let process = Process()
    private let folder: URL
    private let words: [String]

    /// Starts a command; it sees no variables but the ones given, and nothing on its input.
    init(_ words: [String], variables: [String: String] = [:], in directory: String = "/") throws {
        self.words = words
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("deevnet-command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.environment = Self.basics.merging(variables) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(folder.appendingPathComponent("results"))
        process.standardError = try Self.file(folder.appendingPathComponent("complaints"))
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static let basics: [String: String] = {
        let kept = ProcessInfo.processInfo.environment.filter { ["DEEVNET_LAB_STATE", "LD_LIBRARY_PATH"].contains($0.key) }
        return kept.merging(["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]) { $1 }
    }()

    private static func file(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }

    /// The process: `env` has become the command.
    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// Waits until it has ended; kills it when it takes too long.
    func ended(within limit: Duration = .seconds(60)) async throws -> Output {
        let deadline = ContinuousClock.now + limit
        while process.isRunning {
            guard ContinuousClock.now < deadline else {
                kill(pid, SIGKILL)
                throw Trouble("killed after \(limit): \(words.joined(separator: " "))")
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        return output
    }

    /// Waits without giving the thread away, for what must be known before any test.
    func endedNow() -> Output {
        process.waitUntilExit()
        return output
    }

    private var output: Output {
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return Output(command: words.joined(separator: " "), status: status, results: text("results"), complaints: text("complaints"))
    }

    private func text(_ name: String) -> String {
        (try? Data(contentsOf: folder.appendingPathComponent(name))).map { String(decoding: $0, as: UTF8.self) } ?? ""
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
