public import Diagnostics
import SiteCompiler

/// Counts of a plan's changes by action.
public struct ActionCounts: Sendable, Equatable {
    /// By the action's place among the actions.
    private var counts = [Int](repeating: 0, count: Action.allCases.count)

    /// Makes empty counts.
    public init() {}

    /// The number of changes.
    public var total: Int { counts.reduce(0, +) }

    /// How many changes have an action.
    public subscript(_ action: Action) -> Int { counts[action.order] }

    /// Adds others' counts.
    public mutating func add(_ other: ActionCounts) { for index in counts.indices { counts[index] += other.counts[index] } }

    mutating func count(_ action: Action) { counts[action.order] += 1 }
}

/// What one provider would change on one host, whatever its states: a list of changes that are spelled out one by one when asked for.
public protocol PlacementPlan: Sendable {
    /// The site.
    var site: String { get }
    /// The host it acts on.
    var host: String { get }
    /// The provider's name.
    var provider: String { get }
    /// The number of changes.
    var count: Int { get }
    /// The changes by action.
    var counts: ActionCounts { get }
    /// How many resources of the provider were observed.
    var observedCount: Int { get }
    /// What couldn't be observed, with the reason, by kind.
    var unread: [(kind: String, reason: String)] { get }
    /// Why the changes can't be tried out with the real daemon before they are live; nil: they can, or there are none.
    var notRehearsed: String? { get }
    /// What was seen on the target and bears on the plan.
    var remarks: [(address: ResourceAddress, diagnostic: Diagnostic)] { get }
    /// What stands in the way and isn't ours, by address: an apply refuses until it is gone or adopted.
    var strangers: [(address: ResourceAddress, stranger: Stranger)] { get }
    /// Differences that are left as they are by choice: the plan neither has nor counts them.
    var ignored: [IgnoredDifference] { get }
    /// The digest of what is desired.
    var desiredDigest: String { get }
    /// The digest of what was observed of the resources that the plan changes, of what stands in its way, and of what its guards counted.
    var observedDigest: String { get }
    /// What it takes to make all changes live: the most that any of them takes.
    var cost: Cost { get }
    /// Which changes must be made before which.
    var order: ChangeOrder { get }
    /// Changes to what the controller reaches the target by: names and addresses of the target's host or of the controller's that another value
    /// replaces or that go. Empty where the target isn't reached over the network.
    var pathChanges: [ResourceAddress] { get }
    /// The addresses of all that would go.
    var deletions: [ResourceAddress] { get }
    /// The address of the change at a position.
    func address(at index: Int) -> ResourceAddress
    /// The change at a position, spelled out; `order` is the plan's own, made once for many changes.
    func change(at index: Int, in order: ChangeOrder) -> Change
}

extension PlacementPlan {
    /// Whether an apply has anything to do: to change something, or to adopt what is as it should be.
    public var isNeeded: Bool { count > 0 || strangers.contains { $0.stranger.fate != nil } }

    /// The change at a position without what it needs first.
    public func change(at index: Int) -> Change { change(at: index, in: .untold) }
}

/// The plan of a provider with its typed states.
public struct TypedPlan<State: ResourceState>: PlacementPlan {
    /// What a provider says of a change before it is made: what it takes, and what it may upset.
    public struct Weight: Sendable {
        /// What it takes.
        public var cost: Cost
        /// What it may upset.
        public var risk: Risk

        /// Makes a weight.
        public init(cost: Cost, risk: Risk) {
            self.cost = cost
            self.risk = risk
        }
    }

    /// The site.
    public let site: String
    /// The host it acts on.
    public let host: String
    /// The provider's name.
    public let provider: String
    /// What should be.
    public let desired: DesiredSet<State>
    /// What is.
    public let observed: ObservedSet<State>
    /// Differences that are left as they are by choice.
    public let ignored: [IgnoredDifference]
    /// What differs, by kind and key.
    public let differences: [Difference]
    /// Why the changes can't be tried out with the real daemon before they are live; nil: they can, or there are none.
    public let notRehearsed: String?
    /// What was desired by the commit applied last; nil when that isn't known.
    private let applied: DesiredSet<State>?
    private let causes: Causes
    private let weigh: @Sendable (Action, State?, State?) -> Weight
    private let isDecommission: Bool
    private let isRemote: Bool

    /// Compares what is with what should be. Kinds that couldn't be observed lose nothing, and kinds without a place to be (a service on a dry
    /// tree) gain nothing. `isRemote` says that the target is reached over the network;
    /// `rehearsalObstacle`, asked only where something changes, says why that can't be tried out.
    public init(
        site: String, host: String, provider: String, desired: DesiredSet<State>, observed: ObservedSet<State>, applied: DesiredSet<State>?,
        ignored: [IgnoredDifference] = [], isDecommission: Bool = false, isRemote: Bool = false, causes: Causes,
        rehearsalObstacle: () -> String? = { nil },
        weigh: @escaping @Sendable (Action, State?, State?) -> Weight
    ) {
        self.site = site
        self.host = host
        self.provider = provider
        self.desired = desired
        self.observed = observed
        self.ignored = ignored
        self.applied = applied
        self.causes = causes
        self.weigh = weigh
        self.isDecommission = isDecommission
        self.isRemote = isRemote
        var found = Planning.differences(desired: desired, observed: observed)
        if isDecommission {
            for index in found.indices where found[index].action == .delete { found[index].action = .decommission }
        }
        if !isDecommission, let applied, let renames = Renames(causes) {
            found = renames.join(found, desired: desired, observed: observed, applied: applied)
        }
        differences = found
        notRehearsed = found.isEmpty || isDecommission ? nil : rehearsalObstacle()
    }

    /// The same plan for what is observed now, where what is wanted may hang on that.
    public func observedAgain(
        _ observed: ObservedSet<State>, desired: DesiredSet<State>? = nil, ignored: [IgnoredDifference] = []
    ) -> TypedPlan {
        TypedPlan(
            site: site, host: host, provider: provider, desired: desired ?? self.desired, observed: observed, applied: applied,
            ignored: ignored, isDecommission: isDecommission, isRemote: isRemote, causes: causes, rehearsalObstacle: { notRehearsed },
            weigh: weigh)
    }

    /// The number of changes.
    public var count: Int { differences.count }
    /// How many resources were observed.
    public var observedCount: Int { observed.resources.count }

    /// The changes by action.
    public var counts: ActionCounts {
        var counts = ActionCounts()
        for difference in differences { counts.count(difference.action) }
        return counts
    }

    /// What couldn't be observed, with the reason, by kind.
    public var unread: [(kind: String, reason: String)] {
        State.Kind.allCases.compactMap { kind in observed.unread[kind].map { (kind.rawValue, $0) } }
    }

    /// What was seen on the target and bears on the plan.
    public var remarks: [(address: ResourceAddress, diagnostic: Diagnostic)] {
        observed.remarks.map { remark in
            (address(remark.kind, remark.key), Diagnostic(remark.code, remark.message, mend: remark.mend, site: site))
        }
    }

    /// What stands in the way and isn't ours.
    public var strangers: [(address: ResourceAddress, stranger: Stranger)] {
        observed.strangers.map {
            (ResourceAddress(site: site, host: host, provider: provider, kind: $0.kind, key: $0.key), $0)
        }
    }

    /// What it takes to make all changes live.
    public var cost: Cost {
        var cost = Cost.live
        for difference in differences where cost < .restart {
            let (have, want) = (difference.observed.map { observed.resources[$0] }, difference.desired.map { desired.resources[$0].state })
            cost = max(cost, weigh(difference.action, have, want).cost)
        }
        return cost
    }

    /// The digest of what is desired.
    public var desiredDigest: String {
        var digest = ContentDigest()
        for resource in desired.resources { resource.state.feed(&digest) }
        return digest.hex
    }

    /// The digest of what was observed of the resources that change, of what stands in the way, and of what guards counted.
    public var observedDigest: String {
        var digest = ContentDigest()
        digest.update("\(observedCount)")
        for difference in differences {
            if let index = difference.observed {
                observed.resources[index].feed(&digest)
            } else if let index = difference.desired {
                digest.update("absent \(desired.resources[index].state.kind.rawValue)/\(desired.resources[index].state.key)")
            }
        }
        for stranger in observed.strangers { for text in [stranger.kind, stranger.key, stranger.what] { digest.update(text) } }
        return digest.hex
    }

    /// The addresses of all that would go.
    public var deletions: [ResourceAddress] { differences.indices.filter { differences[$0].desired == nil }.map { address(at: $0) } }

    /// What the controller reaches the target by and that another value replaces, or that goes.
    public var pathChanges: [ResourceAddress] {
        guard isRemote else { return [] }
        return differences.indices.filter { index in
            let difference = differences[index]
            guard let observed = difference.observed.map({ observed.resources[$0] }) else { return false }
            let want = difference.desired.map { desired.resources[$0] }
            return isPath(want?.subject, in: causes.graph)
                || isPath(applied.flatMap { $0.first(like: observed) }?.subject, in: causes.appliedGraph)
        }.map { address(at: $0) }
    }

    private func isPath(_ subject: Subject?, in graph: SiteGraph?) -> Bool {
        guard let graph, case .link(let link)? = subject else { return false }
        return [host, graph.controller].contains(graph.hosts[graph.links[link].host].name)
    }

    /// The address of the change at a position.
    public func address(at index: Int) -> ResourceAddress {
        let state = state(of: differences[index])
        return address(state.kind, state.key)
    }

    /// What is wanted by a difference, or else what is there.
    func state(of difference: Difference) -> State {
        if let index = difference.desired { return desired.resources[index].state }
        guard let index = difference.observed else { preconditionFailure("a difference of nothing") }
        return observed.resources[index]
    }

    /// The change at a position, spelled out.
    public func change(at index: Int, in order: ChangeOrder) -> Change {
        let difference = differences[index]
        let want = difference.desired.map { desired.resources[$0] }
        let have = difference.observed.map { observed.resources[$0] }
        let state = state(of: difference)
        let kind = state.kind
        let why = (kind.followsFromOthers ? explainedByOthers : nil) ?? explained(difference, want, state)
        let weight = weigh(difference.action, have, want?.state)
        let before = want == nil ? applied.flatMap { $0.first(like: state) }?.subject : nil
        let blast =
            (want?.subject).flatMap { causes.graph?.neighbours(of: $0) } ?? before.flatMap { causes.appliedGraph?.neighbours(of: $0) }
        let touched = BlastRadius(services: blast?.services ?? [], names: blast?.names ?? [])
        // Whoever uses a name that goes away is interrupted.
        let risk = want == nil && !(touched.services.isEmpty && touched.names.isEmpty) ? max(weight.risk, .disruptive) : weight.risk
        return Change(
            address: address(kind, state.key), action: difference.action, attributes: Self.attributes(from: have, to: want?.state),
            reason: why.reason, causes: why.causes, needs: order.needs(of: index).map { address(at: $0) },
            blastRadius: touched, risk: risk, cost: weight.cost)
    }

    private func explained(_ difference: Difference, _ want: Desired<State>?, _ state: State) -> (reason: Reason, causes: [Cause]) {
        if difference.action == .replace, let rename = want.flatMap({ causes.rename(of: $0.subject) }) { return (.inventory, [rename]) }
        let before = applied.flatMap { $0.first(like: state) }
        return causes.explain(now: want?.subject, before: before?.subject, wasDesiredTheSame: before?.state == want?.state)
    }

    /// The cause that what follows from all others shares with the first of them that changes; nil: none does.
    private var explainedByOthers: (reason: Reason, causes: [Cause])? {
        differences.first { !state(of: $0).kind.followsFromOthers }.map { difference in
            explained(difference, difference.desired.map { desired.resources[$0] }, state(of: difference))
        }
    }

    private func address(_ kind: State.Kind, _ key: String) -> ResourceAddress {
        ResourceAddress(site: site, host: host, provider: provider, kind: kind.rawValue, key: key)
    }

    static func attributes(from before: State?, to after: State?) -> [AttributeChange] {
        let (old, new) = (before?.attributes ?? [], after?.attributes ?? [])
        var result: [AttributeChange] = []
        if let before, let after, before.key != after.key {
            result.append(AttributeChange(name: "key", before: before.key, after: after.key))
        }
        for attribute in new {
            let was = old.first { $0.name == attribute.name }?.value
            if was != attribute.value { result.append(AttributeChange(name: attribute.name, before: was, after: attribute.value)) }
        }
        for attribute in old where !new.contains(where: { $0.name == attribute.name }) {
            result.append(AttributeChange(name: attribute.name, before: attribute.value, after: nil))
        }
        return result
    }
}

extension ResourceState {
    fileprivate func feed(_ digest: inout ContentDigest) {
        digest.update(kind.rawValue)
        digest.update(key)
        for attribute in attributes {
            digest.update(attribute.name)
            digest.update(attribute.value)
        }
    }
}
