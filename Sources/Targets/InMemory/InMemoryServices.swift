internal import Synchronization

/// Daemons that load the files of an in-memory store: all of them when they start, only the reloadable ones when they reload.
public final class InMemoryServices: ServiceControl {
    /// What a daemon does with the files it is given.
    public enum Verdict: Sendable, Equatable {
        /// Runs with them.
        case runs
        /// Ends at once with this text.
        case refuses(String)
        /// Starts, and is gone when it is looked at.
        case dies
    }

    /// How a daemon judges its files.
    public typealias Judge = @Sendable (ServiceUnit, [PlaceFile]) -> Verdict
    /// How a running daemon answers a DNS question from the files it has loaded.
    public typealias Answerer = @Sendable ([PlaceFile], [UInt8]) -> [UInt8]?

    private struct Daemon {
        var pid: Int32
        var startedAt: UInt64
        var files: [PlaceFile]
    }

    private struct State {
        var daemons: [String: Daemon] = [:]
        var pids: Int32 = 100
        var judge: Judge
        var log: [String] = []
    }

    /// How services are controlled here.
    public var summary: String { "in memory" }
    /// Whether a stopped service may be started.
    public let canStart: Bool

    private let files: InMemoryFileStore
    private let place: @Sendable (ServiceUnit) -> Place?
    private let isReloadable: @Sendable (String) -> Bool
    private let answerer: Answerer
    private let state: Mutex<State>

    /// Makes daemons. A unit `deevnet-PROVIDER@SITE` loads the place of that provider and site; files that end in `.conf` need a restart.
    public init(
        files: InMemoryFileStore,
        canStart: Bool = true,
        place: @escaping @Sendable (ServiceUnit) -> Place? = InMemoryServices.place(of:),
        isReloadable: @escaping @Sendable (String) -> Bool = { !$0.hasSuffix(".conf") },
        judge: @escaping Judge = { _, _ in .runs },
        answerer: @escaping Answerer = { _, _ in nil }
    ) {
        self.files = files
        self.canStart = canStart
        self.place = place
        self.isReloadable = isReloadable
        self.answerer = answerer
        state = Mutex(State(judge: judge))
    }

    /// The place that a unit's name tells: `deevnet-dnsmasq@dvntm`.
    public static func place(of unit: ServiceUnit) -> Place? {
        let parts = unit.name.split(separator: "@")
        guard parts.count == 2, parts[0].hasPrefix("deevnet-") else { return nil }
        return Place(provider: String(parts[0].dropFirst("deevnet-".count)), site: String(parts[1]))
    }

    /// Changes what the daemons think of files from now on.
    public func judge(by judge: @escaping Judge) { state.withLock { $0.judge = judge } }

    /// What a running daemon has loaded; nil when it doesn't run.
    public func loaded(_ name: String) -> [PlaceFile]? { state.withLock { $0.daemons[name]?.files } }

    /// What was asked of the daemons, in order: `start deevnet-dnsmasq@dvntm`.
    public var log: [String] { state.withLock { $0.log } }

    /// Ends a daemon behind everyone's back.
    public func kill(_ name: String) { state.withLock { $0.daemons[name] = nil } }

    /// What a daemon is doing.
    public func status(of unit: ServiceUnit) async -> ServiceStatus {
        state.withLock { state in
            state.daemons[unit.name].map { .running(pid: $0.pid, startedAt: $0.startedAt) } ?? .stopped
        }
    }

    /// Starts a daemon; it loads all its files.
    public func start(_ unit: ServiceUnit) async throws(TargetError) {
        guard canStart else { throw TargetError(.serviceFailed, "\(unit.name) can't be started: a dry tree has no services of its own") }
        try begin(unit, "start")
    }

    /// Ends a daemon.
    public func stop(_ unit: ServiceUnit) async throws(TargetError) {
        state.withLock { state in
            state.log.append("stop \(unit.name)")
            state.daemons[unit.name] = nil
        }
    }

    /// Makes a daemon read its reloadable files again.
    public func reload(_ unit: ServiceUnit) async throws(TargetError) {
        let fresh = place(unit).map { files.liveFiles(of: $0) } ?? []
        try state.withLock { state throws(TargetError) in
            state.log.append("reload \(unit.name)")
            guard let daemon = state.daemons[unit.name] else {
                throw TargetError(.serviceFailed, "\(unit.name) doesn't run, and can't be reloaded")
            }
            let merged = daemon.files.filter { !isReloadable($0.name) } + fresh.filter { isReloadable($0.name) }
            state.daemons[unit.name]?.files = merged.sorted { $0.name < $1.name }
            if state.judge(unit, merged) != .runs { state.daemons[unit.name] = nil }
        }
    }

    /// Ends and starts a daemon where it ran.
    public func restart(_ unit: ServiceUnit) async throws(TargetError) {
        try begin(unit, "restart")
    }

    /// What a running daemon answers from what it has loaded.
    public func ask(_ unit: ServiceUnit, dns question: [UInt8], port: UInt16, within milliseconds: Int) async -> [UInt8]? {
        loaded(unit.name).flatMap { answerer($0, question) }
    }

    /// Nobody listens; the message is noted in the log.
    public func send(_ unit: ServiceUnit, _ message: [UInt8], to host: UInt32, port: UInt16) async -> Bool {
        state.withLock { $0.log.append("send \(unit.name) \(message.count) bytes to port \(port)") }
        return true
    }

    private func begin(_ unit: ServiceUnit, _ verb: String) throws(TargetError) {
        let fresh = place(unit).map { files.liveFiles(of: $0) } ?? []
        try state.withLock { state throws(TargetError) in
            state.log.append("\(verb) \(unit.name)")
            if verb == "start", state.daemons[unit.name] != nil { return }
            state.daemons[unit.name] = nil
            switch state.judge(unit, fresh) {
            case .refuses(let why): throw TargetError(.serviceFailed, "\(unit.name) did not start: \(why)")
            case .dies: return
            case .runs:
                state.pids += 1
                state.daemons[unit.name] = Daemon(pid: state.pids, startedAt: UInt64(state.pids), files: fresh)
            }
        }
    }
}
