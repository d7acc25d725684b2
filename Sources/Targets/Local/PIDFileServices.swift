internal import Glibc
internal import Synchronization

/// Daemons that put themselves in the background and write their process id to a file: for machines without systemd, and for dry trees.
///
/// A dry tree has no services of its own, but processes in a namespace (a test lab, a container) may run on its files: those can be reloaded,
/// stopped, and started again where they ran.
public final class PIDFileServices: ServiceControl {
    /// How long a service may take to end by itself: with what goes before, an outage that ends in bringing the old one back stays under 10 s.
    private static let courtesy = Duration.seconds(2)

    private typealias Namespaces = (network: Namespace?, mount: Namespace?)

    /// How services are controlled here.
    public var summary: String { "pid files" }
    /// Whether a stopped service may be started.
    public let canStart: Bool

    private let tree: RootedTree
    private let programs = LocalPrograms()
    private let patience: Duration
    private let probation: Duration
    /// Where services ran that were stopped here, so that they can be started there again.
    private let left = Mutex<[String: Namespaces]>([:])

    /// Makes a control. `patience` is how long a service may take to start or to end; `probation` is how long one that was started must stay: a
    /// daemon may answer, and die of its files a moment later.
    public init(
        root: String, gate: SystemGate = SystemGate(), canStart: Bool, patience: Duration = .seconds(5),
        probation: Duration = .milliseconds(100)
    ) {
        tree = RootedTree(root: root, gate: gate)
        self.canStart = canStart
        self.patience = patience
        self.probation = probation
    }

    /// What a service is doing: the process of its pid file must be the unit's program, and have written that file when it runs with other files.
    public func status(of unit: ServiceUnit) async -> ServiceStatus {
        do {
            guard let process = try process(of: unit) else { return .stopped }
            return .running(pid: process.pid, startedAt: process.startedAt)
        } catch {
            return .unknown(error.message)
        }
    }

    /// Starts a service and waits until it runs and has stayed for a moment.
    public func start(_ unit: ServiceUnit) async throws(TargetError) {
        if try process(of: unit) != nil { return }
        let place = left.withLock { $0[unit.name] }
        guard canStart || place != nil else {
            throw TargetError(
                .serviceFailed, "\(unit.name) can't be started: a dry tree has no services of its own",
                mend: "start it where this tree is used: \(unit.command.joined(separator: " "))")
        }
        try tree.gate.announce(.spawn, unit.name)
        let seconds = max(1, Int(patience.components.seconds))
        let result = try await programs.run(Self.command(unit.command, in: place), within: seconds)
        guard result.status == 0 else {
            throw TargetError(
                .serviceFailed,
                "\(unit.name) did not start: \(unit.command.first ?? "") ended with status \(result.status)\(Self.quote(result.output))")
        }
        let handle = try await running(unit, result.output)
        guard await !handle.hasEnded(within: probation) else {
            throw TargetError(.serviceFailed, "\(unit.name) ended just after its start\(Self.quote(result.output))")
        }
        left.withLock { $0[unit.name] = nil }
    }

    /// Asks a service to end, and ends it when it doesn't.
    public func stop(_ unit: ServiceUnit) async throws(TargetError) {
        guard let process = try process(of: unit) else { return }
        let namespaces: Namespaces = (process.foreignNamespace("net"), process.foreignNamespace("mnt"))
        guard let handle = try ProcessHandle(process, name: unit.name, gate: tree.gate) else { return }
        if namespaces.network != nil || namespaces.mount != nil { left.withLock { $0[unit.name] = namespaces } }
        try handle.signal(SIGTERM)
        // One that stands still takes no signal but these two.
        try handle.signal(SIGCONT)
        if await handle.hasEnded(within: min(patience, Self.courtesy)) { return }
        try handle.signal(SIGKILL)
        guard await handle.hasEnded(within: patience) else {
            throw TargetError(
                .serviceFailed, "\(unit.name) (process \(process.pid)) does not end, not even when killed",
                mend: "look at what it waits for: /proc/\(process.pid)/stack")
        }
    }

    /// Sends SIGHUP.
    public func reload(_ unit: ServiceUnit) async throws(TargetError) {
        guard let process = try process(of: unit), let handle = try ProcessHandle(process, name: unit.name, gate: tree.gate) else {
            throw TargetError(.serviceFailed, "\(unit.name) doesn't run, and can't be reloaded")
        }
        try handle.signal(SIGHUP)
    }

    /// Ends a service and starts it in the same network and mount namespaces.
    public func restart(_ unit: ServiceUnit) async throws(TargetError) {
        try await stop(unit)
        try await start(unit)
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

    /// The unit's process; nil when it doesn't run. It may run with files of somebody else's choice: who wrote the unit's pid file stands in its place.
    private func process(of unit: ServiceUnit) throws(TargetError) -> RunningProcess? {
        guard let (pid, written) = try pid(of: unit), let process = RunningProcess(pid: pid) else { return nil }
        // An id from before, now someone else's: of another program, or of one that began after the file was written.
        guard process.runs(programOf: unit.command) else { return nil }
        return process.hasPaths(of: unit.command) || process.startTime <= written + 1 ? process : nil
    }

    /// The id in the pid file, and when that was written, in seconds since 1970.
    private func pid(of unit: ServiceUnit) throws(TargetError) -> (pid: Int32, written: Double)? {
        let parts = unit.pidFile.split(separator: "/")
        guard let name = parts.last.map(String.init), let directory = try tree.directory(parts.dropLast().joined(separator: "/")) else {
            return nil
        }
        guard let written = try directory.modificationTime(name), let file = try directory.readFile(name, limit: 4096) else { return nil }
        let digits = String(decoding: file.bytes, as: UTF8.self).filter { !$0.isWhitespace }
        // Created and not yet written: the service is starting.
        if digits.isEmpty { return nil }
        guard let pid = Int32(digits), pid > 0 else {
            throw TargetError(.unexpectedShape, "\(directory.path(of: name)) doesn't hold a process id")
        }
        return (pid, written)
    }

    private func running(_ unit: ServiceUnit, _ output: String) async throws(TargetError) -> ProcessHandle {
        let deadline = ContinuousClock.now + patience
        while ContinuousClock.now < deadline {
            if let process = try process(of: unit), let handle = try ProcessHandle(process, name: unit.name, gate: tree.gate) {
                return handle
            }
            try? await Task.sleep(for: .milliseconds(5))
        }
        throw TargetError(
            .serviceFailed, "\(unit.name) was started, but no process of it runs by \(tree.hostPath(unit.pidFile))\(Self.quote(output))",
            mend: "its command must put itself in the background and write that file: \(unit.command.joined(separator: " "))")
    }

    /// nsenter opens the namespaces by our own descriptors: the process that was in them is gone by then.
    private static func command(_ command: [String], in place: Namespaces?) -> [String] {
        guard let place else { return command }
        let network = place.network.map { ["--net=\($0.path)"] } ?? []
        let mount = place.mount.map { ["--mount=\($0.path)"] } ?? []
        return ["nsenter"] + network + mount + ["--"] + command
    }

    private static func quote(_ output: String) -> String {
        let lines = output.split(whereSeparator: \.isNewline).suffix(5)
        return lines.isEmpty ? "" : ": " + lines.joined(separator: "; ")
    }
}
