import Planning
public import Reconciling
public import SiteCompiler
public import Targets

/// A provider with a target of its own, and all that a test must be able to do to that target behind the provider's back.
public protocol ProviderBench<P>: Sendable {
    /// The provider on the bench.
    associatedtype P: Provider
    /// The provider.
    var provider: P { get }
    /// What it acts on.
    var target: any Target { get }
    /// Where it acts.
    var placement: Placement { get }
    /// The graphs that it is asked to make true.
    var graphs: RandomGraphs { get }

    /// Everything on the target, down to inode numbers and times: two equal texts mean that nothing at all was written.
    func fingerprint() async throws -> [String]
    /// Puts things there that are somebody else's.
    func plantForeign() async throws
    /// What is there of somebody else's, with what it says.
    func foreign() async throws -> [String]
    /// Changes something of ours behind the back of whoever applied it.
    func drift() async throws
    /// Makes what is there impossible to read whole, or possible again.
    func hide(_ isHidden: Bool) async throws
    /// How many calls that change something were made.
    func changes() async -> Int
    /// Makes the n-th changing call from now fail, once; `afterwards`: it takes effect and fails all the same, where the bench can do that.
    func fail(call number: Int, afterwards: Bool) async
    /// Whether a call can take effect and fail all the same.
    var failsAfterwards: Bool { get }
}

extension ProviderBench {
    /// Whoever applies in these tests.
    public var holder: LockHolder {
        LockHolder(host: "builder-ph01", pid: 4711, user: "root", since: "2030-01-02T03:04:05Z", revision: "commit 1234567")
    }

    /// Compares what is there with what a graph wants.
    public func plan(_ graph: SiteGraph) async throws(TargetError) -> any PlacementRun {
        let causes = Causes(graph: graph, appliedGraph: nil, facts: [])
        guard let run = try await ProviderRegistry([provider]).run(placement, causes: causes, on: target) else {
            throw TargetError(.unexpectedShape, "the registry lost its only provider")
        }
        return run
    }

    /// Recovers, plans and applies, as the command does.
    public func apply(_ graph: SiteGraph) async throws(TargetError) -> TargetOutcome {
        _ = try await TargetSession.recover(target, holder: holder)
        return await apply(try await plan(graph))
    }

    /// Applies a plan, as the command does.
    public func apply(_ planned: any PlacementRun) async -> TargetOutcome {
        let record = AppliedRecord(
            site: placement.site, commit: "1234567", isDirty: false, desiredDigest: planned.plan.desiredDigest,
            places: [planned.place?.description].compactMap(\.self))
        return await TargetSession.apply(
            [planned], on: target, records: [record], holder: holder, report: { _ in },
            observe: { () async throws(TargetError) in [try await planned.observedAgain(on: target)] }
        ).outcome
    }

    /// Whether a graph is just what is there.
    public func holds(_ graph: SiteGraph) async throws(TargetError) -> Bool {
        let plan = try await plan(graph).plan
        return plan.count == 0 && plan.unread.isEmpty
    }
}

extension TargetOutcome {
    /// Whether the plan is live.
    public var isApplied: Bool { if case .applied = self { true } else { false } }
}
