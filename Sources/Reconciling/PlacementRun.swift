public import Diagnostics
import InventorySchema
public import Planning
import SiteCompiler
public import Targets

/// One provider on one host, planned and ready to be applied, whatever its states.
public protocol PlacementRun: Sendable {
    /// What it would change.
    var plan: any PlacementPlan { get }
    /// What stands in the way of expressing it.
    var findings: [Diagnostic] { get }
    /// The place that it will hold once it is applied; nil: none. Unlike ``work`` this renders nothing.
    var place: Place? { get }
    /// How it would be done.
    var work: Work { get }
    /// The same desired states compared with what is on the target now.
    func observedAgain(on target: any Target) async throws(TargetError) -> any PlacementRun
}

/// How a placement's changes are made: pure data and pure functions.
public enum Work: Sendable {
    case files(FileWork)
    case calls([UndoableCall])
}

/// The files of a place with all that the engine must know to switch to them safely.
public struct FileWork: Sendable {
    /// The directory.
    public var place: Place
    /// What it holds now.
    public var current: [PlaceFile]
    /// Whether it holds what is no file.
    public var hasStrays: Bool
    /// What it should hold; empty: the place is removed.
    public var wanted: [PlaceFile]
    /// The daemon that loads them.
    public var service: ServiceUnit?
    /// What makes the change live.
    public var activation: Cost
    /// What is wrong with files read back from the target; nil: they say exactly what is desired.
    public var parseBack: @Sendable ([PlaceFile]) -> String?
    /// The checker's commands for the files in a directory.
    public var checks: @Sendable (String) -> [[String]]
    /// Tries the daemon out on the staged files in a directory.
    public var rehearse: @Sendable (String, any Target) async -> RehearsalOutcome
    /// What is left to do once the daemon has loaded the files; what was done.
    public var settle: @Sendable (any Target) async -> [String]
    /// Whether the daemon has loaded the files and answers; nil when it does.
    public var health: @Sendable (any Target) async -> String?

    /// Whether files have to be written.
    public var changesFiles: Bool { current != wanted || hasStrays }
}

/// A placement of a provider with its typed states.
struct TypedRun<P: Provider>: PlacementRun {
    let provider: P
    let placement: Placement
    let typed: TypedPlan<P.State>
    /// What is wanted, whatever is left as it is by choice.
    let wanted: DesiredSet<P.State>
    /// What is left as it is by choice.
    let ignored: [IgnoredDrift]
    /// What the apply before wanted.
    let precedent: Precedent<P.State>
    let findings: [Diagnostic]
    let contents: PlaceContents
    let isDecommission: Bool
    /// Why nothing can be wanted here; nil: it can.
    let obstacle: String?

    var plan: any PlacementPlan { typed }

    var place: Place? {
        guard !isDecommission, case .files(let mechanism) = provider.mechanism(placement) else { return nil }
        let isEmpty = typed.desired.resources.isEmpty && mechanism.render(typed.desired).isEmpty
        return isEmpty ? nil : mechanism.place
    }

    func observedAgain(on target: any Target) async throws(TargetError) -> any PlacementRun {
        let observed = try await provider.observe(placement, desired: wanted, on: target, despite: obstacle)
        let kept = provider.keeping(ignored, placement, wanted, as: observed, after: precedent)
        return TypedRun(
            provider: provider, placement: placement,
            typed: typed.observedAgain(observed, desired: kept.desired, ignored: kept.ignored), wanted: wanted, ignored: ignored,
            precedent: precedent, findings: findings,
            contents: try await provider.contents(placement, on: target), isDecommission: isDecommission, obstacle: obstacle)
    }

    var work: Work {
        switch provider.mechanism(placement) {
        case .calls(let mechanism):
            let ordered = typed.order.sequence.map { typed.differences[$0] }
            return .calls(mechanism.calls(ordered, desired: typed.desired, observed: typed.observed))
        case .files(let mechanism):
            let wanted = isDecommission ? [] : mechanism.render(typed.desired)
            let desired = typed.desired
            return .files(
                FileWork(
                    place: mechanism.place, current: contents.files, hasStrays: !contents.strays.isEmpty, wanted: wanted,
                    service: mechanism.service,
                    activation: max(mechanism.activation(from: contents.files, to: wanted), typed.cost),
                    parseBack: { files in
                        let found = mechanism.parse(files)
                        guard let first = differences(desired: desired, observed: found).first else { return nil }
                        let state = first.desired.map { desired.resources[$0].state } ?? first.observed.map { found.resources[$0] }
                        return "\(state.map { "\($0.kind.rawValue)/\($0.key)" } ?? "a resource") reads back differently"
                    },
                    checks: { mechanism.checks(directory: $0, files: wanted) },
                    rehearse: { await rehearse(mechanism, staged: $0, on: $1) },
                    settle: { await mechanism.settle(wanted, on: $0) },
                    health: { await mechanism.health(wanted, on: $0) }))
        }
    }
}

extension TypedRun {
    private func rehearse(
        _ mechanism: any FileMechanism<P.State>, staged: String, on target: any Target
    ) async -> RehearsalOutcome {
        if let obstacle = provider.declaration.rehearsalObstacle(on: target) { return .notPossible(obstacle) }
        guard let rooms = target.rehearsals else { preconditionFailure("no rooms is an obstacle") }
        let (desired, observed) = (typed.desired, typed.observed)
        let changes = typed.differences.map { difference in
            (difference.observed.map { observed.resources[$0] }, difference.desired.map { desired.resources[$0].state })
        }
        return await mechanism.rehearse(Rehearsal(staged: staged, desired: desired, changes: changes), in: rooms)
    }
}

extension Provider {
    /// What is there; with an obstacle nothing of it counts as seen, so that nothing is taken away because nothing can be wanted.
    func observe(
        _ placement: Placement, desired: DesiredSet<State>, on target: any Target, despite obstacle: String?
    ) async throws(TargetError) -> ObservedSet<State> {
        let seen = try await observe(placement, desired: desired, on: target)
        let foreign = try await foreignFiles(placement, desired, on: target)
        let observed =
            foreign.isEmpty
            ? seen
            : ObservedSet(
                seen.resources, unread: seen.unread, inapplicable: seen.inapplicable, remarks: seen.remarks,
                strangers: foreign + seen.strangers)
        guard let obstacle else { return observed }
        let unread = Dictionary(State.Kind.allCases.map { ($0, obstacle) }, uniquingKeysWith: { first, _ in first })
        return ObservedSet(observed.resources, unread: unread, remarks: observed.remarks, strangers: observed.strangers)
    }

    /// A place is ours when the target's records say that somebody applied it: what stands in one that they don't name is somebody else's.
    private func foreignFiles(
        _ placement: Placement, _ desired: DesiredSet<State>, on target: any Target
    ) async throws(TargetError) -> [Stranger] {
        // What can't be read is told by the observation itself.
        guard case .files(let mechanism) = mechanism(placement), let live = try? await target.files?.live(),
            !live.records.contains(where: { $0.places.contains(mechanism.place.description) })
        else { return [] }
        let contents = try await contents(placement, on: target)
        guard !contents.files.isEmpty || !contents.strays.isEmpty else { return [] }
        let wanted = mechanism.render(desired)
        let files = contents.files.map { file in
            let fate: Stranger.Fate =
                wanted.contains(file) ? .kept : wanted.contains { $0.name == file.name } ? .replaced : .removed
            let what = "a file of \(file.bytes.count) bytes, mode \(String(file.mode, radix: 8)), that no record names"
            return Stranger(kind: "file", key: file.name, what: what, fate: fate)
        }
        return files + contents.strays.map { Stranger(kind: "file", key: $0.name, what: "\($0.noun) that no record names", fate: .removed) }
    }

    /// What the provider's place holds now; nothing where it makes calls.
    func contents(_ placement: Placement, on target: any Target) async throws(TargetError) -> PlaceContents {
        guard case .files(let mechanism) = mechanism(placement), let files = target.files else { return PlaceContents() }
        return try await files.read(mechanism.place)
    }
}
