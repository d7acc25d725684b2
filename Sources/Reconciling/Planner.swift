public import Diagnostics
public import GitRevisions
import InventorySchema
public import Planning
public import SiteCompiler
public import Targets

/// The targets that can be reached from here.
public protocol TargetDirectory: Sendable {
    /// The target that a placement acts on; throws `unreachable` with the reason.
    func target(for placement: Placement, isSiteOwn: Bool) throws(TargetError) -> any Target
    /// Targets that exist whether or not the inventory still names them; throws when they can't be listed.
    func known() throws(TargetError) -> [any Target]
}

/// A target with what is planned for it, in the order of its providers.
public struct TargetPlan: Sendable {
    /// The target.
    public var target: any Target
    /// The site.
    public var site: String
    /// What each provider would do.
    public var runs: [any PlacementRun]
    /// What the plan was made from.
    var source: Plan.Source
    /// The authority's mode; nil: the site is gone.
    var authority: String?
    /// Places that the site has there and that the plan doesn't look at.
    var otherPlaces: [String] = []

    /// What the target shall remember of the site.
    public var record: AppliedRecord {
        var digest = ContentDigest()
        for run in runs { digest.update(run.plan.desiredDigest) }
        return AppliedRecord(
            site: site, commit: source.commit,
            // Where a part is of another commit the whole is of none.
            isDirty: source.isDirty || !otherPlaces.isEmpty, desiredDigest: digest.hex,
            places: (runs.compactMap { $0.place?.description } + otherPlaces).sorted(), authority: authority)
    }
}

/// Brings desired and observed together: for each site and placement a plan with its causes.
public struct Planner: Sendable {
    private let repository: InventoryRepository
    private let compiled: CompiledRevision
    private let registry: ProviderRegistry
    private let targets: any TargetDirectory
    private let source: Plan.Source
    private let scope: PlanScope
    private let workers: Int

    /// A plan as people see it, and as it is applied.
    public struct Outcome: Sendable {
        /// The plan.
        public var plan: Plan
        /// What to apply where.
        public var targets: [TargetPlan]
        /// What providers can't express.
        public var findings: [Diagnostic]
        /// Sites of which a provider can't express something: they aren't in the plan.
        public var unplanned: [String] = []

        fileprivate mutating func append(_ other: Outcome) {
            plan.sites += other.plan.sites
            targets += other.targets
            findings += other.findings
            unplanned += other.unplanned
        }
    }

    /// Prepares planning of a compiled revision.
    public init(
        _ compiled: CompiledRevision, in repository: InventoryRepository, registry: ProviderRegistry, targets: any TargetDirectory,
        source: Plan.Source, scope: PlanScope = PlanScope(), workers: Int
    ) {
        self.compiled = compiled
        self.repository = repository
        self.registry = registry
        self.targets = targets
        self.source = source
        self.scope = scope
        self.workers = workers
    }

    /// Plans some sites; with `pruning` also what earlier commits left at sites that are gone.
    public func plan(sites: [String], pruning: Bool) async -> Outcome {
        let history = AppliedHistory(repository: repository, current: compiled, source: source, workers: workers)
        let (known, unlisted) = knownTargets()
        let held = await history.held(by: known)
        let graphs = sites.compactMap { compiled.compilation.graph(of: $0) }
        // Sites are planned side by side: they have nothing in common but what was applied before.
        var outcome = await withTaskGroup(of: (Int, Outcome).self) { group in
            for (index, graph) in graphs.enumerated() {
                group.addTask { (index, await plan(graph, held[graph.site] ?? [], history)) }
            }
            var outcomes: [(index: Int, outcome: Outcome)] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes.sorted { $0.index < $1.index }.reduce(into: noOutcome) { $0.append($1.outcome) }
        }
        if let unlisted {
            outcome.plan.unlisted = unlisted.message
            outcome.findings.append(Diagnostic(.targetShape, unlisted.message, mend: unlisted.mend))
        }
        // An inventory that can't be read whole doesn't say which sites are gone.
        if pruning, !compiled.isStopped { await planGoneSites(held, history, &outcome) }
        return outcome
    }

    /// What isn't known to be there isn't taken for gone: the plan says that it doesn't know.
    private func knownTargets() -> (targets: [any Target], error: TargetError?) {
        do throws(TargetError) { return (try targets.known(), nil) } catch { return ([], error) }
    }

    private var noOutcome: Outcome { Outcome(plan: Plan(source: source, scope: scope, sites: []), targets: [], findings: []) }

    private func plan(_ graph: SiteGraph, _ held: [any Target], _ history: AppliedHistory) async -> Outcome {
        var outcome = noOutcome
        var site = Plan.Site(name: graph.site, mode: graph.mode.rawValue, placements: [], missing: [], unreachable: [])
        var reached: [any Target] = []
        var planned: [(target: any Target, runs: [any PlacementRun])] = []
        for (host, placements) in grouped(graph.placements) where scope.includes(host: host) {
            var runs: [any PlacementRun] = []
            var reachedHere: (any Target)?
            for placement in placements where scope.includes(provider: placement.provider.rawValue) {
                guard registry.declaration(of: placement.provider) != nil else {
                    site.missing.append(.init(host: host, provider: placement.provider.rawValue, roles: placement.roles.map(\.rawValue)))
                    continue
                }
                do throws(TargetError) {
                    let isSiteOwn = graph.host(named: host).map { graph.hosts[$0].isSiteOwn } ?? false
                    let target = try targets.target(for: placement, isSiteOwn: isSiteOwn)
                    reachedHere = target
                    let causes = await history.causes(graph, on: target)
                    if let run = try await registry.run(placement, causes: causes, on: target) { runs.append(run) }
                } catch {
                    site.unreachable.append((host, error.message))
                    if error.kind != .unreachable, error.kind != .refused {
                        outcome.findings.append(Diagnostic(.targetShape, "\(host): \(error.message)", mend: error.mend, site: graph.site))
                    }
                }
            }
            guard let target = reachedHere else { continue }
            reached.append(target)
            let causes = await history.causes(graph, on: target)
            runs += await decommissions(of: graph.site, except: placements.map(\.provider), on: target, causes, history, &outcome)
            planned.append((target, runs))
        }
        // Targets that hold something of this site although no placement of it is there any more.
        for target in held where scope.includes(host: target.host) && !reached.contains(where: { $0.host == target.host }) {
            let causes = await history.causes(graph, on: target)
            planned.append((target, await decommissions(of: graph.site, except: [], on: target, causes, history, &outcome)))
        }
        let findings = planned.flatMap { $0.runs.flatMap(\.findings) }
        outcome.findings += findings
        // An error stops the site that it names, all of it: half of a site is no site.
        guard !findings.contains(where: { $0.severity == .error }) else {
            outcome.unplanned.append(graph.site)
            return outcome
        }
        for (target, runs) in planned { await add(runs, on: target, &site, history, &outcome) }
        site.servingInstead = await servingInstead(graph, reached + held, history)
        outcome.plan.sites.append(site)
        return outcome
    }

    /// Looks at a target again and compares anew: what an apply does under the target's lock.
    public func observeAgain(_ plan: TargetPlan) async throws(TargetError) -> [any PlacementRun] {
        var runs: [any PlacementRun] = []
        for run in plan.runs { runs.append(try await run.observedAgain(on: plan.target)) }
        return runs
    }

    private func add(
        _ runs: [any PlacementRun], on target: any Target, _ site: inout Plan.Site, _ history: AppliedHistory,
        _ outcome: inout Outcome
    ) async {
        guard !runs.isEmpty else { return }
        site.placements += runs.map(\.plan)
        outcome.targets.append(
            TargetPlan(
                target: target, site: site.name, runs: runs, source: source,
                authority: site.mode == Plan.Site.goneMode ? nil : site.mode,
                otherPlaces: await history.record(of: site.name, on: target)?.places.filter { !isInScope(place: $0) } ?? []))
    }

    /// The side recorded as serving, where it isn't the declared one. Where nobody is recorded the declared one may start.
    private func servingInstead(
        _ graph: SiteGraph, _ targets: [any Target], _ history: AppliedHistory
    ) async -> (mode: String, host: String)? {
        for target in targets {
            guard let record = await history.record(of: graph.site, on: target), let mode = record.authority, !record.places.isEmpty else {
                continue
            }
            if mode != graph.mode.rawValue { return (mode, target.host) }
        }
        return nil
    }

    // MARK: What only an earlier commit named

    /// What a site's record on a target names beside the providers that the site still has there: all of it goes.
    private func decommissions(
        of site: String, except providers: [ProviderName], on target: any Target, _ causes: Causes, _ history: AppliedHistory,
        _ outcome: inout Outcome
    ) async -> [any PlacementRun] {
        guard let record = await history.record(of: site, on: target) else { return [] }
        var runs: [any PlacementRun] = []
        for place in record.places where isInScope(place: place) {
            let parts = place.split(separator: "/").map(String.init)
            let provider = parts.first.flatMap { ProviderName(rawValue: $0) }
            if let provider, providers.contains(provider) { continue }
            guard let provider, registry.declaration(of: provider) != nil else {
                outcome.findings.append(
                    Diagnostic(
                        .providerNotYet, "\(target.host): what \(site) left in \(place) stays: this program has no provider for it",
                        mend: "take it away with the program that made it", site: site))
                continue
            }
            do throws(TargetError) {
                let placement = Placement(site: site, hostName: target.host, provider: provider)
                if let run = try await registry.decommission(placement, causes: causes, on: target) { runs.append(run) }
            } catch {
                outcome.findings.append(
                    Diagnostic(
                        .targetShape, "\(target.host): what \(site) left in \(place) can't be seen: \(error.message)", mend: error.mend,
                        site: site))
            }
        }
        return runs
    }

    private func planGoneSites(_ held: [String: [any Target]], _ history: AppliedHistory, _ outcome: inout Outcome) async {
        let present = compiled.mentionedSites
        for (name, targets) in held.sorted(by: { $0.key < $1.key }) where !present.contains(name) {
            var site = Plan.Site(name: name, mode: Plan.Site.goneMode, placements: [], missing: [], unreachable: [])
            for target in targets where scope.includes(host: target.host) {
                let runs = await decommissions(of: name, except: [], on: target, Causes(gone: name), history, &outcome)
                await add(runs, on: target, &site, history, &outcome)
            }
            if !site.placements.isEmpty { outcome.plan.sites.append(site) }
        }
    }

    /// Whether a place, `provider/site`, is one that is looked at.
    private func isInScope(place: String) -> Bool { scope.includes(provider: String(place.prefix { $0 != "/" })) }

    private func grouped(_ placements: [Placement]) -> [(host: String, placements: [Placement])] {
        var result: [(host: String, placements: [Placement])] = []
        for placement in placements {
            if result.last?.host == placement.hostName {
                result[result.count - 1].placements.append(placement)
            } else {
                result.append((placement.hostName, [placement]))
            }
        }
        return result
    }
}
