import Diagnostics
import InventorySchema
import Planning
import SiteCompiler

/// What is wanted of a placement where some differences are left as they are by choice.
struct Keeping<State: ResourceState> {
    /// What is wanted, with what is left as it was found.
    var desired: DesiredSet<State>
    /// The differences that are left.
    var ignored: [IgnoredDifference] = []
    /// What is to be told of entries that leave nothing.
    var findings: [Diagnostic] = []
}

extension Provider {
    /// Keeps what the site ignores as it is found, so that what is written whole holds it too.
    func keeping(
        _ entries: [IgnoredDrift], _ placement: Placement, _ desired: DesiredSet<State>, as observed: ObservedSet<State>
    ) -> Keeping<State> {
        var resources = desired.resources
        var (ignored, findings): ([IgnoredDifference], [Diagnostic]) = ([], [])
        for entry in entries where entry.host == placement.hostName && entry.provider == placement.provider {
            guard let address = ResourceAddress(entry.address.value) else { continue }
            let isMeant = { (state: State) in state.key == address.key && state.kind.rawValue == address.kind }
            let index = resources.firstIndex { isMeant($0.state) }
            let wanted = index.map { resources[$0].state }
            let found = observed.resources.first(where: isMeant)
            if let kind = (found ?? wanted)?.kind, !observed.isComplete(kind) { continue }
            guard wanted != found, found.map({ canKeep($0, placement) }) ?? true else {
                let why = wanted == found ? "there is no difference at" : "nothing that deevnet writes stands at"
                findings.append(
                    Diagnostic(
                        .driftUnmatched, "\(why) \(address), which is ignored by choice", at: entry.address.span,
                        mend: "remove the entry of ignore_drift", site: placement.site))
                continue
            }
            switch (index, found) {
            case (let index?, let found?): resources[index].state = found
            case (let index?, nil): resources.remove(at: index)
            case (nil, let found?): resources.append(Desired(found, from: .site))
            case (nil, nil): continue
            }
            ignored.append(IgnoredDifference(address, found: found, wanted: wanted, reason: entry.reason))
        }
        guard !ignored.isEmpty else { return Keeping(desired: desired, findings: findings) }
        return Keeping(desired: deriveAgain(DesiredSet(resources)), ignored: ignored, findings: findings)
    }

    /// A line that we would never write can't be kept in a file that is written whole.
    private func canKeep(_ state: State, _ placement: Placement) -> Bool {
        if state.kind.followsFromOthers { return false }
        guard case .files(let mechanism) = mechanism(placement) else { return true }
        return !mechanism.lines(of: state).isEmpty
    }
}
