public import Diagnostics
public import InventorySchema
public import Planning
public import SiteCompiler
public import Targets

/// The providers that there are, each once: adding one is adding its folder and one line where the registry is made.
public struct ProviderRegistry: Sendable {
    private let entries: [any RegisteredProvider]

    /// Makes a registry.
    public init(_ providers: [any Provider]) { entries = providers.map { $0.registered } }

    /// The names of the providers that there are.
    public var names: [ProviderName] { entries.map(\.name) }

    /// What a provider can and can't do; nil when there is none of that name.
    public func declaration(of name: ProviderName) -> ProviderDeclaration? { entry(name)?.declaration }

    /// Observes a placement's target and compares it with what the causes' graph wants; nil when there is no provider of its name yet.
    public func run(_ placement: Placement, causes: Causes, on target: any Target) async throws(TargetError) -> (any PlacementRun)? {
        guard let entry = entry(placement.provider), let graph = causes.graph else { return nil }
        return try await entry.run(placement, graph, causes, target)
    }

    /// Compares with nothing being desired: all that the provider has at a place of a site that no longer names it goes away.
    public func decommission(_ placement: Placement, causes: Causes, on target: any Target) async throws(TargetError) -> (any PlacementRun)?
    {
        guard let entry = entry(placement.provider) else { return nil }
        return try await entry.decommission(placement, causes, target)
    }

    /// What a provider would have on a host, line by line, without looking at the target; nil when there is no provider of its name.
    public func preview(_ placement: Placement, graph: SiteGraph) -> ProviderPreview? {
        entry(placement.provider)?.preview(placement, graph)
    }

    private func entry(_ name: ProviderName) -> (any RegisteredProvider)? { entries.first { $0.name == name } }
}

/// What a provider would have on a host: its resources, and the files that would hold them.
public struct ProviderPreview: Sendable {
    /// A resource with what it was derived from.
    public struct Resource: Sendable {
        /// Its address.
        public var address: ResourceAddress
        /// What it says.
        public var attributes: [Attribute]
        /// What it was derived from.
        public var subject: Subject
        /// The lines of files that say it.
        public var rendered: [(file: String, line: String)]
    }

    /// What stands in the way.
    public var findings: [Diagnostic]
    /// The resources, by kind and key.
    public var resources: [Resource]
    /// The files; empty for a provider that makes calls.
    public var files: [PlaceFile]
}

/// A provider without its type.
protocol RegisteredProvider: Sendable {
    var name: ProviderName { get }
    var declaration: ProviderDeclaration { get }
    func check(_ graph: SiteGraph, _ placement: Placement) -> [Diagnostic]
    func run(
        _ placement: Placement, _ graph: SiteGraph, _ causes: Causes, _ target: any Target
    ) async throws(TargetError) -> any PlacementRun
    func decommission(_ placement: Placement, _ causes: Causes, _ target: any Target) async throws(TargetError) -> any PlacementRun
    func preview(_ placement: Placement, _ graph: SiteGraph) -> ProviderPreview
}

extension Provider {
    fileprivate var registered: any RegisteredProvider { Registered(provider: self) }
}

private struct Registered<P: Provider>: RegisteredProvider {
    let provider: P
    var name: ProviderName { provider.name }
    var declaration: ProviderDeclaration { provider.declaration }

    func check(_ graph: SiteGraph, _ placement: Placement) -> [Diagnostic] {
        provider.check(graph, placement) + unknownKinds(graph, placement)
    }

    /// Entries of ignore_drift with a kind that the provider doesn't have.
    private func unknownKinds(_ graph: SiteGraph, _ placement: Placement) -> [Diagnostic] {
        let kinds = P.State.Kind.allCases.map(\.rawValue)
        return graph.ignoredDrift.compactMap { entry in
            guard entry.host == placement.hostName, entry.provider == name, let address = ResourceAddress(entry.address.value),
                !kinds.contains(address.kind)
            else { return nil }
            let nearest = nearestName(to: address.kind, among: kinds)
            return Diagnostic(
                .badDriftAddress, "\(name.rawValue) has no kind '\(address.kind)'", at: entry.address.span,
                mend: nearest.map { "did you mean '\($0)'?" } ?? "its kinds are \(kinds.joined(separator: ", "))", site: placement.site)
        }
    }

    func run(
        _ placement: Placement, _ graph: SiteGraph, _ causes: Causes, _ target: any Target
    ) async throws(TargetError) -> any PlacementRun {
        let (findings, desired) = provider.derive(graph, placement)
        let obstacle = findings.first { $0.severity == .error }.map { "what is wanted can't be expressed: \($0.message)" }
        return try await make(placement, desired, causes, target, findings + unknownKinds(graph, placement), obstacle: obstacle)
    }

    func decommission(_ placement: Placement, _ causes: Causes, _ target: any Target) async throws(TargetError) -> any PlacementRun {
        try await make(placement, DesiredSet([]), causes, target, [], isDecommission: true)
    }

    /// What the commit applied last had desired of the same provider on the same host; nil: it isn't known.
    private func applied(_ placement: Placement, _ causes: Causes) -> DesiredSet<P.State>? {
        guard let graph = causes.appliedGraph else { return nil }
        let then = graph.placements.first { $0.hostName == placement.hostName && $0.provider == placement.provider }
        guard let then else { return nil }
        let (findings, desired) = provider.derive(graph, then)
        return findings.contains { $0.severity == .error } ? nil : desired
    }

    private func make(
        _ placement: Placement, _ desired: DesiredSet<P.State>, _ causes: Causes, _ target: any Target,
        _ findings: [Diagnostic], isDecommission: Bool = false, obstacle: String? = nil
    ) async throws(TargetError) -> any PlacementRun {
        let observed = try await provider.observe(placement, desired: desired, on: target, despite: obstacle)
        let ignored = isDecommission ? [] : causes.graph?.ignoredDrift ?? []
        let applied = causes.isUnchanged && !isDecommission ? desired : applied(placement, causes)
        // Nobody asks for it where nothing is ignored.
        let precedent = ignored.isEmpty ? .none : await provider.precedent(of: placement, applied, on: target)
        let kept = provider.keeping(ignored, placement, desired, as: observed, after: precedent)
        let contents = try await provider.contents(placement, on: target)
        let provider = self.provider
        let typed = TypedPlan(
            site: placement.site, host: placement.hostName, provider: placement.provider.rawValue, desired: kept.desired,
            observed: observed, applied: applied, ignored: kept.ignored, isDecommission: isDecommission, isRemote: target.isRemote,
            causes: causes,
            rehearsalObstacle: { provider.declaration.rehearsalObstacle(on: target) },
            weigh: { .init(cost: provider.cost(of: $0, before: $1, after: $2), risk: provider.risk(of: $0, before: $1, after: $2)) })
        return TypedRun(
            provider: provider, placement: placement, typed: typed, wanted: desired, ignored: ignored, precedent: precedent,
            findings: findings + kept.findings,
            contents: contents, isDecommission: isDecommission, obstacle: obstacle)
    }

    func preview(_ placement: Placement, _ graph: SiteGraph) -> ProviderPreview {
        let findings = provider.check(graph, placement)
        guard !findings.contains(where: { $0.severity == .error }) else {
            return ProviderPreview(findings: findings, resources: [], files: [])
        }
        let desired = provider.desired(graph, placement)
        let mechanism: (any FileMechanism<P.State>)? = if case .files(let files) = provider.mechanism(placement) { files } else { nil }
        let resources = desired.resources.map { resource in
            ProviderPreview.Resource(
                address: ResourceAddress(
                    site: placement.site, host: placement.hostName, provider: placement.provider.rawValue,
                    kind: resource.state.kind.rawValue,
                    key: resource.state.key),
                attributes: resource.state.attributes, subject: resource.subject, rendered: mechanism?.lines(of: resource.state) ?? [])
        }
        return ProviderPreview(findings: findings, resources: resources, files: mechanism?.render(desired) ?? [])
    }
}

extension ProviderRegistry {
    /// What the providers can't express of the sites that compile.
    public func findings(for compiled: CompiledRevision) -> [Diagnostic] {
        compiled.compilation.graphs.flatMap { graph in
            graph.placements.flatMap { placement in entry(placement.provider)?.check(graph, placement) ?? [missing(placement)] }
        }
    }

    private func missing(_ placement: Placement) -> Diagnostic {
        Diagnostic(
            .providerNotYet,
            "provider '\(placement.provider.rawValue)' on '\(placement.hostName)' isn't there yet: \(placement.roles.map(\.rawValue).joined(separator: ", ")) there is compiled and not planned",
            at: placement.span, mend: "nothing to do: the plan names it", site: placement.site)
    }
}
