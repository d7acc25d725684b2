import Foundation
import Testing

/// The site dvntm with the builder in charge, brought up in namespaces: a repository with the samples, the builder as a machine with
/// folders of its own, and clients on its management segment.
///
/// The builder is one private mount and network namespace for as long as the site is up, so that what is mounted in it stays, as on a real
/// machine, and goes with it.
final class LabSite: Sendable {
    /// What the builder's /etc/deevnet lies on.
    enum Storage {
        /// The disk of the machine that the tests run on.
        case disk
        /// A memory file system of so many KiB, which can be filled.
        case small(Int)
    }

    /// The site of the suite that runs.
    @TaskLocal static var current: LabSite?

    static var shared: LabSite {
        get throws {
            guard let current else { throw Trouble("the suite has no site: give it .site") }
            return current
        }
    }

    let id: String
    let folder: String
    /// The first process of the builder's namespaces.
    private let machine: Int32

    var repository: String { "\(folder)/repository" }
    /// The builder's file system as it sees it.
    var root: String { "/proc/\(machine)/root" }
    /// The files that are live.
    var live: String { "\(root)/etc/deevnet/current/dnsmasq/dvntm" }

    private init(id: String, folder: String, machine: Int32) {
        self.id = id
        self.folder = folder
        self.machine = machine
    }

    // MARK: Up and down

    /// Brings a site up; nothing is applied yet.
    static func up(_ storage: Storage = .disk) async throws -> LabSite {
        guard FileManager.default.isExecutableFile(atPath: Lab.deevnet) else {
            throw Trouble("there is no command to test at \(Lab.deevnet): build it, or name it in DEEVNET_BINARY")
        }
        // Below /tmp by name: dnsmasq, which is nobody special, must be able to walk there.
        let folder = "/tmp/deevnet-site-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        do {
            try await makeRepository(folder)
            let made = try await success([Lab.program, "up", "--topo", "dvntm", "--owner", "\(ProcessInfo.processInfo.processIdentifier)"])
            let id = made.trimmingCharacters(in: .whitespacesAndNewlines)
            do {
                return LabSite(id: id, folder: folder, machine: try await startMachine(id, folder, storage))
            } catch {
                _ = try? await success([Lab.program, "--id", id, "down"])
                throw error
            }
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    /// Ends every process in the namespaces and removes them.
    func down() async throws {
        _ = try await Self.success([Lab.program, "--id", id, "down"])
        try FileManager.default.removeItem(atPath: folder)
    }

    private static func startMachine(_ id: String, _ folder: String, _ storage: Storage) async throws -> Int32 {
        var steps = ["echo 'self: provisioner-ph01' > /etc/deevnet/config.yml", ": > \(folder)/ready", "exec sleep infinity"]
        if case .small(let size) = storage { steps.insert("mount -n -t tmpfs -o size=\(size)k,mode=0755 small /etc/deevnet", at: 0) }
        let start = [Lab.program, "--id", id, "start", "builder", "machine", "--ready", "file:\(folder)/ready", "--"]
        let pid = try await success(start + [Lab.enter, "\(folder)/root", "--", "sh", "-ec", steps.joined(separator: "; ")])
        guard let machine = Int32(pid.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Trouble("the lab named no process: \(pid)")
        }
        return machine
    }

    // MARK: Commands

    /// Runs a command in the builder's namespaces.
    func begin(_ words: [String]) async throws -> RunningCommand {
        try await RunningCommand(["nsenter", "--target", "\(machine)", "--mount", "--net", "--"] + words, variables: variables)
    }

    func run(_ words: String...) async throws -> Output { try await begin(words).ended() }

    /// The command under test on the builder, with the site's repository.
    func begin(deevnet words: [String]) async throws -> RunningCommand { try await begin([Lab.deevnet] + words + ["-C", repository]) }

    func deevnet(_ words: String...) async throws -> Output { try await begin(deevnet: words).ended() }

    func apply() async throws -> Output { try await deevnet("apply", "dvntm", "--auto-approve") }
    func plan() async throws -> Output { try await deevnet("plan", "dvntm", "--detailed-exitcode") }

    /// Runs one of the lab's own commands.
    func lab(_ words: [String]) async throws -> Output {
        try await RunningCommand([Lab.program, "--id", id] + words).ended()
    }

    /// Runs a command on another machine of the site.
    func run(on node: String, _ words: String...) async throws -> Output { try await lab(["exec", node] + words) }

    private var variables: [String: String] { Self.variables(folder) }

    private static func variables(_ folder: String) -> [String: String] {
        [
            "HOME": folder, "GIT_CONFIG_GLOBAL": "\(folder)/gitconfig", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": "2030-05-01T12:00:00Z", "GIT_COMMITTER_DATE": "2030-05-01T12:00:00Z",
        ]
    }

    @discardableResult
    private static func success(_ words: [String], variables: [String: String] = [:], in directory: String = "/") async throws -> String {
        let output = try await RunningCommand(words, variables: variables, in: directory).ended()
        guard output.status == 0 else { throw Trouble(output.description) }
        return output.results
    }

    // MARK: The inventory

    private static func makeRepository(_ folder: String) async throws {
        try Data("[user]\n\tname = Tester\n\temail = tester@example.org\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/gitconfig"))
        let repository = "\(folder)/repository"
        try FileManager.default.createDirectory(atPath: repository, withIntermediateDirectories: false)
        for part in ["inventory", "sites"] {
            try FileManager.default.copyItem(atPath: "\(Lab.repository)/\(part)", toPath: "\(repository)/\(part)")
        }
        for words in [["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "the samples"], ["tag", "samples"]] {
            try await success(["git"] + words, variables: variables(folder), in: repository)
        }
    }

    func git(_ words: String...) async throws {
        try await Self.success(["git"] + words, variables: variables, in: repository)
    }

    /// Commits a change of one file: a text that stands in it once becomes another.
    func commit(_ file: String, replacing old: String, with new: String) async throws {
        let path = "\(repository)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard text.components(separatedBy: old).count == 2 else { throw Trouble("'\(old)' doesn't stand once in \(file)") }
        try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: URL(fileURLWithPath: path))
        try await git("commit", "-qam", "\(file): \(new)")
    }

    /// The samples again, applied, with dnsmasq running on them: where every test may begin.
    func settle() async throws {
        try await git("reset", "-q", "--hard", "samples")
        let applied = try await apply()
        guard applied.status == 0 else { throw Trouble("the samples can't be applied: \(applied)") }
    }
}

/// Brings a site up around a suite, with the samples applied, and takes it down again.
struct SiteTrait: SuiteTrait, TestScoping {
    var storage = LabSite.Storage.disk

    func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void) async throws {
        let site = try await LabSite.up(storage)
        let result: Result<Void, any Error>
        do {
            try await site.settle()
            result = .success(try await LabSite.$current.withValue(site) { try await function() })
        } catch {
            result = .failure(error)
        }
        try await site.down()
        try result.get()
    }
}

extension Trait where Self == SiteTrait {
    static var site: Self { SiteTrait() }
    static func site(on storage: LabSite.Storage) -> Self { SiteTrait(storage: storage) }
}
