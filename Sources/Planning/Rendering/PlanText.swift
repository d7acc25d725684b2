public import Diagnostics
import InventorySchema

/// A plan as a person reads it: the summary first, then what changes under its causes, the gravest first.
public struct PlanText: Sendable {
    private let style: TerminalStyle
    private let texts: any SourceTexts
    private let limits: Limits

    /// How many changes are spelled out; more are counted.
    public struct Limits: Sendable {
        /// For one provider on a host.
        public var each: Int
        /// For all of them together, as near as whole providers allow; each of many still shows its first few.
        public var all: Int

        /// As many as a person may read.
        public static let standard = Limits(each: 200, all: 1000)
        /// Every change.
        public static let none = Limits(each: .max, all: .max)

        /// The share of each of `count` providers that change something.
        func share(of count: Int) -> Int { min(each, max(10, all / max(1, count))) }
    }

    /// Makes a renderer.
    public init(style: TerminalStyle, texts: any SourceTexts, limits: Limits = .standard) {
        self.style = style
        self.texts = texts
        self.limits = limits
    }

    /// The whole plan.
    public func render(_ plan: Plan, guards: [Guard] = []) -> String {
        var lines = [style(.strong, "Plan") + " from \(escapedForDisplay(plan.source.summary)): " + headline(plan)]
        if !plan.scope.isWhole {
            let limits = plan.scope.hosts.map { "host \($0)" } + plan.scope.providers.map { "provider \($0)" }
            lines.append("limited to \(escapedForDisplay(limits.joined(separator: ", "))): nothing else was looked at")
        }
        let share = limits.share(of: plan.sites.lazy.flatMap(\.placements).count { $0.count > 0 })
        for site in plan.sites { render(site, most: share, &lines) }
        for refusal in guards {
            lines += [
                "", style(.removed, "refused: ") + escapedForDisplay(refusal.message),
                "  mend: look at each of them; if all are meant, apply with --allow \(refusal.digest)",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The summary, which claims nothing of what couldn't be read.
    private func headline(_ plan: Plan) -> String {
        if plan.isComplete { return summary(plan.counts) }
        return plan.counts.total == 0 ? "nothing can be said of what wasn't read" : summary(plan.counts) + ", as far as could be read"
    }

    /// `3 to create, 1 to update`, or `no changes`.
    public func summary(_ counts: ActionCounts) -> String {
        let words: [(Action, TerminalStyle.Role)] = [
            (.create, .added), (.update, .changed), (.replace, .changed), (.delete, .removed), (.decommission, .removed),
        ]
        let parts = words.compactMap { action, role in counts[action] == 0 ? nil : style(role, "\(counts[action]) to \(action.rawValue)") }
        return parts.isEmpty ? "no changes" : parts.joined(separator: ", ")
    }

    private func render(_ site: Plan.Site, most share: Int, _ lines: inout [String]) {
        lines += ["", style(.strong, escapedForDisplay(site.name)) + style(.faint, " · \(site.mode)")]
        if let serving = site.servingInstead {
            let side = "the \(serving.mode) side serves (\(escapedForDisplay(serving.host)))"
            lines.append("  " + style(.removed, "refused: ") + "\(side), and no apply changes who serves")
        }
        for missing in site.missing {
            let roles = missing.roles.joined(separator: ", ")
            lines.append("  not planned: \(escapedForDisplay(missing.host)) has no provider '\(missing.provider)' yet, for \(roles)")
        }
        for target in site.unreachable {
            lines.append("  " + style(.removed, "not reached: ") + escapedForDisplay("\(target.host): \(target.reason)"))
        }
        for placement in site.placements { render(placement, most: share, &lines) }
    }

    private func render(_ placement: any PlacementPlan, most share: Int, _ lines: inout [String]) {
        let changes = (0..<min(placement.count, share)).map { placement.change(at: $0) }
        var title = "  \(escapedForDisplay(placement.host)) · \(placement.provider): \(summary(placement.counts))"
        if placement.count > 0 { title += style(.faint, " · \(placement.cost.word)") }
        lines.append(title)
        renderUnread(placement, &lines)
        renderStrangers(placement.strangers, &lines)
        for difference in placement.ignored {
            let told = difference.attributes.map { "\($0.name) \($0.before ?? "none") instead of \($0.after ?? "none")" }
            let name = "\(difference.address.kind)/\(difference.address.key)"
            lines.append("    ignored by choice: " + escapedForDisplay("\(name)  \(told.joined(separator: ", ")): \(difference.reason)"))
        }
        if let reason = placement.notRehearsed { lines.append("    not rehearsed: \(escapedForDisplay(reason))") }
        for remark in placement.remarks {
            lines.append(
                "    \(remark.diagnostic.severity.rawValue)[\(remark.diagnostic.code.rawValue)]: \(escapedForDisplay(remark.diagnostic.message))"
            )
            if let mend = remark.diagnostic.mend { lines.append("      mend: \(escapedForDisplay(mend))") }
        }
        let isListed = { (change: Change) in change.reason == .first && change.action == .create }
        for group in CauseGroup.fold(changes.filter { !isListed($0) }) { render(group, &lines) }
        renderFirst(changes.filter(isListed), &lines)
        if placement.count > changes.count { lines.append("    … and \(placement.count - changes.count) more (--all shows them)") }
    }

    private func renderStrangers(_ strangers: [(address: ResourceAddress, stranger: Stranger)], _ lines: inout [String]) {
        if strangers.isEmpty { return }
        lines.append("    " + style(.removed, "not ours: ") + "an apply refuses while these are in its way and aren't adopted")
        for (address, stranger) in strangers {
            let then = stranger.fate.map { "adopted, it is \($0.rawValue)" } ?? "it has to go: \(stranger.mend ?? "")"
            lines.append("      ? " + escapedForDisplay("\(address)  \(stranger.what); \(then)"))
        }
    }

    /// One reason often stands for many kinds, as a file that can't be read does for all that is kept in it.
    private func renderUnread(_ placement: any PlacementPlan, _ lines: inout [String]) {
        var reasons: [(reason: String, kinds: [String])] = []
        for (kind, reason) in placement.unread {
            if let index = reasons.firstIndex(where: { $0.reason == reason }) {
                reasons[index].kinds.append(kind)
            } else {
                reasons.append((reason, [kind]))
            }
        }
        for (reason, kinds) in reasons {
            lines.append("    " + style(.removed, "not read: ") + "\(kinds.joined(separator: ", ")): \(escapedForDisplay(reason))")
        }
    }

    /// What is made for the first time has no cause beside the inventory as a whole: it is listed by kind, and settings by name alone.
    private func renderFirst(_ changes: [Change], _ lines: inout [String]) {
        var kinds: [(kind: String, changes: [Change])] = []
        for change in changes {
            if kinds.last?.kind == change.address.kind {
                kinds[kinds.count - 1].changes.append(change)
            } else {
                kinds.append((change.address.kind, [change]))
            }
        }
        for (kind, members) in kinds {
            lines += ["", "    " + style(.strong, "\(kind)") + style(.faint, " (\(members.count))")]
            let width = min(members.map(\.address.key.count).max() ?? 0, 44)
            for change in members { render(change, name: change.address.key, width: width, &lines) }
        }
    }

    private func render(_ group: CauseGroup, _ lines: inout [String]) {
        lines += ["", "    " + heading(group)]
        var told: Set<Cause> = []
        for cause in group.changes.flatMap({ $0.causes.dropFirst() }) where cause.isChange {
            if told.insert(cause).inserted { lines.append("    " + describe(cause)) }
        }
        let width = group.changes.map { "\($0.address.kind)/\($0.address.key)".count }.max() ?? 0
        for change in group.changes { render(change, name: "\(change.address.kind)/\(change.address.key)", width: min(width, 44), &lines) }
        let services = Set(group.changes.flatMap(\.blastRadius.services)).sorted()
        let names = Set(group.changes.flatMap(\.blastRadius.names)).sorted()
        guard !(services.isEmpty && names.isEmpty) else { return }
        var touched: [String] = []
        if !services.isEmpty { touched.append("services \(escapedForDisplay(services.joined(separator: ", ")))") }
        if !names.isEmpty { touched.append("names \(escapedForDisplay(names.joined(separator: ", ")))") }
        lines.append(style(.faint, "      touches \(touched.joined(separator: "; "))"))
    }

    private func heading(_ group: CauseGroup) -> String {
        guard let cause = group.cause else {
            return group.reason == .inventory ? "no longer in the inventory" : "not in the inventory, and not ours to keep"
        }
        switch group.reason {
        case .first: return style(.strong, escapedForDisplay(cause.path)) + place(cause)
        case .drift:
            return style(.removed, "drift: ") + style(.strong, escapedForDisplay(cause.path)) + " is unchanged, the target isn't"
                + place(cause)
        case .inventory: return describe(cause)
        }
    }

    private func describe(_ cause: Cause) -> String {
        var text = style(.strong, escapedForDisplay(cause.path))
        switch (cause.before, cause.after) {
        case (let old?, let new?): text += ": \(escapedForDisplay(old)) → \(escapedForDisplay(new))"
        case (let old?, nil): text += " removed (was \(escapedForDisplay(old)))"
        case (nil, let new?): text += " added: \(escapedForDisplay(new))"
        case (nil, nil): if let presence = cause.presence { text += " \(presence.rawValue)" }
        }
        return text + place(cause)
    }

    private func place(_ cause: Cause) -> String {
        guard let span = cause.span else { return "" }
        return "  " + style(.place, "\(escapedForDisplay(texts.path(of: span.file))):\(span.line):\(span.column)")
    }

    private func render(_ change: Change, name: String, width: Int, _ lines: inout [String]) {
        let name = escapedForDisplay(name)
        let padded = name + String(repeating: " ", count: max(0, width - name.count))
        let attributes = change.attributes.filter { $0.before ?? "" != $0.after ?? "" }.map { attribute in
            switch (attribute.before, attribute.after) {
            case (let old?, let new?): "\(attribute.name) \(escapedForDisplay(old)) → \(escapedForDisplay(new))"
            case (nil, let new?): "\(attribute.name) \(escapedForDisplay(new))"
            case (let old?, nil): "\(attribute.name) \(escapedForDisplay(old))"
            case (nil, nil): attribute.name
            }
        }
        let (sign, role): (String, TerminalStyle.Role) =
            switch change.action {
            case .create: ("+", .added)
            case .update: ("~", .changed)
            case .replace: ("±", .changed)
            case .delete, .decommission: ("-", .removed)
            }
        var line = "      " + style(role, "\(sign) \(padded)") + "  " + attributes.joined(separator: ", ")
        if change.risk != .routine, change.reason != .first { line += style(.faint, "  [\(change.risk.rawValue)]") }
        lines.append(line)
    }
}

extension Cost {
    /// What it takes, in a person's words.
    public var word: String {
        switch self {
        case .live: "nothing is told"
        case .reload: "one reload"
        case .restart: "one restart"
        }
    }
}
