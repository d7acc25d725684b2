import Foundation
import Testing

/// The packaged unit and the command together, under a real systemd.
///
/// One machine is booted, made the builder of dvntm as docs/how-to/run-on-a-builder.md says, and worked on
/// (Tests/Lab/guest/builder); each test looks at what one step of that work told.
@Suite(.needsMachine, .serialized, .timeLimit(.minutes(10)))
struct SystemdTests {
    private static let work = Task { try await BuilderWork() }
    private let work: BuilderWork

    init() async throws { work = try await Self.work.value }

    @Test func `an apply starts the service through systemd, and it answers`() throws {
        let step = try work.step("apply")
        #expect(step["before"] == "inactive")
        #expect(step["status"] == "0")
        #expect(step["state"] == "active")
        let pid = try step.process("pid")
        #expect(try step.process("pid_file") == pid)
        #expect(try step.process("listener") == pid)
        #expect(step["group"]?.hasSuffix("/deevnet-dnsmasq@dvntm.service") == true)
        #expect(step["answer"] == "10.20.99.21")
    }

    @Test func `planned again there is nothing to do`() throws {
        #expect(try work.step("again")["plan"] == "0")
    }

    @Test func `a changed card is reloaded by systemd into the same process`() throws {
        let step = try work.step("reload")
        #expect(step["planned"] == "2")
        #expect(step["status"] == "0")
        #expect(try step.process("pid_after") == step.process("pid_before"))
        // How the last ExecReload= of the unit ended, which is a signal that root can't send without CAP_KILL.
        #expect(step["command"] == "exited-0")
        #expect(step["plan"] == "0")
    }

    @Test func `a new service restarts it, and is answered for`() throws {
        let step = try work.step("restart")
        #expect(step["planned"] == "2")
        #expect(step["status"] == "0")
        #expect(try step.process("pid_after") != step.process("pid_before"))
        #expect(step["answer"] == "10.20.25.11")
        #expect(step["plan"] == "0")
    }

    @Test func `a killed process is brought back by systemd, and there is nothing to plan`() throws {
        let step = try work.step("kill")
        #expect(step["state"] == "active")
        #expect(try step.process("pid_after") != step.process("pid_before"))
        #expect(step["restarts"] == "1")
        #expect(step["answer"] == "10.20.99.21")
        #expect(step["plan"] == "0")
    }

    @Test func `a service that somebody stopped is a change, and an apply starts it`() throws {
        let step = try work.step("stop")
        #expect(step["stopped"] == "inactive")
        #expect(step["planned"] == "2")
        #expect(step["named"] == "1")
        #expect(step["status"] == "0")
        #expect(step["state"] == "active")
        #expect(step["answer"] == "10.20.99.21")
        #expect(step["plan"] == "0")
    }

    @Test func `an apply that was cut off behind the switch is undone at boot, before the daemon starts`() throws {
        let step = try work.step("boot")
        #expect(step["killed"] == "137")
        #expect(step["switched"] == "yes")
        #expect(step["journal"] == "yes")
        // By the Also= of the daemon's unit.
        #expect(step["enabled"] == "enabled")
        #expect(step["result"] == "success")
        let recovered = try #require(step["recovered"].flatMap { UInt64($0) })
        let started = try #require(step["started"].flatMap { UInt64($0) })
        #expect(0 < recovered && recovered <= started)
        #expect(step["state"] == "active")
        #expect(step["back"] == "yes")
        #expect(step["left"] == "no")
        #expect(step["answer"] == "10.20.99.21")
        #expect(step["planned"] == "2")
        #expect(step["status"] == "0")
        #expect(step["plan"] == "0")
    }

    @Test func `the unit in use is the packaged one, and no unit of ours has failed`() throws {
        let step = try work.step("unit")
        #expect(step["file"] == "/etc/systemd/system/deevnet-dnsmasq@.service")
        #expect(step["additions"] == "")
        #expect(step["outdated"] == "no")
        #expect(step["failed"] == "0")
        #expect(try work.unit == String(contentsOfFile: BuilderWork.packagedUnit, encoding: .utf8))
    }

    @Test func `the work came to its end`() throws {
        _ = try work.step("end")
        #expect(work.output.status == 0, "\(work.output)")
    }
}

/// The work of Tests/Lab/guest/builder in a machine of its own, as it told it.
private struct BuilderWork {
    /// A line `step=NAME KEY=VALUE...`.
    struct Step {
        let facts: [String: String]

        subscript(_ key: String) -> String? { facts[key] }

        /// A fact that is the number of a process.
        func process(_ key: String) throws -> Int32 {
            guard let pid = facts[key].flatMap({ Int32($0) }), pid > 1 else { throw Trouble("\(key) is no process: \(facts)") }
            return pid
        }
    }

    static let packagedUnit = "\(Lab.repository)/packaging/systemd/deevnet-dnsmasq@.service"

    let output: Output
    /// The text of the unit file that systemd used; nil when the work didn't come that far.
    let unit: String?
    private let steps: [String: Step]

    /// Boots the machine and waits for the end of the work, whatever it is.
    init() async throws {
        let files = FileManager.default
        let folder = "/tmp/deevnet-machine-\(UUID().uuidString.prefix(8))"
        try files.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? files.removeItem(atPath: folder) }
        for path in [
            Lab.deevnet, Self.packagedUnit, "\(Lab.repository)/packaging/systemd/deevnet-recover.service", "\(Lab.repository)/inventory",
            "\(Lab.repository)/sites", "\(Lab.tests)/Lab/guest/builder",
        ] {
            try files.copyItem(atPath: path, toPath: "\(folder)/\(URL(fileURLWithPath: path).lastPathComponent)")
        }
        let machine = ["vm-exec", "--systemd", "--modules", "dummy", "--share", folder, "--timeout", "480", "sh /lab/builder"]
        // Where the kernel is.
        let places = ProcessInfo.processInfo.environment.filter { ["HOME", "XDG_CACHE_HOME", "DEEVNET_LAB_CACHE"].contains($0.key) }
        output = try await RunningCommand([Lab.program] + machine, variables: places).ended(within: .seconds(500))
        unit = try? String(contentsOfFile: "\(folder)/unit-in-use", encoding: .utf8)
        let told = output.results.split(separator: "\n").map { line in
            line.split(separator: " ").reduce(into: [String: String]()) { facts, fact in
                let parts = fact.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                facts[parts[0]] = parts.last
            }
        }
        steps = Dictionary(told.map { ($0["step"] ?? "", Step(facts: $0)) }) { $1 }
    }

    /// What a step told; the machine's last words where the work didn't come to it.
    func step(_ name: String) throws -> Step {
        guard let step = steps[name] else {
            throw Trouble("the work ended with \(output.status) before '\(name)':\n\(output.complaints.suffix(1500))")
        }
        return step
    }
}
