internal import Glibc
internal import Synchronization

/// Files that live in memory, with the same meaning as files on a disk; for tests and rehearsals.
///
/// The n-th changing call can be made to fail, before or after it took effect, and drift can be planted.
public final class InMemoryFileStore: FileStore {
    private struct Stored {
        var places: [Place: [PlaceFile]]
        var records: [AppliedRecord]
    }

    private struct Failure {
        var number: Int
        var isAfterwards: Bool
        var error: TargetError
    }

    private struct State {
        var generations: [UInt64: Stored] = [:]
        var live: UInt64?
        var highest: UInt64 = 0
        var journal: Journal?
        var holder: (key: Int, holder: LockHolder)?
        var locks = 0
        var changes = 0
        var failure: Failure?
        var unread: [Place: [String]] = [:]
        var daemonState: [String: [UInt8]] = [:]
    }

    private let state = Mutex(State())

    /// Makes an empty store.
    public init() {}

    // MARK: What tests do to it

    /// How many changing calls were made, failed ones included.
    public var changes: Int { state.withLock { $0.changes } }

    /// The numbers of all generations that are there.
    public var generations: [UInt64] { state.withLock { $0.generations.keys.sorted() } }

    /// Makes the n-th changing call from now fail, once; `afterwards`: it takes effect and fails all the same, as a sync after a rename does.
    public func fail(
        call number: Int, afterwards: Bool = false,
        with error: TargetError = TargetError(.failed(errno: 5), "cannot write: the test says so")
    ) {
        state.withLock { $0.failure = Failure(number: $0.changes + number, isAfterwards: afterwards, error: error) }
    }

    /// Makes a daemon keep a file below `/var/lib/deevnet`.
    public func keep(_ bytes: [UInt8], at path: String) { state.withLock { $0.daemonState[path] = bytes } }

    /// Changes what a place of the live generation holds, behind the back of whoever applied it; nil names remove the place.
    public func drift(_ place: Place, to files: [PlaceFile]?) {
        state.withLock { state in
            guard let live = state.live else { return }
            state.generations[live]?.places[place] = files
        }
    }

    /// Makes reading a place incomplete for the given reasons; none makes it complete again.
    public func hide(_ place: Place, because reasons: [String]) {
        state.withLock { $0.unread[place] = reasons.isEmpty ? nil : reasons }
    }

    // MARK: FileStore

    /// A file that a daemon keeps.
    public func readState(_ path: String) async throws(TargetError) -> [UInt8]? { state.withLock { $0.daemonState[path] } }

    /// Takes the lock or throws `lockHeld`.
    public func lock(_ holder: LockHolder) async throws(TargetError) -> any TargetLock {
        let key = try state.withLock { state throws(TargetError) in
            if let held = state.holder?.holder {
                throw TargetError(
                    .lockHeld(held), "\(held.user) on \(held.host) (process \(held.pid)) applies \(held.revision) here since \(held.since)")
            }
            state.locks += 1
            state.holder = (state.locks, holder)
            return state.locks
        }
        return Lock(store: self, key: key)
    }

    /// The live generation.
    public func live() async throws(TargetError) -> Generation? {
        state.withLock { state in
            guard let live = state.live, let stored = state.generations[live] else { return nil }
            return Generation(number: live, records: stored.records)
        }
    }

    /// What a place of the live generation holds.
    public func read(_ place: Place) async throws(TargetError) -> PlaceContents {
        state.withLock { state in
            guard let live = state.live else { return PlaceContents() }
            return Self.contents(of: place, in: live, state)
        }
    }

    /// What a place of any generation holds.
    public func read(_ place: Place, of generation: UInt64) async throws(TargetError) -> PlaceContents {
        state.withLock { Self.contents(of: place, in: generation, $0) }
    }

    /// Makes a new generation that isn't live.
    public func stage(_ places: [Place: [PlaceFile]], records: [AppliedRecord]) async throws(TargetError) -> Generation {
        try Place.check(places)
        return try change { state in
            var all = state.live.flatMap { state.generations[$0]?.places } ?? [:]
            for (place, files) in places { all[place] = files.isEmpty ? nil : files.sorted { $0.name < $1.name } }
            state.highest += 1
            let generation = Generation(number: state.highest, records: records.sorted { $0.site < $1.site })
            state.generations[generation.number] = Stored(places: all, records: generation.records)
            return generation
        }
    }

    /// Makes a generation live, or none.
    public func makeLive(_ generation: UInt64?, replacing expected: UInt64?) async throws(TargetError) {
        try change { state throws(TargetError) in
            guard state.live == expected || state.live == generation else {
                throw TargetError(
                    .overtaken(live: state.live), "generation \(state.live.map(String.init) ?? "none") is live", mend: "plan again")
            }
            if let generation, state.generations[generation] == nil {
                throw TargetError(.unexpectedShape, "generation \(generation) isn't complete, and can't be made live")
            }
            state.live = generation
        }
    }

    /// Removes a generation that isn't live.
    public func discard(_ generation: UInt64) async throws(TargetError) {
        try change { state throws(TargetError) in
            guard state.live != generation else {
                throw TargetError(.unexpectedShape, "generation \(generation) is live, and can't be removed")
            }
            state.generations[generation] = nil
        }
    }

    /// The journal left by an apply that did not end.
    public func journal() async throws(TargetError) -> Journal? { state.withLock { $0.journal } }

    /// Writes the journal; nil removes it.
    public func write(_ journal: Journal?) async throws(TargetError) {
        try change { $0.journal = journal }
    }

    /// Removes what dead applies left behind, and old generations.
    public func sweep(keep: Int) async throws(TargetError) {
        try change { state in
            for number in Self.superfluous(keep, state) { state.generations[number] = nil }
        }
    }

    /// Whether `sweep` would remove something.
    public func hasLeftovers(keep: Int) async throws(TargetError) -> Bool { state.withLock { !Self.superfluous(keep, $0).isEmpty } }

    private static func superfluous(_ keep: Int, _ state: State) -> [UInt64] {
        let baselines = state.live.flatMap { state.generations[$0]?.records.compactMap(\.baseline) } ?? []
        let needed = Set([state.live, state.journal?.from, state.journal?.to].compactMap { $0 } + baselines)
        let kept = state.generations.keys.filter { number in state.live.map { number < $0 } ?? false && !baselines.contains(number) }
            .sorted(by: >).prefix(keep)
        return state.generations.keys.filter { !needed.contains($0) && !kept.contains($0) }
    }

    /// The directory that a place would have.
    public func path(of place: Place, in generation: UInt64?) -> String {
        "/etc/deevnet/\(generation.map { "generations/\($0)" } ?? "current")/\(place)"
    }

    /// The same: there is no root.
    public func hostPath(of place: Place, in generation: UInt64?) -> String { path(of: place, in: generation) }

    /// What the daemons of ``InMemoryServices`` load.
    func liveFiles(of place: Place) -> [PlaceFile] {
        state.withLock { state in state.live.flatMap { state.generations[$0]?.places[place] } ?? [] }
    }

    private static func contents(of place: Place, in generation: UInt64, _ state: State) -> PlaceContents {
        guard let stored = state.generations[generation] else { return PlaceContents(unread: ["generation \(generation) isn't there"]) }
        return PlaceContents(files: stored.places[place] ?? [], unread: state.unread[place] ?? [])
    }

    private func change<Answer>(_ body: (inout State) throws(TargetError) -> Answer) throws(TargetError) -> Answer {
        try state.withLock { state throws(TargetError) in
            state.changes += 1
            guard let failure = state.failure, failure.number == state.changes else { return try body(&state) }
            state.failure = nil
            if failure.isAfterwards { _ = try body(&state) }
            throw failure.error
        }
    }

    private func unlock(_ key: Int) {
        state.withLock { state in
            if state.holder?.key == key { state.holder = nil }
        }
    }

    /// A lock on the store; letting go of it frees it.
    private final class Lock: TargetLock {
        private let store: InMemoryFileStore
        private let key: Int

        init(store: InMemoryFileStore, key: Int) {
            self.store = store
            self.key = key
        }

        deinit { release() }

        func release() { store.unlock(key) }
    }
}
