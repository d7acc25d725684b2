/// A refusal with its reason: a plan that would take away too much, or cut off its own way, needs a yes for exactly this plan.
public struct Guard: Sendable, Equatable {
    /// Deletes below this number never refuse a plan.
    public static let leastDeletes = 10
    /// The share of what a provider owns that a plan may delete, in per cent.
    public static let deletePercent = 30

    /// What a guard looks for.
    public enum Reason: String, Sendable {
        /// The plan deletes much of what the provider has there.
        case massDelete = "mass_delete"
        /// The plan changes what the controller reaches the target by.
        case controllerPath = "controller_path"
    }

    /// What it found.
    public var reason: Reason
    /// The site.
    public var site: String
    /// The host.
    public var host: String
    /// The provider.
    public var provider: String
    /// What a permission permits: the resources that would go, or that the controller's way stands on.
    public var resources: [ResourceAddress]
    /// How many resources the provider has there.
    public var owned: Int
    /// What `--allow` must name to lift the guard: the digest of the reason and the resources.
    public var digest: String

    private init(_ reason: Reason, _ plan: any PlacementPlan, _ resources: [ResourceAddress]) {
        self.reason = reason
        self.resources = resources
        (site, host, provider, owned) = (plan.site, plan.host, plan.provider, plan.observedCount)
        var digest = ContentDigest()
        digest.update(reason.rawValue)
        for resource in resources { digest.update(resource.description) }
        self.digest = String(digest.hex.prefix(16))
    }

    /// What is refused, and the limits.
    public var message: String {
        switch reason {
        case .massDelete:
            return
                "\(provider) on \(host) would lose \(resources.count) of \(owned) resources; a plan may delete \(Self.deletePercent) %, or fewer than \(Self.leastDeletes)"
        case .controllerPath:
            let named = resources.prefix(3).map { "\($0.kind)/\($0.key)" }.joined(separator: ", ")
            let more = resources.count > 3 ? " and \(resources.count - 3) more" : ""
            return "\(provider) on \(host) would change what the controller comes by: \(named)\(more)"
        }
    }

    /// The guards that a placement's plan sets off.
    public static func check(_ plan: any PlacementPlan) -> [Guard] {
        var found: [Guard] = []
        let counts = plan.counts
        let deletes = counts[.delete] + counts[.decommission]
        if deletes >= leastDeletes, deletes * 100 > plan.observedCount * deletePercent {
            found.append(Guard(.massDelete, plan, plan.deletions))
        }
        let path = plan.pathChanges
        if !path.isEmpty { found.append(Guard(.controllerPath, plan, path)) }
        return found
    }
}

extension Plan {
    /// The guards that the plan sets off.
    public var guards: [Guard] { sites.flatMap { $0.placements.flatMap { Guard.check($0) } } }
}
