import Planning
public import Reconciling
public import Targets

extension DnsmasqFiles {
    /// Runs dnsmasq on the staged files in a room, and asks it for all that changes.
    ///
    /// It is given the staged configuration as it is. The options beside it keep it in the foreground, let it tell on standard error and only what
    /// matters, and spare the 3 s for which it would look whether an address is free: in the room nobody has one.
    public func rehearse(_ rehearsal: Rehearsal<DnsmasqState>, in rooms: any RehearsalRooms) async -> RehearsalOutcome {
        let states = rehearsal.desired.resources.map(\.state)
        let network = RehearsalNetwork(states, servers: servers)
        let options = ["--keep-in-foreground", "--log-facility=-", "--quiet-dhcp", "--no-ping"]
        let setup = RehearsalSetup(
            staged: rehearsal.staged, place: place, interfaces: network.interfaces,
            command: ["dnsmasq"] + options + ["--conf-file=\(paths.live(.configuration))"])
        let marker = servesDNS ? Rendering(states).marker : nil
        return await rooms.open(setup) { room in
            await DnsmasqRehearsal(
                rehearsal, network: network, servers: servers, marker: marker, in: room, patience: patience
            ).run()
        }
    }
}
