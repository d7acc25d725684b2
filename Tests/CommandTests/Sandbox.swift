import Foundation
import Subprocess

/// A folder of its own with a home, an organisation's repository and room for dry trees; removed at the end.
///
/// Nothing of the machine's git configuration is seen, and author and date are always the same: so are commits.
final class Sandbox: Sendable {
    /// Where programs are looked for.
    static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The sandbox.
    let folder: String
    /// The working folder of every command.
    let repository: String
    /// Where the dry trees are made: `$ROOT` for commands.
    var root: String { "\(folder)/root" }

    /// How a command ended, and what it wrote.
    struct Output {
        var status: Int32
        var results: String
        var complaints: String
    }

    /// What the repository holds at first.
    enum Base: String {
        /// The samples, committed.
        case samples
        /// A repository without a commit.
        case empty
        /// A folder that is no repository.
        case none
    }

    init(_ base: Base, files: [(path: String, text: String)] = []) async throws {
        guard FileManager.default.isExecutableFile(atPath: Project.binary) else {
            throw Trouble("\(Project.binary) isn't there: build the command, or name another in DEEVNET_BINARY")
        }
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("deevnet-command-\(UUID().uuidString)").path
        repository = "\(folder)/org"
        for name in ["home", "bin", "org", "root"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/bin/deevnet", withDestinationPath: Project.binary)
        if base == .samples {
            try await mustRun("cp -R '\(Project.folder)/inventory/.' inventory; cp -R '\(Project.folder)/sites/.' sites")
        }
        for file in files { try write(file.text, to: file.path) }
        guard base != .none else { return }
        try await mustRun("git init -q -b main .")
        if base == .samples || !files.isEmpty { try await mustRun("git add . && git commit -q -m first") }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes a file of the repository.
    func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: "\(repository)/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// A file's text.
    func read(_ path: String) throws -> String { String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self) }

    /// Runs a line of shell in the repository, with nothing on its input.
    func run(_ line: String, _ variables: [String: String] = [:]) async throws -> Output {
        // Not Foundation's Process: it isn't made for being started from several threads at once.
        let ended = try await Subprocess.run(
            .name("sh"), arguments: ["-c", "cd \"$0\" && \(line)", repository],
            environment: .custom(environment.merging(variables) { $1 }.map { Array("\($0.key)=\($0.value)\0".utf8) }),
            input: .none, output: .bytes(limit: 1 << 24), error: .bytes(limit: 1 << 24))
        let status: Int32 =
            switch ended.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Output(
            status: status, results: String(decoding: ended.standardOutput, as: UTF8.self),
            complaints: String(decoding: ended.standardError, as: UTF8.self))
    }

    /// Runs what a test needs before it can begin.
    func mustRun(_ line: String, _ variables: [String: String] = [:]) async throws {
        let output = try await run(line, variables)
        guard output.status == 0 else { throw Trouble("`\(line)` ended with \(output.status): \(output.results)\(output.complaints)") }
    }

    var environment: [String: String] {
        var all = [
            "PATH": "\(folder)/bin:\(Self.path)", "HOME": "\(folder)/home", "ROOT": root, "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
        ]
        for role in ["AUTHOR", "COMMITTER"] {
            all["GIT_\(role)_NAME"] = "tester"
            all["GIT_\(role)_EMAIL"] = "tester@deevnet.net"
            all["GIT_\(role)_DATE"] = "2026-01-01T00:00:00Z"
        }
        // Where a toolchain isn't installed system-wide, the command finds its libraries as the tests do.
        if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] { all["LD_LIBRARY_PATH"] = libraries }
        return all
    }
}

extension Sandbox {
    /// Every file below the repository and the dry trees with its kind, mode and contents: equal listings mean that nothing was written.
    func listing() throws -> [String: String] {
        var all: [String: String] = [:]
        let manager = FileManager.default
        for part in ["org", "root", "home"] {
            for path in try manager.subpathsOfDirectory(atPath: "\(folder)/\(part)") {
                let whole = "\(folder)/\(part)/\(path)"
                let facts = try manager.attributesOfItem(atPath: whole)
                let mode = facts[.posixPermissions].map { "\($0)" } ?? "?"
                switch facts[.type] as? FileAttributeType {
                case .typeDirectory?: all["\(part)/\(path)"] = "directory \(mode)"
                case .typeSymbolicLink?: all["\(part)/\(path)"] = "link \(try manager.destinationOfSymbolicLink(atPath: whole))"
                default: all["\(part)/\(path)"] = "file \(mode) \(manager.contents(atPath: whole)?.base64EncodedString() ?? "unreadable")"
                }
            }
        }
        return all
    }

    /// A text without what differs from run to run and from machine to machine: the sandbox's path is `…`, commits are numbered from the first,
    /// and nothing tells whether this machine lets us rehearse.
    func stable(_ text: String) async throws -> String {
        var text = text.replacing(folder, with: "…")
            .replacing(/\n +(note: \S+ was )?not rehearsed: [^\n]*/, with: "")
            .replacing(/"not_rehearsed": ?"[^"]*"/, with: "\"not_rehearsed\": null")
        let commits = try await run("git rev-list --all --reflog --topo-order --reverse 2>/dev/null").results.split(separator: "\n")
        for (index, commit) in commits.enumerated() {
            text.replace(commit, with: "COMMIT\(index + 1)")
            text.replace(commit.prefix(10), with: "COMMIT\(index + 1)")
        }
        return text
    }
}

/// A test's set-up that didn't work.
struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
