internal import FoundationEssentials

/// What a saved plan promises: the inventory it was made from, and the digests of what was desired and observed then.
public struct SavedPlan: Sendable, Equatable {
    /// What the plan was made from.
    public let source: Plan.Source
    /// The sites it is for.
    public let sites: [String]
    private let placements: [Promise]

    private struct Promise: Sendable, Equatable {
        var site: String
        var host: String
        var provider: String
        var desired: String
        var observed: String
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
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            document = try decoder.decode(Document.self, from: Data(bytes))
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
        placements = document.sites.flatMap { site in
            site.placements.map {
                Promise(site: site.name, host: $0.host, provider: $0.provider, desired: $0.desiredDigest, observed: $0.observedDigest)
            }
        }
    }

    /// How a plan made now differs from this one; nil: it is the same.
    public func difference(from now: Plan) -> String? {
        if now.source.inventoryDigest != source.inventoryDigest {
            return "the inventory has changed: the plan is from \(source.summary), this is \(now.source.summary)"
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
        struct Source: Decodable {
            var summary: String
            var commit: String?
            var dirty: Bool
            var inventoryDigest: String
            var kind: String
        }
        struct Placement: Decodable {
            var host: String
            var provider: String
            var desiredDigest: String
            var observedDigest: String
        }
        struct Site: Decodable {
            var name: String
            var placements: [Placement]
        }
        var formatVersion: String
        var complete: Bool
        var source: Source
        var sites: [Site]
    }
}
