import InventorySchema
import Planning
import Reconciling
import SiteCompiler
import Synchronization
import Targets
import TestSupport

/// A target in memory with one or two daemons, and an appliance's API if that is asked for.
final class World: Sendable {
    let store = InMemoryFileStore()
    let services: InMemoryServices
    let appliance: InMemoryAppliance?
    let target: InMemoryTarget
    let graphs: RandomGraphs
    let providers: [any Provider]
    let events = Mutex<[ApplyEvent]>([])

    static let holder = LockHolder(host: "builder-ph01", pid: 4711, user: "root", since: "2030-01-02T03:04:05Z", revision: "commit 1234567")

    init(
        _ names: [ProviderName] = [.nsd], appliance: Bool = false, canStart: Bool = true, needsChecker: Bool = false,
        programs: (any ProgramRunner)? = InMemoryPrograms(), answerer: @escaping InMemoryServices.Answerer = FileDaemonFiles.answer
    ) async throws {
        graphs = try await RandomGraphs()
        services = InMemoryServices(files: store, canStart: canStart, answerer: answerer)
        self.appliance = appliance ? InMemoryAppliance() : nil
        target = InMemoryTarget(host: "builder-ph01", files: store, services: services, programs: programs, calls: self.appliance)
        var providers: [any Provider] = names.map { FileDaemonProvider(name: $0, needsChecker: needsChecker) }
        if appliance { providers.append(ApplianceProvider()) }
        self.providers = providers
    }

    func graph(_ seed: UInt64) throws -> SiteGraph { try graphs.graph(seed: seed) }

    /// What the providers would do, on the world itself or on something that stands in its way.
    func plan(_ graph: SiteGraph, only names: [ProviderName]? = nil, on other: (any Target)? = nil) async throws(TargetError)
        -> [any PlacementRun]
    {
        let registry = ProviderRegistry(providers)
        let causes = Causes(graph: graph, appliedGraph: nil, facts: [])
        var runs: [any PlacementRun] = []
        for name in registry.names where names?.contains(name) ?? true {
            if let run = try await registry.run(graphs.placement(of: name), causes: causes, on: other ?? target) { runs.append(run) }
        }
        return runs
    }

    /// Recovers, plans and applies, as the command does.
    @discardableResult
    func apply(_ graph: SiteGraph, only names: [ProviderName]? = nil) async throws(TargetError) -> TargetOutcome {
        _ = try await TargetSession.recover(target, holder: Self.holder)
        return await apply(try await plan(graph, only: names))
    }

    /// Applies plans that were made before.
    func apply(_ planned: [any PlacementRun], on other: (any Target)? = nil) async -> TargetOutcome {
        let target: any Target = other ?? target
        // What isn't planned stays recorded, as the planner has it.
        let places = (try? await store.live())?.records.flatMap(\.places) ?? []
        let record = AppliedRecord(
            site: "lab", commit: "1234567", isDirty: false, desiredDigest: "d",
            places: Set(places + planned.compactMap { $0.place?.description }).sorted())
        return await TargetSession.apply(
            planned, on: target, records: [record], holder: Self.holder, report: { event in self.events.withLock { $0.append(event) } },
            observe: { () async throws(TargetError) in
                var runs: [any PlacementRun] = []
                for run in planned { runs.append(try await run.observedAgain(on: target)) }
                return runs
            }
        ).outcome
    }

    func holds(_ graph: SiteGraph, only names: [ProviderName]? = nil) async throws -> Bool {
        try await plan(graph, only: names).allSatisfy { $0.plan.count == 0 }
    }

    func place(_ name: ProviderName) -> Targets.Place { Targets.Place(provider: name.rawValue, site: "lab") }
    func unit(_ name: ProviderName) -> String { "deevnet-\(name.rawValue)@lab" }
    func files(_ name: ProviderName = .nsd) async throws -> [PlaceFile] { try await store.read(place(name)).files }
    func loaded(_ name: ProviderName = .nsd) -> [PlaceFile]? { services.loaded(unit(name)) }

    /// Whether the files on disk are those of a graph, and the daemon runs them.
    func runs(_ name: ProviderName, _ files: [PlaceFile]) async throws -> Bool {
        let live = try await self.files(name)
        return live == files && loaded(name) == files
    }

    /// Makes the daemons refuse a graph's files, or do something else with them.
    func judge(_ verdict: InMemoryServices.Verdict, for name: ProviderName = .nsd, holding text: String) {
        let unit = unit(name)
        services.judge { service, files in
            let holdsText = files.contains { String(decoding: $0.bytes, as: UTF8.self).contains(text) }
            return service.name == unit && holdsText ? verdict : .runs
        }
    }
}
