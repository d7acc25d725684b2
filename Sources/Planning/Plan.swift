/// Ordered changes that lead from what is to what should be: a value that can be shown, saved and compared.
public struct Plan: Sendable {
    /// Where the desired state came from: commit, tree, and whether the tree was dirty.
    public struct Source: Sendable, Hashable {
        /// What was read, for people: `commit 1a2b3c4d5e`, `working tree at 1a2b3c4 (dirty)`.
        public var summary: String
        /// The commit (hex); nil: the repository has none.
        public var commit: String?
        /// Whether the working tree differs from the commit.
        public var isDirty: Bool
        /// The digest of the inventory's files.
        public var inventoryDigest: String

        /// Whether the commit itself was read, and not a working tree.
        public var isCommit: Bool

        /// Makes a source.
        public init(summary: String, commit: String?, isDirty: Bool, inventoryDigest: String, isCommit: Bool) {
            self.isCommit = isCommit
            self.summary = summary
            self.commit = commit
            self.isDirty = isDirty
            self.inventoryDigest = inventoryDigest
        }
    }

    /// A host of a site for whose provider there is no module yet.
    public struct MissingProvider: Sendable, Hashable {
        /// The host.
        public var host: String
        /// The provider.
        public var provider: String
        /// What it would serve.
        public var roles: [String]

        /// Makes a missing provider.
        public init(host: String, provider: String, roles: [String]) {
            self.host = host
            self.provider = provider
            self.roles = roles
        }
    }

    /// What changes at one site.
    public struct Site: Sendable {
        /// The mode of a site that the inventory doesn't name any more.
        public static let goneMode = "gone"

        /// The site.
        public var name: String
        /// The authority's mode.
        public var mode: String
        /// What each provider changes, by host and provider.
        public var placements: [any PlacementPlan]
        /// Providers that aren't there yet.
        public var missing: [MissingProvider]
        /// Targets that couldn't be reached, with the reason.
        public var unreachable: [(host: String, reason: String)]
        /// The side that serves now, where it isn't the one declared: no plan changes who serves.
        public var servingInstead: (mode: String, host: String)?

        /// Makes a site's plan.
        public init(
            name: String, mode: String, placements: [any PlacementPlan], missing: [MissingProvider],
            unreachable: [(host: String, reason: String)]
        ) {
            self.name = name
            self.mode = mode
            self.placements = placements
            self.missing = missing
            self.unreachable = unreachable
        }
    }

    /// Where the desired state came from.
    public var source: Source
    /// What it is limited to.
    public var scope: PlanScope
    /// The sites, by name.
    public var sites: [Site]
    /// Why it isn't known which targets there are beside those that the inventory names; nil: it is.
    public var unlisted: String?

    /// Makes a plan.
    public init(source: Source, scope: PlanScope = PlanScope(), sites: [Site]) {
        self.source = source
        self.scope = scope
        self.sites = sites
    }

    /// The changes by action, of all sites.
    public var counts: ActionCounts {
        var all = ActionCounts()
        for site in sites { for placement in site.placements { all.add(placement.counts) } }
        return all
    }

    /// What stands in the way and isn't ours, by address.
    public var strangers: [(address: ResourceAddress, stranger: Stranger)] { sites.flatMap { $0.placements.flatMap(\.strangers) } }

    /// What couldn't be read, by host.
    public var incompleteness: String {
        let hosts = sites.flatMap { site in
            site.unreachable.map { "\($0.host) (\($0.reason))" }
                + site.placements.flatMap { plan in plan.unread.map { "\($0.kind) on \(plan.host) (\($0.reason))" } }
        }
        return (hosts + (unlisted.map { ["other hosts (\($0))"] } ?? [])).joined(separator: ", ")
    }

    /// Whether every target could be read whole.
    public var isComplete: Bool {
        unlisted == nil
            && sites.allSatisfy { site in site.unreachable.isEmpty && site.placements.allSatisfy { $0.unread.isEmpty } }
    }
}
