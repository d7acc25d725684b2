import Addressing
public import Diagnostics
public import InventorySchema
public import Planning
public import Reconciling
public import SiteCompiler
public import Targets

/// What the appliance of the tests can have.
public enum ApplianceKind: String, ResourceKind {
    case host, reservation

    /// The place among the kinds.
    public var order: Int { self == .host ? 0 : 1 }
    /// Known by the mark that it carries.
    public var ownership: Ownership { .mark }
}

/// An object of ours on the appliance. The server's id tells where it is, not what it says.
public struct ApplianceState: ResourceState {
    /// Its kind.
    public var kind: ApplianceKind
    /// Its name.
    public var key: String
    /// What it says.
    public var value: String
    /// The server's id; nil for what is only desired.
    public var id: String?

    /// What it says.
    public var attributes: [Attribute] { [Attribute("value", value)] }

    /// A reservation names the host whose address it is, last, where there is one.
    public var needs: [ResourceKey<ApplianceKind>] {
        guard kind == .reservation, let host = value.split(separator: " ").last else { return [] }
        return [ResourceKey(.host, String(host))]
    }

    /// Two objects that say the same are the same, whatever their ids.
    public static func == (a: ApplianceState, b: ApplianceState) -> Bool { (a.kind, a.key, a.value) == (b.kind, b.key, b.value) }

    /// Feeds what it says.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(key)
        hasher.combine(value)
    }
}

/// The smallest provider of an appliance: calls instead of files, ids made by the server, and a mark on each object that is ours.
public struct ApplianceProvider: Provider {
    /// The value by which an object says whose it is.
    public static let mark = "managed-by"

    /// Makes the provider.
    public init() {}

    /// A name that has no module yet.
    public var name: ProviderName { .opnsense }

    /// Each change by itself.
    public var declaration: ProviderDeclaration {
        ProviderDeclaration(
            roles: [.dns, .dhcp], guarantee: .perChange, limits: ["an appliance has no transactions"],
            unrehearsed: "an appliance can't be tried out")
    }

    /// Everything can be said.
    public func check(_ graph: SiteGraph, _ placement: Placement) -> [Diagnostic] { [] }

    /// A host for each address record, and the reservations.
    public func desired(_ graph: SiteGraph, _ placement: Placement) -> DesiredSet<ApplianceState> {
        var all: [String: Desired<ApplianceState>] = [:]
        for record in graph.records {
            guard case .a(let address) = record.data else { continue }
            let name = record.owner.description
            all[name] = Desired(ApplianceState(kind: .host, key: name, value: address.description), from: record.subject)
        }
        let reservations = graph.reservations.map { reservation in
            let name = "\(reservation.hostName).\(graph.domain)"
            let host = all[name] == nil ? [] : [name]
            let value = ([reservation.mac.description] + reservation.addresses.map(\.description) + host).joined(separator: " ")
            return Desired(ApplianceState(kind: .reservation, key: reservation.key, value: value), from: .link(reservation.link))
        }
        return DesiredSet(Array(all.values) + reservations)
    }

    /// The objects that carry our mark with this site; all others are somebody else's.
    public func observe(
        _ placement: Placement, desired: DesiredSet<ApplianceState>, on target: any Target
    ) async throws(TargetError) -> ObservedSet<ApplianceState> {
        guard let channel = target.calls else { throw TargetError(.unreachable, "\(target.host) takes no calls") }
        var states: [ApplianceState] = []
        var unread: [ApplianceKind: String] = [:]
        for kind in ApplianceKind.allCases {
            let (objects, isComplete) = try await channel.list(kind.rawValue)
            if !isComplete { unread[kind] = "the list of \(kind.rawValue) objects is cut off" }
            for object in objects where object.values[Self.mark] == Self.marking(placement.site) {
                states.append(
                    ApplianceState(kind: kind, key: object.values["name"] ?? "", value: object.values["value"] ?? "", id: object.id))
            }
        }
        return ObservedSet(states, unread: unread)
    }

    /// Each call takes effect at once.
    public func cost(of action: Action, before: ApplianceState?, after: ApplianceState?) -> Cost { .live }

    /// One object, one record.
    public func risk(of action: Action, before: ApplianceState?, after: ApplianceState?) -> Risk { .routine }

    /// Calls.
    public func mechanism(_ placement: Placement) -> Mechanism<ApplianceState> {
        .calls(ApplianceMechanism(marking: Self.marking(placement.site)))
    }

    static func marking(_ site: String) -> String { "deevnet/\(site)" }
}

/// How the appliance's states come to be: a call for each difference, in their order.
struct ApplianceMechanism: CallMechanism {
    let marking: String

    func calls(
        _ differences: [Difference], desired: DesiredSet<ApplianceState>, observed: ObservedSet<ApplianceState>
    ) -> [UndoableCall] {
        differences.compactMap { difference -> UndoableCall? in
            let want = difference.desired.map { desired.resources[$0].state }
            let have = difference.observed.map { observed.resources[$0] }
            switch (want, have) {
            case (let want?, let have?):
                return UndoableCall(
                    ApplianceCall(.update, kind: want.kind.rawValue, id: have.id, values: ["name": want.key, "value": want.value]),
                    inverse: ApplianceCall(
                        .update, kind: have.kind.rawValue, id: have.id, values: ["name": have.key, "value": have.value]))
            case (let want?, nil):
                return UndoableCall(
                    ApplianceCall(.create, kind: want.kind.rawValue, values: values(want)),
                    inverse: ApplianceCall(.delete, kind: want.kind.rawValue))
            case (nil, let have?):
                return UndoableCall(
                    ApplianceCall(.delete, kind: have.kind.rawValue, id: have.id),
                    inverse: ApplianceCall(.create, kind: have.kind.rawValue, values: values(have)))
            case (nil, nil): return nil
            }
        }
    }

    private func values(_ state: ApplianceState) -> [String: String] {
        ["name": state.key, "value": state.value, ApplianceProvider.mark: marking]
    }
}
