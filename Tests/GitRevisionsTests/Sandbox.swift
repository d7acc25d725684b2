import Foundation

@testable import GitRevisions

/// A directory of a test's own with a home, a git configuration and a way to run the real git; removed with its last reference.
final class Sandbox {
    let path: String
    let repository: String

    /// Makes a repository in `repo` unless told otherwise.
    init(initialising arguments: [String]? = ["-b", "main"]) throws {
        let made = FileManager.default.temporaryDirectory.appendingPathComponent("deevnet-revisions-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: made, withIntermediateDirectories: true)
        // The library names places without links; so must the expectations.
        guard let real = canonicalPath(made) else { throw Trouble("no temporary directory") }
        path = real
        repository = real + "/repo"
        try FileManager.default.createDirectory(atPath: repository, withIntermediateDirectories: true)
        try Data("[user]\n\tname = Tester\n\temail = tester@example.org\n[protocol \"file\"]\n\tallow = always\n".utf8)
            .write(to: URL(fileURLWithPath: globalConfiguration))
        if let arguments { try git(["init", "-q"] + arguments) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var globalConfiguration: String { path + "/gitconfig" }

    /// A small inventory, committed.
    static func withInventory() throws -> Sandbox {
        let sandbox = try Sandbox()
        try sandbox.write("inventory/deevnet.yml", "deevnet: { schema: 1 }\n")
        try sandbox.write("inventory/hosts/hv01.yml", "hosts:\n  hv01: {}\n")
        try sandbox.write("sites/dvntm/site.yml", "site:\n  name: dvntm\n")
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "first")
        return sandbox
    }

    @discardableResult
    func git(_ arguments: String..., in directory: String? = nil, input: String? = nil) throws -> String {
        try git(arguments, in: directory, input: input)
    }

    @discardableResult
    func git(_ arguments: [String], in directory: String? = nil, input: String? = nil, mayFail: Bool = false) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory ?? repository)
        process.environment = [
            "PATH": "/usr/bin:/bin", "HOME": path, "GIT_CONFIG_GLOBAL": globalConfiguration, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
            "GIT_AUTHOR_DATE": "2024-05-01T12:00:00Z", "GIT_COMMITTER_DATE": "2024-05-01T12:00:00Z",
        ]
        let output = Pipe()
        let errors = Pipe()
        let given = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = given
        try process.run()
        if let input { given.fileHandleForWriting.write(Data(input.utf8)) }
        try given.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard mayFail || process.terminationStatus == 0 else { throw Trouble("git \(arguments.joined(separator: " ")): \(complaint)") }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func write(_ file: String, _ text: String) throws { try write(file, Array(text.utf8)) }

    func write(_ file: String, _ bytes: [UInt8]) throws {
        let url = URL(fileURLWithPath: repository + "/" + file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: repository + "/" + file) }

    func link(_ file: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: repository + "/" + file, withDestinationPath: target)
    }

    func makePipe(_ file: String) throws {
        guard unsafe mkfifo(repository + "/" + file, 0o600) == 0 else { throw Trouble("mkfifo \(file)") }
    }

    /// Gives the repository's top directory to another user.
    func giveAway(to user: UInt32) throws {
        guard unsafe chown(repository, user, user) == 0 else { throw Trouble("chown \(repository)") }
    }

    /// What a process of the given user with this sandbox's configuration would trust.
    func trust(user: UInt32? = nil) -> RepositoryTrust {
        RepositoryTrust(user: user ?? geteuid(), sudoUser: nil, home: path, configurationFiles: [globalConfiguration])
    }

    func open(
        _ directory: String? = nil, indexFile: String? = nil, limits: SnapshotLimits = SnapshotLimits()
    ) throws -> InventoryRepository {
        try InventoryRepository(at: directory ?? repository, indexFile: indexFile, limits: limits, trust: trust())
    }
}

/// A test's set-up that didn't work.
struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
