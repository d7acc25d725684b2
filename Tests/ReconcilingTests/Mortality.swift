import Synchronization
import Targets

/// A process that is killed at its n-th deed on a target: that deed is done or not, and nothing after it, not even a look.
final class Mortality: Sendable {
    private struct State {
        var deeds = 0
        var isDead = false
    }

    private let state = Mutex(State())
    private let last: Int
    private let isLastDone: Bool

    /// Dies at a deed; 0: lives.
    init(at last: Int = 0, isLastDone: Bool = false) {
        self.last = last
        self.isLastDone = isLastDone
    }

    var deeds: Int { state.withLock { $0.deeds } }
    var isDead: Bool { state.withLock { $0.isDead } }

    static let death = TargetError(.failed(errno: 4), "killed: the test says so")

    func look() throws(TargetError) { if isDead { throw Self.death } }

    func act<Answer>(_ deed: () async throws(TargetError) -> Answer) async throws(TargetError) -> Answer {
        try look()
        let isLast = state.withLock { state in
            state.deeds += 1
            if state.deeds == last { state.isDead = true }
            return state.isDead
        }
        guard isLast else { return try await deed() }
        if isLastDone { _ = try await deed() }
        throw Self.death
    }
}

/// A target as a process that may be killed sees it.
struct MortalTarget: Target {
    let life: Mortality
    let immortal: any Target

    var host: String { immortal.host }
    var summary: String { immortal.summary }
    var isRemote: Bool { immortal.isRemote }
    var files: (any FileStore)? { immortal.files.map { MortalStore(life: life, store: $0) } }
    var services: (any ServiceControl)? { immortal.services.map { MortalServices(life: life, control: $0) } }
    var programs: (any ProgramRunner)? { immortal.programs }
    var rehearsals: (any RehearsalRooms)? { immortal.rehearsals }
    var calls: (any CallChannel)? { immortal.calls }
}

private struct MortalStore: FileStore {
    let life: Mortality
    let store: any FileStore

    func lock(_ holder: LockHolder) async throws(TargetError) -> any TargetLock { try await store.lock(holder) }
    func live() async throws(TargetError) -> Generation? {
        try life.look()
        return try await store.live()
    }
    func read(_ place: Place) async throws(TargetError) -> PlaceContents {
        try life.look()
        return try await store.read(place)
    }
    func read(_ place: Place, of generation: UInt64) async throws(TargetError) -> PlaceContents {
        try life.look()
        return try await store.read(place, of: generation)
    }
    func stage(_ places: [Place: [PlaceFile]], records: [AppliedRecord]) async throws(TargetError) -> Generation {
        try await life.act { () async throws(TargetError) in try await store.stage(places, records: records) }
    }
    func makeLive(_ generation: UInt64?, replacing expected: UInt64?) async throws(TargetError) {
        try await life.act { () async throws(TargetError) in try await store.makeLive(generation, replacing: expected) }
    }
    func discard(_ generation: UInt64) async throws(TargetError) {
        try await life.act { () async throws(TargetError) in try await store.discard(generation) }
    }
    func journal() async throws(TargetError) -> Journal? {
        try life.look()
        return try await store.journal()
    }
    func write(_ journal: Journal?) async throws(TargetError) {
        try await life.act { () async throws(TargetError) in try await store.write(journal) }
    }
    func sweep(keep: Int) async throws(TargetError) {
        try await life.act { () async throws(TargetError) in try await store.sweep(keep: keep) }
    }
    func hasLeftovers(keep: Int) async throws(TargetError) -> Bool {
        try life.look()
        return try await store.hasLeftovers(keep: keep)
    }
    func readState(_ path: String) async throws(TargetError) -> [UInt8]? { try await store.readState(path) }
    func path(of place: Place, in generation: UInt64?) -> String { store.path(of: place, in: generation) }
    func hostPath(of place: Place, in generation: UInt64?) -> String { store.hostPath(of: place, in: generation) }
}

private struct MortalServices: ServiceControl {
    let life: Mortality
    let control: any ServiceControl

    var summary: String { control.summary }
    var canStart: Bool { control.canStart }
    func status(of unit: ServiceUnit) async -> ServiceStatus { await control.status(of: unit) }
    func start(_ unit: ServiceUnit) async throws(TargetError) {
        try await life.act { () async throws(TargetError) in try await control.start(unit) }
    }
    func stop(_ unit: ServiceUnit) async throws(TargetError) {
        try await life.act { () async throws(TargetError) in try await control.stop(unit) }
    }
    func reload(_ unit: ServiceUnit) async throws(TargetError) {
        try await life.act { () async throws(TargetError) in try await control.reload(unit) }
    }
    func restart(_ unit: ServiceUnit) async throws(TargetError) {
        try await life.act { () async throws(TargetError) in try await control.restart(unit) }
    }
    func ask(_ unit: ServiceUnit, dns question: [UInt8], port: UInt16, within milliseconds: Int) async -> [UInt8]? {
        life.isDead ? nil : await control.ask(unit, dns: question, port: port, within: milliseconds)
    }
    func send(_ unit: ServiceUnit, _ message: [UInt8], to host: UInt32, port: UInt16) async -> Bool {
        await control.send(unit, message, to: host, port: port)
    }
}
