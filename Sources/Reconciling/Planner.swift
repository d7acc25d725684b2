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
    /// Targets that exist whether or not the inventory still names them.
    func known() -> [any Target]
}

/// A target with what is planned for it, in the order of its providers.
public struct TargetPlan: Sendable {
    /// The target.
    public var target: any Target
    /// The site.
    public var site: String
    /// What each provider would do.
    public var runs: [any PlacementRun]
    /// What the target shall remember of the site.
    public var record: AppliedRecord
}

/// Brings desired and observed together: for each site and placement a plan with its causes.
public struct Planner: Sendable {
    private let repository: InventoryRepository
    private let compiled: CompiledRevision
    private let registry: ProviderRegistry
    private let targets: any TargetDirectory
    private let source: Plan.Source
    private let workers: Int

    /// A plan as people see it, and as it is applied.
    public struct Outcome: Sendable {
        /// The plan.
        public var plan: Plan
        /// What to apply where.
        public var targets: [TargetPlan]
        /// What providers can't express.
        public var findings: [Diagnostic]
    }

    /// Prepares planning of a compiled revision.
    public init(
        _ compiled: CompiledRevision, in repository: InventoryRepository, registry: ProviderRegistry, targets: any TargetDirectory,
        source: Plan.Source,
        workers: Int
    ) {
        self.compiled = compiled
        self.repository = repository
        self.registry = registry
        self.targets = targets
        self.source = source
        self.workers = workers
    }

    /// Plans some sites; with `pruning` also what earlier commits left at sites that are gone.
    public func plan(sites: [String], pruning: Bool) async -> Outcome {
        var outcome = Outcome(plan: Plan(source: source, sites: []), targets: [], findings: [])
        var history = AppliedHistory(repository: repository, current: compiled, source: source, workers: workers)
        for name in sites {
            guard let graph = compiled.compilation.graph(of: name) else { continue }
            await plan(graph, &history, &outcome)
        }
        if pruning { await planGoneSites(&history, &outcome) }
        return outcome
    }

    private func plan(_ graph: SiteGraph, _ history: inout AppliedHistory, _ outcome: inout Outcome) async {
        var site = Plan.Site(name: graph.site, mode: graph.mode.rawValue, placements: [], missing: [], unreachable: [])
        var seen: Set<String> = []
        for (host, placements) in grouped(graph.placements) {
            var works: [any PlacementRun] = []
            var reached: (any Target)?
            for placement in placements {
                guard registry.declaration(of: placement.provider) != nil else {
                    site.missing.append(.init(host: host, provider: placement.provider.rawValue, roles: placement.roles.map(\.rawValue)))
                    continue
                }
                do throws(TargetError) {
                    let target = try targets.target(for: placement, isSiteOwn: graph.hosts[placement.host].isSiteOwn)
                    reached = target
                    let causes = await history.causes(graph, on: target)
                    if let run = try await registry.run(placement, causes: causes, on: target) { works.append(run) }
                } catch {
                    site.unreachable.append((host, error.message))
                    if error.kind != .unreachable, error.kind != .refused {
                        outcome.findings.append(Diagnostic(.targetShape, "\(host): \(error.message)", mend: error.mend, site: graph.site))
                    }
                }
            }
            if let target = reached {
                seen.insert(host)
                works += await decommissions(graph.site, placements.map(\.provider.rawValue), host, target, &history, graph, &outcome)
            }
            add(works, on: reached, &site, &outcome)
        }
        await planGoneHosts(graph, seen, &site, &history, &outcome)
        site.servingInstead = await servingInstead(graph, outcome.targets.filter { $0.site == graph.site }.map(\.target))
        outcome.plan.sites.append(site)
    }

    /// Looks at a target again and compares anew: what an apply does under the target's lock.
    public func observeAgain(_ plan: TargetPlan) async throws(TargetError) -> [any PlacementRun] {
        var runs: [any PlacementRun] = []
        for run in plan.runs { runs.append(try await run.observedAgain(on: plan.target)) }
        return runs
    }

    private func add(_ works: [any PlacementRun], on target: (any Target)?, _ site: inout Plan.Site, _ outcome: inout Outcome) {
        guard let target, !works.isEmpty else { return }
        site.placements += works.map(\.plan)
        outcome.findings += works.flatMap(\.findings)
        var digest = ContentDigest()
        for work in works { digest.update(work.plan.desiredDigest) }
        let places = works.compactMap { $0.place?.description }
        outcome.targets.append(
            TargetPlan(
                target: target, site: site.name, runs: works,
                record: AppliedRecord(
                    site: site.name, commit: source.commit, isDirty: source.isDirty, desiredDigest: digest.hex, places: places,
                    authority: site.mode == Plan.Site.goneMode ? nil : site.mode)))
    }

    /// The side recorded as serving, where it isn't the declared one. Where nobody is recorded the declared one may start.
    private func servingInstead(_ graph: SiteGraph, _ planned: [any Target]) async -> (mode: String, host: String)? {
        for target in planned + targets.known() {
            guard let record = await record(of: graph.site, on: target), let mode = record.authority, !record.places.isEmpty else {
                continue
            }
            if mode != graph.mode.rawValue { return (mode, target.host) }
        }
        return nil
    }

    // MARK: What only an earlier commit named

    /// Providers of a site on a target that the site no longer names.
    private func decommissions(
        _ site: String, _ providers: [String], _ host: String, _ target: any Target, _ history: inout AppliedHistory, _ graph: SiteGraph,
        _ outcome: inout Outcome
    ) async -> [any PlacementRun] {
        guard let record = await record(of: site, on: target) else { return [] }
        var runs: [any PlacementRun] = []
        for place in record.places {
            let parts = place.split(separator: "/").map(String.init)
            guard parts.count == 2, !providers.contains(parts[0]), let provider = ProviderName(rawValue: parts[0]) else { continue }
            let placement = Placement(
                site: site, host: 0, hostName: host, provider: provider, roles: [], segments: [],
                span: graph.segments.first?.span ?? .nowhere)
            let causes = await history.causes(graph, on: target)
            do throws(TargetError) {
                if let run = try await registry.decommission(placement, causes: causes, on: target) { runs.append(run) }
            } catch {
                outcome.findings.append(
                    Diagnostic(
                        .targetShape, "\(host): what \(site) left in \(place) can't be seen: \(error.message)", mend: error.mend, site: site
                    ))
            }
        }
        return runs
    }

    /// Targets that hold something of this site although no placement of it is there any more.
    private func planGoneHosts(
        _ graph: SiteGraph, _ seen: Set<String>, _ site: inout Plan.Site, _ history: inout AppliedHistory, _ outcome: inout Outcome
    ) async {
        for target in targets.known() where !seen.contains(target.host) {
            let runs = await decommissions(graph.site, [], target.host, target, &history, graph, &outcome)
            add(runs, on: target, &site, &outcome)
        }
    }

    private func planGoneSites(_ history: inout AppliedHistory, _ outcome: inout Outcome) async {
        let present = Set(compiled.inventory.sites.map(\.name))
        for target in targets.known() {
            for record in await records(on: target) where !present.contains(record.site) {
                guard let graph = compiled.compilation.graphs.first else { continue }
                var site = Plan.Site(name: record.site, mode: Plan.Site.goneMode, placements: [], missing: [], unreachable: [])
                let runs = await decommissions(record.site, [], target.host, target, &history, graph, &outcome)
                add(runs, on: target, &site, &outcome)
                if !site.placements.isEmpty { outcome.plan.sites.append(site) }
            }
        }
    }

    private func records(on target: any Target) async -> [AppliedRecord] { (try? await target.files?.live())?.records ?? [] }
    private func record(of site: String, on target: any Target) async -> AppliedRecord? {
        await records(on: target).first { $0.site == site }
    }

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
