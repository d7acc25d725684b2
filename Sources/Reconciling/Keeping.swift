import Diagnostics
import InventorySchema
import Planning
import SiteCompiler
import Targets

/// What is wanted of a placement where some differences are left as they are by choice.
struct Keeping<State: ResourceState> {
    /// What is wanted, with what is left as it was found.
    var desired: DesiredSet<State>
    /// The differences that are left.
    var ignored: [IgnoredDifference] = []
    /// What is to be told of entries that leave nothing, or of which it isn't known whether they hold.
    var findings: [Diagnostic] = []
}

/// What the apply before this one wanted of a placement: only what was made can have been changed by hand.
enum Precedent<State: ResourceState>: Sendable {
    /// No record names the placement.
    case none
    /// It was of no commit, or of one that can't be read any more.
    case unknown
    case wanted(DesiredSet<State>)
}

extension Provider {
    /// Keeps what the site ignores as it is found, so that what is written whole holds it too.
    func keeping(
        _ entries: [IgnoredDrift], _ placement: Placement, _ desired: DesiredSet<State>, as observed: ObservedSet<State>,
        after precedent: Precedent<State>
    ) -> Keeping<State> {
        let entries = entries.filter { $0.host == placement.hostName && $0.provider == placement.provider }
        guard !entries.isEmpty else { return Keeping(desired: desired) }
        let (wanted, found) = (byKey(desired.resources.map(\.state)), byKey(observed.resources))
        let before: [ResourceKey<State.Kind>: State]? =
            if case .wanted(let applied) = precedent { byKey(applied.resources.map(\.state)) } else { nil }
        var kept: [ResourceKey<State.Kind>: State?] = [:]
        var (ignored, findings): ([IgnoredDifference], [Diagnostic]) = ([], [])
        for entry in entries {
            // Others have a finding of their own.
            guard let address = ResourceAddress(entry.address.value), let kind = State.Kind(rawValue: address.kind) else { continue }
            if !observed.isComplete(kind) { continue }
            let key = ResourceKey(kind, address.key)
            let (want, have) = (wanted[key], found[key])
            func tell(_ code: DiagnosticCode, _ message: String, mend: String, severity: Diagnostic.Severity? = nil) {
                findings.append(
                    Diagnostic(code, message, at: entry.address.span, mend: mend, site: placement.site, severity: severity))
            }
            guard want != have, have.map({ canKeep($0, placement) }) ?? true else {
                let why = want == have ? "there is no difference at" : "nothing that deevnet writes stands at"
                tell(.driftUnmatched, "\(why) \(address), which is ignored by choice", mend: "remove the entry of ignore_drift")
                continue
            }
            if let why = obstacle(precedent, isMissing: have == nil, isWantedAsBefore: before.map { $0[key] == want }) {
                tell(.driftOutdated, "\(address) isn't left as it was found: \(why)", mend: "remove the entry of ignore_drift")
                continue
            }
            if case .unknown = precedent {
                tell(
                    .driftOutdated, "\(address) is left as it was found, although what the apply before wanted of it isn't known",
                    mend: "apply from a commit, and the plan will know", severity: .note)
            }
            kept[key] = .some(have)
            ignored.append(IgnoredDifference(address, found: have, wanted: want, reason: entry.reason))
        }
        guard !ignored.isEmpty else { return Keeping(desired: desired, findings: findings) }
        var resources = desired.resources.compactMap { resource -> Desired<State>? in
            guard let state = kept[ResourceKey(resource.state.kind, resource.state.key)] else { return resource }
            return state.map { Desired($0, from: resource.subject) }
        }
        for case (let key, let state?) in kept where wanted[key] == nil { resources.append(Desired(state, from: .site)) }
        return Keeping(desired: deriveAgain(DesiredSet(resources)), ignored: ignored, findings: findings)
    }

    private func byKey(_ states: [State]) -> [ResourceKey<State.Kind>: State] {
        Dictionary(states.map { (ResourceKey($0.kind, $0.key), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Why a difference isn't one that somebody made by hand, or may not be; nil: it is, or is taken for one.
    private func obstacle(_ precedent: Precedent<State>, isMissing: Bool, isWantedAsBefore: Bool?) -> String? {
        switch precedent {
        case .none: "no apply has made anything there yet"
        case .unknown: isMissing ? "it is missing, and whether an apply ever made it isn't known" : nil
        case .wanted: isWantedAsBefore == true ? nil : "what the inventory wants of it has changed since the last apply"
        }
    }

    /// What the apply before wanted, if one made anything there.
    func precedent(
        of placement: Placement, _ applied: DesiredSet<State>?, on target: any Target
    ) async -> Precedent<State> {
        // Where the records can't be read the observation says so, and nothing is planned on it.
        let records: [AppliedRecord]
        do throws(TargetError) { records = try await target.files?.live()?.records ?? [] } catch { return .unknown }
        let isRecorded =
            switch mechanism(placement) {
            case .files(let mechanism): records.contains { $0.places.contains(mechanism.place.description) }
            case .calls: records.contains { $0.site == placement.site }
            }
        guard isRecorded else { return .none }
        return applied.map { .wanted($0) } ?? .unknown
    }

    /// A line that we would never write can't be kept in a file that is written whole.
    private func canKeep(_ state: State, _ placement: Placement) -> Bool {
        if state.kind.followsFromOthers { return false }
        guard case .files(let mechanism) = mechanism(placement) else { return true }
        return !mechanism.lines(of: state).isEmpty
    }
}
