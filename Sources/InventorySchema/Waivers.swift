public import Diagnostics

/// What the inventory accepts of its own findings: warnings and notes that are known, with a reason and an end.
///
/// It knows no clock: whoever asks says which day it is.
public struct Waivers: Sendable {
    private let running: [Waiver]
    private let ended: [Waiver]

    /// The waivers of an inventory on a day.
    public init(of inventory: Inventory, on today: CalendarDate) {
        let all = inventory.waivers + inventory.sites.flatMap(\.waivers)
        running = all.filter { today <= $0.until.value }
        ended = all.filter { $0.until.value < today }
    }

    /// The findings, those that are waived with the reason. An error never is.
    public func mark(_ findings: [Diagnostic]) -> [Diagnostic] {
        if running.isEmpty { return findings }
        return findings.map { finding in
            var finding = finding
            finding.waiver = waiver(of: finding)?.reason
            return finding
        }
    }

    /// What is to be told of waivers that have come to their end: in a strict check, where somebody looks before it matters, an error.
    public func expired(isStrict: Bool) -> [Diagnostic] {
        ended.map { waiver in
            Diagnostic(
                .waiverExpired, "the waiver of \(waiver.code.value.rawValue) ended on \(waiver.until.value): \(waiver.reason)",
                at: waiver.until.span,
                mend: "mend what it was for and remove it, or agree on a later day", site: waiver.site, severity: isStrict ? .error : nil)
        }
    }

    /// The waivers that none of these findings needs. Where errors kept a pass from looking, nothing is said of them.
    public func unused(by findings: [Diagnostic]) -> [Diagnostic] {
        let stopped = Set(findings.lazy.filter { $0.severity == .error && $0.code != .waiverExpired }.map(\.site))
        return running.compactMap { waiver in
            let isWholeKnown = waiver.site == nil ? stopped.isEmpty : stopped.isDisjoint(with: [nil, waiver.site])
            guard isWholeKnown, !findings.contains(where: { covers(waiver, $0) }) else { return nil }
            let place = waiver.site.map { "site '\($0)' has" } ?? "there is"
            return Diagnostic(
                .waiverUnused, "\(place) no \(waiver.code.value.rawValue) to waive", at: waiver.code.span, mend: "remove the waiver",
                site: waiver.site)
        }
    }

    /// The waiver that a site has for itself goes before that of the whole inventory.
    private func waiver(of finding: Diagnostic) -> Waiver? {
        let fitting = running.filter { covers($0, finding) }
        return fitting.first { $0.site != nil } ?? fitting.first
    }

    private func covers(_ waiver: Waiver, _ finding: Diagnostic) -> Bool {
        waiver.code.value == finding.code && finding.severity != .error && (waiver.site == nil || waiver.site == finding.site)
    }
}
