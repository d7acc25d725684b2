import Addressing
import Reconciling
public import Targets

extension DnsmasqFiles {
    /// Ends leases that stand in the way of reservations: dnsmasq never takes an address from a client that holds it, so the card that is new in a
    /// machine would get another address until the old card's lease ends. The holder's DHCPRELEASE is sent in its place (RFC 2131 §4.4.6).
    public func settle(_ files: [PlaceFile], on target: any Target) async -> [String] {
        guard let services = target.services, case .running = await services.status(of: paths.unit) else { return [] }
        var notes: [String] = []
        for lease in await blocking(files, target) {
            for server in servers {
                // It counts only when it names the server as the server names itself; the others are passed over in silence.
                _ = await services.send(paths.unit, ReleaseMessage(lease, server: server).bytes, to: server.bits, port: 67)
            }
            let isGone = await isGone(lease, files, target)
            notes.append(
                isGone
                    ? "the lease of \(lease.address) by \(lease.mac) was ended: the address is reserved for another card"
                    : "the lease of \(lease.address) by \(lease.mac) could not be ended: the card it is reserved for gets it when the lease ends"
            )
        }
        return notes
    }

    /// Running leases of addresses that are reserved for other cards.
    private func blocking(_ files: [PlaceFile], _ target: any Target) async -> [Lease] {
        guard let bytes = try? await target.files?.readState(paths.leaseName) else { return [] }
        var reserved: [IPv4Address: MACAddress] = [:]
        for case .reservation(let reservation) in Parsing(files).states { reserved[reservation.address] = reservation.mac }
        let time = now()
        return Lease.all(in: bytes).filter { lease in lease.isRunning(at: time) && reserved[lease.address].map { $0 != lease.mac } ?? false
        }
    }

    private func isGone(_ lease: Lease, _ files: [PlaceFile], _ target: any Target) async -> Bool {
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while true {
            if await !blocking(files, target).contains(lease) { return true }
            guard clock.now < deadline, (try? await clock.sleep(for: .milliseconds(50))) != nil else { return false }
        }
    }
}
