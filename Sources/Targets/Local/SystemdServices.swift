internal import Glibc

/// Services that systemd runs; the unit's name is the unit's, and its command stands in the unit file.
public struct SystemdServices: ServiceControl {
    /// How services are controlled here.
    public var summary: String { "systemd" }
    /// systemd starts them.
    public var canStart: Bool { true }

    private let programs: any ProgramRunner
    private let gate: SystemGate
    private let patience: Int
    private let probation: Duration

    /// Makes a control; `patience` is how many seconds systemctl may take, `probation` how long a service that was started must stay.
    public init(
        programs: any ProgramRunner = LocalPrograms(), gate: SystemGate = SystemGate(), patience: Int = 30, probation: Duration = .zero
    ) {
        self.programs = programs
        self.gate = gate
        self.patience = patience
        self.probation = probation
    }

    /// Whether this machine runs systemd, as sd_booted(3) tells it.
    public static var isRunning: Bool { unsafe access("/run/systemd/system", F_OK) == 0 }

    /// What a service is doing.
    public func status(of unit: ServiceUnit) async -> ServiceStatus {
        do {
            let properties = try await properties(of: unit)
            switch properties["ActiveState"] {
            case "active", "reloading", "refreshing":
                guard let pid = properties["MainPID"].flatMap({ Int32($0) }), let process = RunningProcess(pid: pid) else {
                    return .unknown("systemd says that \(unit.name) is active, but names no process that runs")
                }
                return .running(pid: pid, startedAt: process.startedAt)
            case "inactive", "failed": return .stopped
            case let other: return .unknown("systemd says that \(unit.name) is \(other ?? "unknown")")
            }
        } catch {
            return .unknown(error.message)
        }
    }

    /// Starts it; systemd waits until it is ready.
    public func start(_ unit: ServiceUnit) async throws(TargetError) {
        try await systemctl("start", unit, .spawn)
        try await proveSteady(unit)
    }

    /// Ends it.
    public func stop(_ unit: ServiceUnit) async throws(TargetError) { try await systemctl("stop", unit, .kill) }

    /// Reloads it, as its unit file says.
    public func reload(_ unit: ServiceUnit) async throws(TargetError) { try await systemctl("reload", unit, .kill) }

    /// Ends and starts it.
    public func restart(_ unit: ServiceUnit) async throws(TargetError) {
        try await systemctl("restart", unit, .spawn)
        try await proveSteady(unit)
    }

    /// Asks a DNS question on loopback in the service's network namespace.
    public func ask(_ unit: ServiceUnit, dns question: [UInt8], port: UInt16, within milliseconds: Int) async -> [UInt8]? {
        guard case .running(let pid, _) = await status(of: unit) else { return nil }
        return await LoopbackQuestion.ask(pid: pid, question, port: port, within: milliseconds)
    }

    /// Sends a UDP message from the service's network namespace.
    public func send(_ unit: ServiceUnit, _ message: [UInt8], to host: UInt32, port: UInt16) async -> Bool {
        guard case .running(let pid, _) = await status(of: unit) else { return false }
        return Datagram.send(pid: pid, message, to: host, port: port)
    }

    /// A daemon may answer, and die of its files a moment later: then systemd shows none, or the next one that it has started in its place.
    private func proveSteady(_ unit: ServiceUnit) async throws(TargetError) {
        let deadline = ContinuousClock.now + probation
        let first = await status(of: unit)
        var last = first
        while true {
            guard case .running = last, last == first else {
                throw TargetError(.serviceFailed, "\(unit.name) ended just after its start", mend: "journalctl -u \(unit.name)")
            }
            guard ContinuousClock.now < deadline else { return }
            try? await Task.sleep(for: .milliseconds(100))
            last = await status(of: unit)
        }
    }

    private func systemctl(_ verb: String, _ unit: ServiceUnit, _ call: SystemCall) async throws(TargetError) {
        try gate.announce(call, unit.name)
        let result = try await programs.run(["systemctl", "--no-ask-password", verb, "--", unit.name], within: patience)
        guard result.status == 0 else {
            let lines = result.output.split(whereSeparator: \.isNewline).suffix(5).joined(separator: "; ")
            throw TargetError(
                .serviceFailed, "systemctl \(verb) \(unit.name) ended with status \(result.status): \(lines)",
                mend: "journalctl -u \(unit.name)")
        }
    }

    private func properties(of unit: ServiceUnit) async throws(TargetError) -> [String: String] {
        let result = try await programs.run(["systemctl", "show", "-p", "MainPID,ActiveState", "--", unit.name], within: patience)
        guard result.status == 0 else {
            throw TargetError(.serviceFailed, "systemctl show \(unit.name) ended with status \(result.status)")
        }
        let pairs = result.output.split(whereSeparator: \.isNewline).compactMap { line -> (String, String)? in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        return Dictionary(pairs) { $1 }
    }
}
