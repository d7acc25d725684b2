internal import FoundationEssentials

/// What a saved plan promises: the inventory it was made from, and the digests of what was desired and observed then.
public struct SavedPlan: Sendable, Equatable {
    /// What the plan was made from.
    public let source: Plan.Source
    /// The sites it is for.
    public let sites: [String]
    /// What it is limited to.
    public let scope: PlanScope
    private let placements: [Promise]
    /// What it would do, by address.
    private let changes: [String: String]

    /// How far the details of a difference are told.
    private static let toldChanges = 5

    private struct Promise: Sendable, Equatable {
        var site: String
        var host: String
        var provider: String
        var desired: String
        var observed: String
        var ignores: Bool
    }

    /// Why a file is no saved plan.
    public struct Unreadable: Error, Sendable, CustomStringConvertible {
        /// The reason, in one phrase.
        public let description: String
    }

    /// Reads what ``PlanJSON`` wrote.
    public init(json bytes: [UInt8]) throws(Unreadable) {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        } catch { throw Unreadable(description: "it isn't a plan's JSON") }
        guard document.formatVersion.split(separator: ".").first == PlanJSON.formatVersion.split(separator: ".").first else {
            throw Unreadable(description: "its format is \(document.formatVersion), and this program reads \(PlanJSON.formatVersion)")
        }
        guard document.complete else {
            throw Unreadable(description: "it is incomplete: a target couldn't be reached, or not be read whole")
        }
        source = Plan.Source(
            summary: document.source.summary, commit: document.source.commit, isDirty: document.source.dirty,
            inventoryDigest: document.source.inventoryDigest, isCommit: document.source.kind == "commit")
        sites = document.sites.map(\.name)
        scope = PlanScope(hosts: document.limits?.hosts ?? [], providers: document.limits?.providers ?? [])
        let told = document.resourceChanges.map { change in
            (
                change.address,
                Self.describe(
                    change.action, (change.change.before ?? [:]).map { ($0, $1) }, (change.change.after ?? [:]).map { ($0, $1) })
            )
        }
        changes = Dictionary(told, uniquingKeysWith: { first, _ in first })
        placements = document.sites.flatMap { site in
            site.placements.map {
                Promise(
                    site: site.name, host: $0.host, provider: $0.provider, desired: $0.desiredDigest, observed: $0.observedDigest,
                    ignores: !($0.ignored ?? []).isEmpty)
            }
        }
    }

    /// How a plan made now differs from this one, and which changes differ; nil: it is the same.
    public func difference(from now: Plan) -> (message: String, details: [String])? {
        let details = details(now)
        if let reason = reason(now) { return (reason, details) }
        return details.isEmpty ? nil : ("the file's changes aren't those that it was saved with", details)
    }

    /// The changes that only one of the plans has, or that aren't the same in both.
    private func details(_ now: Plan) -> [String] {
        var rest = changes
        var told: [String] = []
        for placement in now.sites.flatMap(\.placements) {
            for index in 0..<placement.count {
                let change = placement.change(at: index)
                let (address, what) = (change.address.description, Self.describe(change))
                let promised = rest.removeValue(forKey: address)
                if promised != what {
                    told.append(promised.map { "\(address): \(what); planned was: \($0)" } ?? "\(address): \(what); not planned")
                }
            }
        }
        told += rest.keys.sorted().map { "\($0): planned was: \(rest[$0] ?? ""); not needed any more" }
        return told.count <= Self.toldChanges ? told : told.prefix(Self.toldChanges) + ["and \(told.count - Self.toldChanges) more changes"]
    }

    private static func describe(_ change: Change) -> String {
        let before = change.attributes.compactMap { attribute in attribute.before.map { (attribute.name, $0) } }
        let after = change.attributes.compactMap { attribute in attribute.after.map { (attribute.name, $0) } }
        return describe(change.action.rawValue, before, after)
    }

    private static func describe(_ action: String, _ before: [(String, String)], _ after: [(String, String)]) -> String {
        let old = Dictionary(before.filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(after.filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first })
        let values = Set(old.keys).union(new.keys).sorted().map { name in
            "\(name) " + [old[name], new[name]].compactMap(\.self).joined(separator: " → ")
        }
        return ([action] + values).joined(separator: " ")
    }

    private func reason(_ now: Plan) -> String? {
        if now.source.inventoryDigest != source.inventoryDigest {
            return source.summary == now.source.summary
                ? "the inventory has changed since the plan was made from it"
                : "the inventory has changed: the plan is from \(source.summary), this is \(now.source.summary)"
        }
        var remaining = placements
        for site in now.sites {
            for plan in site.placements {
                let what = "\(plan.provider) on \(plan.host) for \(site.name)"
                guard
                    let index = remaining.firstIndex(where: { $0.site == site.name && $0.host == plan.host && $0.provider == plan.provider }
                    )
                else {
                    return "\(what) isn't in the plan"
                }
                let promise = remaining.remove(at: index)
                if promise.desired != plan.desiredDigest, promise.ignores || !plan.ignored.isEmpty {
                    return "\(what) isn't as it was when the plan was made: something that is ignored by choice has changed there"
                }
                if promise.desired != plan.desiredDigest { return "what is desired of \(what) has changed" }
                if promise.observed != plan.observedDigest {
                    return "\(what) isn't as it was when the plan was made: now it needs \(plan.count) changes"
                }
            }
        }
        return remaining.first.map {
            "\($0.provider) on \($0.host) for \($0.site) is in the plan and isn't there now; a plan for a dry tree is applied with the same --root"
        }
    }

    private struct Document: Decodable {
        enum CodingKeys: String, CodingKey {
            case source, complete, sites, limits
            case formatVersion = "format_version"
            case resourceChanges = "resource_changes"
        }
        struct Source: Decodable {
            enum CodingKeys: String, CodingKey {
                case summary, commit, dirty, kind
                case inventoryDigest = "inventory_digest"
            }

            var summary: String
            var commit: String?
            var dirty: Bool
            var inventoryDigest: String
            var kind: String
        }
        struct Limits: Decodable {
            var hosts: [String]
            var providers: [String]
        }
        struct Placement: Decodable {
            enum CodingKeys: String, CodingKey {
                case host, provider, ignored
                case desiredDigest = "desired_digest"
                case observedDigest = "observed_digest"
            }

            var host: String
            var provider: String
            var desiredDigest: String
            var observedDigest: String
            var ignored: [Ignored]?
        }
        struct Ignored: Decodable {
            var address: String
        }
        struct Site: Decodable {
            var name: String
            var placements: [Placement]
        }
        struct Values: Decodable {
            var before: [String: String]?
            var after: [String: String]?
        }
        struct Change: Decodable {
            var address: String
            var action: String
            var change: Values
        }
        var formatVersion: String
        var complete: Bool
        var source: Source
        /// Plans of format 1.0 have no limits.
        var limits: Limits?
        var sites: [Site]
        var resourceChanges: [Change]
    }
}
