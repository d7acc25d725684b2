import Glibc
import Synchronization
import Targets
import Testing

/// A systemctl that remembers what it was asked, and answers from a table.
private final class FakeSystemctl: ProgramRunner {
    private let state: Mutex<(properties: String, failing: String?, asked: [[String]])>

    init(_ properties: String, failing: String? = nil) { state = Mutex((properties, failing, [])) }

    var asked: [[String]] { state.withLock { $0.asked } }

    func run(_ command: [String], within seconds: Int) async throws(TargetError) -> ProgramResult {
        state.withLock { state in
            state.asked.append(command)
            if let failing = state.failing, command.contains(failing) {
                return ProgramResult(status: 1, output: "Job failed.\nSee journal.\n")
            }
            return ProgramResult(status: 0, output: command.contains("show") ? state.properties : "")
        }
    }
}

@Suite struct `Services of systemd` {
    @Test func `run as the process that systemd names`() async throws {
        let services = SystemdServices(programs: FakeSystemctl("MainPID=\(getpid())\nActiveState=active\n"))
        let status = await services.status(of: Samples.unit)
        guard case .running(let pid, let started) = status else {
            Issue.record("\(status)")
            return
        }
        #expect(pid == getpid() && started > 0)
    }

    @Test(arguments: ["inactive", "failed"]) func `are stopped when systemd says so`(_ state: String) async throws {
        #expect(await SystemdServices(programs: FakeSystemctl("MainPID=0\nActiveState=\(state)\n")).status(of: Samples.unit) == .stopped)
    }

    @Test(arguments: ["MainPID=0\nActiveState=active\n", "MainPID=1\nActiveState=deactivating\n", ""])
    func `are unknown when systemd is in between or says too little`(_ properties: String) async throws {
        let status = await SystemdServices(programs: FakeSystemctl(properties)).status(of: Samples.unit)
        guard case .unknown = status else {
            Issue.record("\(status)")
            return
        }
    }

    @Test func `are named after two dashes, so that no name is an option`() async throws {
        let systemctl = FakeSystemctl("MainPID=\(getpid())\nActiveState=active\n")
        let services = SystemdServices(programs: systemctl)
        try await services.start(Samples.unit)
        try await services.reload(Samples.unit)
        try await services.restart(Samples.unit)
        try await services.stop(Samples.unit)
        #expect(systemctl.asked.allSatisfy { $0.suffix(2) == ["--", "deevnet-dnsmasq@dvntm"] })
        #expect(
            systemctl.asked.compactMap { $0.count > 2 && $0[1] == "--no-ask-password" ? $0[2] : nil } == [
                "start", "reload", "restart", "stop",
            ])
    }

    @Test func `that fail are quoted, and those that end after their start found out`() async throws {
        let refused = await #expect(throws: TargetError.self) {
            try await SystemdServices(programs: FakeSystemctl("", failing: "start")).start(Samples.unit)
        }
        #expect(refused?.kind == .serviceFailed && refused?.message.contains("Job failed.; See journal.") == true)
        let ended = await #expect(throws: TargetError.self) {
            try await SystemdServices(programs: FakeSystemctl("MainPID=0\nActiveState=failed\n")).start(Samples.unit)
        }
        #expect(ended?.kind == .serviceFailed)
    }
}
