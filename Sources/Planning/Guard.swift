/// A refusal with its numbers: a plan that would take away too much needs a yes for exactly this plan.
public struct Guard: Sendable, Equatable {
    /// Deletes below this number never refuse a plan.
    public static let leastDeletes = 10
    /// The share of what a provider owns that a plan may delete, in per cent.
    public static let deletePercent = 30

    /// The site.
    public var site: String
    /// The host.
    public var host: String
    /// The provider.
    public var provider: String
    /// How many resources the plan deletes.
    public var deletes: Int
    /// How many the provider has there.
    public var owned: Int
    /// What `--allow` must name to lift the guard: the digest of the resources that would go.
    public var digest: String

    /// What is refused, and the limits.
    public var message: String {
        "\(provider) on \(host) would lose \(deletes) of \(owned) resources; a plan may delete \(Self.deletePercent) %, or fewer than \(Self.leastDeletes)"
    }

    /// The guard that a placement's plan sets off; nil: none.
    public static func check(_ plan: any PlacementPlan) -> Guard? {
        let counts = plan.counts
        let deletes = counts[.delete] + counts[.decommission]
        guard deletes >= leastDeletes, deletes * 100 > plan.observedCount * deletePercent else { return nil }
        var digest = ContentDigest()
        for index in 0..<plan.count {
            let change = plan.change(at: index)
            if change.action == .delete || change.action == .decommission { digest.update(change.address.description) }
        }
        return Guard(
            site: plan.site, host: plan.host, provider: plan.provider, deletes: deletes, owned: plan.observedCount,
            digest: String(digest.hex.prefix(16)))
    }
}

extension Plan {
    /// The guards that the plan sets off.
    public var guards: [Guard] { sites.flatMap { $0.placements.compactMap { Guard.check($0) } } }
}
