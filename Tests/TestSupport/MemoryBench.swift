import InventorySchema
public import SiteCompiler
public import Targets

/// The file daemon on a target in memory.
public struct FileDaemonBench: ProviderBench {
    /// The provider.
    public let provider: FileDaemonProvider
    /// The files.
    public let store = InMemoryFileStore()
    /// The daemons.
    public let services: InMemoryServices
    /// What the provider acts on.
    public let target: any Target
    /// Where it acts.
    public let placement: Placement
    /// What it is asked to make true.
    public let graphs: RandomGraphs

    /// Makes a bench with a fresh target.
    public init(_ graphs: RandomGraphs, _ provider: FileDaemonProvider = FileDaemonProvider(), canStart: Bool = true) {
        self.provider = provider
        self.graphs = graphs
        services = InMemoryServices(files: store, canStart: canStart, answerer: FileDaemonFiles.answer)
        target = InMemoryTarget(host: "builder-ph01", files: store, services: services, programs: InMemoryPrograms())
        placement = graphs.placement(of: provider.name)
    }

    /// The place that the provider owns.
    public var place: Targets.Place { Targets.Place(provider: provider.name.rawValue, site: placement.site) }
    private var theirs: Targets.Place { Targets.Place(provider: provider.name.rawValue, site: "away") }

    /// Each change of the store and each word to the daemons counts, whether it changed anything or not.
    public func fingerprint() async throws -> [String] {
        // A session takes away what dead applies left, which in memory is a changing call even where nothing was left.
        let files = try await store.read(place)
        return ["\(store.generations)", "\(services.log)", "\(files)", "\(String(describing: try await store.journal()))"]
            + [try await store.live().map { "\($0)" } ?? "none"]
    }

    /// Gives another site a place on the same target.
    public func plantForeign() async throws {
        let live = try await store.live()
        let files = [PlaceFile(name: "daemon.conf", bytes: Array("ttl=1\n".utf8))]
        let record = AppliedRecord(site: "away", commit: "7654321", isDirty: false, desiredDigest: "d", places: [theirs.description])
        let staged = try await store.stage([theirs: files], records: (live?.records ?? []) + [record])
        try await store.makeLive(staged.number, replacing: live?.number)
    }

    /// The other site's place and record.
    public func foreign() async throws -> [String] {
        let records = try await store.live()?.records.filter { $0.site == "away" } ?? []
        return ["\(try await store.read(theirs))"] + records.map { "\($0)" }
    }

    /// Changes one file, loses the other, and leaves a stranger in our place.
    public func drift() async throws {
        let files = try await store.read(place).files.filter { $0.name != FileDaemonFiles.settings }
        store.drift(place, to: files + [PlaceFile(name: "stray", bytes: [1])])
    }

    /// Makes reading the place incomplete.
    public func hide(_ isHidden: Bool) async throws { store.hide(place, because: isHidden ? ["the test hides it"] : []) }

    /// The store counts.
    public func changes() async -> Int { store.changes }

    /// The store fails.
    public func fail(call number: Int, afterwards: Bool) async { store.fail(call: number, afterwards: afterwards) }

    /// The store can do both.
    public var failsAfterwards: Bool { true }
}

/// The appliance in memory, with calls in the place of files.
public struct ApplianceBench: ProviderBench {
    /// The provider.
    public let provider = ApplianceProvider()
    /// The appliance.
    public let appliance = InMemoryAppliance()
    /// What the provider acts on.
    public let target: any Target
    /// Where it acts.
    public let placement: Placement
    /// What it is asked to make true.
    public let graphs: RandomGraphs

    /// Makes a bench with an empty appliance.
    public init(_ graphs: RandomGraphs) {
        self.graphs = graphs
        target = InMemoryTarget(host: "builder-ph01", calls: appliance)
        placement = graphs.placement(of: provider.name)
    }

    private func objects() async throws -> [ApplianceObject] {
        var all: [ApplianceObject] = []
        for kind in ApplianceKind.allCases { all += try await appliance.list(kind.rawValue).objects }
        return all
    }

    private static func text(_ object: ApplianceObject) -> String { "\(object.id) \(object.values.sorted { $0.key < $1.key })" }
    private var marking: String { ApplianceProvider.marking(placement.site) }

    /// The objects with their ids, and how many calls there were.
    public func fingerprint() async throws -> [String] { try await objects().map(Self.text) + ["\(await appliance.calls.count)"] }

    /// Objects without a mark, one of them named as ours might be, and one with another site's mark.
    public func plantForeign() async throws {
        await appliance.plant("host", ["name": "printer.example.org", "value": "10.1.99.9"])
        await appliance.plant("host", ["name": "h1.lab.example.org", "value": "10.1.99.9"])
        await appliance.plant("reservation", ["name": "h1.mgmt", "value": "x", ApplianceProvider.mark: "deevnet/away"])
    }

    /// All objects without our mark.
    public func foreign() async throws -> [String] {
        try await objects().filter { $0.values[ApplianceProvider.mark] != marking }.map(Self.text)
    }

    /// Removes one object of ours, changes another, and makes one that nobody wants under our mark.
    public func drift() async throws {
        let ours = try await objects().filter { $0.values[ApplianceProvider.mark] == marking }
        if let first = ours.first { _ = try await appliance.perform(ApplianceCall(.delete, kind: first.kind, id: first.id)) }
        if ours.count > 1, let last = ours.last {
            _ = try await appliance.perform(ApplianceCall(.update, kind: last.kind, id: last.id, values: ["value": "drifted"]))
        }
        await appliance.plant("host", ["name": "stray", "value": "x", ApplianceProvider.mark: marking])
    }

    /// Cuts both lists off.
    public func hide(_ isHidden: Bool) async throws {
        for kind in ApplianceKind.allCases { await appliance.setIncomplete(kind.rawValue, isHidden) }
    }

    /// Every call counts.
    public func changes() async -> Int { await appliance.calls.count }

    /// The appliance refuses the call, or the connection is lost before its answer.
    public func fail(call number: Int, afterwards: Bool) async { await appliance.fail(call: number, afterwards ? .after : .before) }

    /// An answer can be lost.
    public var failsAfterwards: Bool { true }
}
