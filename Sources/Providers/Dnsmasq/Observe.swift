import Addressing
import Diagnostics
import InventorySchema
import Planning
import Targets

/// What is there of dnsmasq on a target: its files, its process, and leases that stand in the way.
struct Observation {
    let mechanism: DnsmasqFiles
    let files: any FileStore
    let services: (any ServiceControl)?
    let programs: (any ProgramRunner)?
    let now: UInt64

    func observed(_ desired: DesiredSet<DnsmasqState>, roles: Set<Authority.Role>) async throws(TargetError) -> ObservedSet<DnsmasqState> {
        let contents = try await files.read(mechanism.place)
        var states = Parsing(contents.files).states
        states += contents.strays.map { .foreign(ForeignLine(stray: $0.name, noun: $0.noun)) }
        var unread: [DnsmasqKind: String] = [:]
        var inapplicable: [DnsmasqKind: String] = [:]
        var strangers: [Stranger] = []
        var remarks = roles.contains(.dhcp) ? await remarks(desired) : []
        if !contents.isComplete {
            let reason = contents.unread.joined(separator: "; ")
            for kind in DnsmasqKind.allCases where kind != .service { unread[kind] = reason }
        }
        switch await service() {
        case .running(let service): states.append(.service(service))
        case .stopped:
            do throws(TargetError) { strangers = try await portHolders(desired, roles) } catch {
                let message = "whether another process holds a port of dnsmasq isn't known: \(error.message)"
                let key = mechanism.paths.unit.name
                remarks.append(.init(kind: .service, key: key, code: .observationIncomplete, message: message, mend: error.mend))
            }
        case .absent(let reason): inapplicable[.service] = reason
        case .unread(let reason): unread[.service] = reason
        }
        return ObservedSet(
            states, unread: unread, inapplicable: inapplicable, remarks: remarks, strangers: strangers)
    }

    private enum Sight {
        case running(RunningService)
        case stopped
        /// No process can be there.
        case absent(String)
        case unread(String)
    }

    /// A stopped process is a difference only where it can be started.
    private func service() async -> Sight {
        guard let services else { return .absent("the target controls no services") }
        switch await services.status(of: mechanism.paths.unit) {
        case .running: return .running(await mechanism.running(services))
        case .stopped: return services.canStart ? .stopped : .absent("a dry tree: no service runs here")
        case .unknown(let why): return .unread(why)
        }
    }

    /// Who is there already where dnsmasq is to listen. Where nothing is wanted nothing is in its way.
    private func portHolders(_ desired: DesiredSet<DnsmasqState>, _ roles: Set<Authority.Role>) async throws(TargetError) -> [Stranger] {
        let devices = desired.resources.compactMap { resource in
            if case .setting(.interface(let device)) = resource.state { device.description } else { nil }
        }
        guard let programs, !devices.isEmpty else { return [] }
        var ports: Set<String> = []
        if roles.contains(.dns) { ports.formUnion(["udp 53", "tcp 53"]) }
        if roles.contains(.dhcp) { ports.insert("udp 67") }
        if roles.contains(.tftp) { ports.insert("udp 69") }
        let holders = PortHolders(ports: ports, devices: Set(devices), addresses: Set(mechanism.servers.map(\.description)))
        return try await holders.strangers(programs)
    }

    // MARK: Leases

    private func remarks(_ desired: DesiredSet<DnsmasqState>) async -> [ObservedSet<DnsmasqState>.Remark] {
        do throws(TargetError) {
            guard let file = try await files.readState(mechanism.paths.leaseName) else { return [] }
            return Self.remarks(on: Lease.all(in: file), desired, at: now)
        } catch {
            let message = "the leases can't be read (\(error.message)): whether one stands in the way of a reservation isn't known"
            return [.init(kind: .service, key: mechanism.paths.unit.name, code: .observationIncomplete, message: message)]
        }
    }

    /// dnsmasq never takes an address from the client that holds it. Neither a reload nor a restart frees it, and a refusal of its renewal doesn't
    /// either: only its end or its release does (seen with 2.90).
    static func remarks(on leases: [Lease], _ desired: DesiredSet<DnsmasqState>, at now: UInt64) -> [ObservedSet<DnsmasqState>.Remark] {
        let running = Dictionary(leases.filter { $0.isRunning(at: now) }.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
        guard !running.isEmpty else { return [] }
        return desired.resources.compactMap { resource in
            guard case .reservation(let wanted) = resource.state, let lease = running[wanted.address], lease.mac != wanted.mac else {
                return nil
            }
            let end = lease.end.map { "until \(utcText($0))" } ?? "for ever"
            return .init(
                kind: .reservation, key: wanted.key.description, code: .leaseBlocksReservation,
                message: "\(wanted.address), reserved for \(wanted.mac), is leased to \(lease.mac) \(end); before that lease is released "
                    + "\(wanted.mac) gets another address from the pool, or none where there is no pool",
                mend:
                    "an apply ends it once the reservation is loaded; by hand, on the server: dhcp_release INTERFACE \(wanted.address) \(lease.mac)"
            )
        }
    }
}
