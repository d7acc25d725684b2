internal import Addressing
public import Diagnostics
public import InventorySchema
public import Planning
public import Reconciling
public import SiteCompiler
public import Targets

/// DNS, DHCP and TFTP by dnsmasq 2.90: one process for each site on a host.
public struct DnsmasqProvider: Provider {
    private let now: @Sendable () -> UInt64
    private let patience: Duration

    /// Makes the provider. `now` tells the time in seconds since 1970, to see which leases still run; `patience` is how long a process may take
    /// to answer for what it has loaded.
    public init(now: @escaping @Sendable () -> UInt64, patience: Duration = .seconds(5)) {
        self.now = now
        self.patience = patience
    }

    /// `dnsmasq`.
    public var name: ProviderName { .dnsmasq }

    /// What it can and can't do.
    public var declaration: ProviderDeclaration {
        ProviderDeclaration(
            roles: [.dns, .dhcp, .tftp], guarantee: .transaction,
            limits: [
                "DHCPv6 and router advertisements aren't served: IPv6 addresses are published, and hosts set them themselves",
                "zones have no SOA record and can't be transferred: dnsmasq has both only in its authoritative mode, which answers no local clients",
                "an alias ends at a name of the same site: dnsmasq follows none to names that it must ask others about",
                "an address without a PTR record in the inventory gets the first of its names as its reverse name: a hosts file can't leave it out",
                "DHCP without TFTP can't name boot files: dnsmasq gives its own address as the server of boot files",
                "one process that serves DNS for each host: a second site's would need the same loopback port",
                "what a process without DNS has loaded can't be asked: only whether it runs",
            ], unrehearsed: nil)
    }

    /// What dnsmasq can't express, and what it needs.
    public func check(_ graph: SiteGraph, _ placement: Placement) -> [Diagnostic] { Derivation(graph, placement).findings }

    /// What should be on a host, the process that has loaded it among it.
    public func desired(_ graph: SiteGraph, _ placement: Placement) -> DesiredSet<DnsmasqState> { Derivation(graph, placement).all() }

    /// Both in one pass.
    public func derive(_ graph: SiteGraph, _ placement: Placement) -> (findings: [Diagnostic], desired: DesiredSet<DnsmasqState>) {
        let derivation = Derivation(graph, placement)
        let isExpressible = !derivation.findings.contains { $0.severity == .error }
        let findings = derivation.findings
        return (findings, isExpressible ? derivation.all() : DesiredSet([]))
    }

    /// The process shall have loaded what the files say then.
    public func deriveAgain(_ desired: DesiredSet<DnsmasqState>) -> DesiredSet<DnsmasqState> {
        let others = desired.resources.filter { $0.state.kind != .service }
        return DesiredSet(
            others
                + desired.resources.compactMap { resource in
                    guard case .service(let process) = resource.state else { return nil }
                    let marker = process.configuration == .unaskable ? nil : Rendering(sorted: others).marker
                    return Desired(.service(RunningService(unit: process.unit, marker: marker)), from: resource.subject)
                })
    }

    /// What is there: the files, the process and what it says it has loaded; and leases that stand in the way of reservations, as remarks.
    ///
    /// Where no process can be started or seen, as in a dry tree, its kind is named as unread: it is neither there nor missing.
    public func observe(
        _ placement: Placement, desired: DesiredSet<DnsmasqState>, on target: any Target
    ) async throws(TargetError) -> ObservedSet<DnsmasqState> {
        guard let files = target.files else {
            throw TargetError(
                .unexpectedShape, "\(target.host) has no files, and dnsmasq is driven by files", mend: "place dnsmasq on a Linux host")
        }
        let observation = Observation(
            mechanism: fileMechanism(placement), files: files, services: target.services, programs: target.programs, now: now())
        return try await observation.observed(desired, roles: Set(placement.roles))
    }

    /// A reload for what the side files say; a restart for all else.
    public func cost(of action: Action, before: DnsmasqState?, after: DnsmasqState?) -> Cost {
        switch (before, after) {
        case (.service(let old), .service(let new)): old.configuration == new.configuration ? .reload : .restart
        case (.foreign(let line), _), (_, .foreign(let line)): Self.cost(of: line)
        default:
            switch (after ?? before)?.kind {
            case .host, .option, .reservation: .reload
            default: .restart
            }
        }
    }

    /// A file that dnsmasq doesn't read can go without its knowing.
    private static func cost(of line: ForeignLine) -> Cost {
        switch FileName(rawValue: line.file) {
        case .configuration: .restart
        case .hosts, .reservations, .options: .reload
        case nil: .live
        }
    }

    /// One name or reservation is routine; what a segment or zone stands on is structural; taking it away interrupts somebody.
    public func risk(of action: Action, before: DnsmasqState?, after: DnsmasqState?) -> Risk {
        let isRemoval = action == .delete || action == .decommission
        return switch (after ?? before)?.kind {
        case .host, .alias, .record, .reservation, .foreign, nil: .routine
        case .setting, .zone, .range: isRemoval ? .disruptive : .structural
        case .service: cost(of: action, before: before, after: after) == .reload ? .routine : .disruptive
        case .option, .boot: .structural
        }
    }

    /// Four files of one place.
    public func mechanism(_ placement: Placement) -> Mechanism<DnsmasqState> { .files(fileMechanism(placement)) }

    private func fileMechanism(_ placement: Placement) -> DnsmasqFiles {
        DnsmasqFiles(
            site: placement.site, servesDNS: placement.roles.contains(.dns), servers: placement.addresses.compactMap(\.v4),
            patience: patience, now: now)
    }
}
