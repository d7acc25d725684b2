import Planning
import Targets

/// Processes that hold a port on which dnsmasq is to listen: it wouldn't start, or two servers would answer.
struct PortHolders {
    /// The protocols with their ports, such as `udp 53`.
    let ports: Set<String>
    /// The interfaces that are listened on.
    let devices: Set<String>
    /// Addresses that are listened on, beside all those of the interfaces.
    var addresses: Set<String>

    /// Whatever listens on all addresses, or with dnsmasq on loopback.
    private static let everywhere: Set<String> = ["0.0.0.0", "*", "[::]", "127.0.0.1", "[::1]"]

    struct Holder: Equatable {
        var program: String
        var pid: String
        /// `udp 0.0.0.0:53`.
        var sockets: [String]
    }

    /// Asks the system; throws where it can't be asked.
    func strangers(_ programs: any ProgramRunner) async throws(TargetError) -> [Stranger] {
        // With bind-dynamic dnsmasq takes every address of its interfaces (dnsmasq(8)).
        var ours = self
        ours.addresses.formUnion(Self.addresses(of: devices, in: try await Self.output(of: ["ip", "-o", "address"], programs)))
        let table = try await Self.output(of: ["ss", "-H", "-l", "-n", "-p", "-u", "-t"], programs)
        var found: [Stranger] = []
        for holder in ours.holders(in: table) {
            guard let process = try? await programs.run(["cat", "/proc/\(holder.pid)/cgroup", "/proc/\(holder.pid)/cmdline"], within: 5),
                // Another site's, which this apply or its own may end.
                !process.output.contains("/etc/deevnet/current/")
            else { continue }
            let unit = Self.unit(inGroups: process.output)
            found.append(
                Stranger(
                    kind: "process", key: unit ?? "\(holder.program).\(holder.pid)",
                    what: "\(holder.program), process \(holder.pid), listens on \(holder.sockets.joined(separator: ", "))", fate: nil,
                    mend: unit.map { "systemctl disable --now \($0)" } ?? "end process \(holder.pid), and what starts it"))
        }
        return found
    }

    private static func output(of command: [String], _ programs: any ProgramRunner) async throws(TargetError) -> String {
        let result = try await programs.run(command, within: 5)
        guard result.status == 0 else {
            throw TargetError(
                .programMissing, "\(command[0]) ended with status \(result.status): \(result.output.prefix(200))",
                mend: "run it by hand: \(command.joined(separator: " "))")
        }
        return result.output
    }

    /// The addresses of interfaces in a table of ip-address(8), as ss(8) writes them: `2: eth0    inet6 fd00::5/64 scope global`.
    static func addresses(of devices: Set<String>, in table: String) -> Set<String> {
        var addresses: Set<String> = []
        for line in table.split(separator: "\n") {
            let fields = line.split(whereSeparator: \.isWhitespace)
            guard fields.count > 3, devices.contains(String(fields[1])) else { continue }
            let address = String(fields[3].prefix { $0 != "/" })
            addresses.insert(fields[2] == "inet6" ? "[\(address)]" : address)
        }
        return addresses
    }

    /// The holders of our ports in a table of ss(8), by process.
    func holders(in table: String) -> [Holder] {
        var holders: [Holder] = []
        for line in table.split(separator: "\n") {
            let fields = line.split(maxSplits: 6, whereSeparator: { $0 == " " }).map(String.init)
            guard fields.count == 7, let colon = fields[4].lastIndex(of: ":"), isInTheWay(fields[4][..<colon]) else { continue }
            guard ports.contains("\(fields[0]) \(fields[4][fields[4].index(after: colon)...])") else { continue }
            // users:(("dnsmasq",pid=812,fd=4),…): one is enough to name.
            guard let user = fields[6].firstMatch(of: /"([^"]*)",pid=([0-9]+)/) else { continue }
            let socket = "\(fields[0]) \(fields[4])"
            if let index = holders.firstIndex(where: { $0.pid == user.2 }) {
                if !holders[index].sockets.contains(socket) { holders[index].sockets.append(socket) }
            } else {
                holders.append(Holder(program: String(user.1), pid: String(user.2), sockets: [socket]))
            }
        }
        return holders
    }

    /// `0.0.0.0%virbr0` is bound to an interface: where that isn't ours it is in nobody's way.
    private func isInTheWay(_ local: Substring) -> Bool {
        let parts = local.split(separator: "%", maxSplits: 1).map(String.init)
        guard let address = parts.first else { return false }
        if parts.count == 2, !devices.contains(parts[1]) { return false }
        return Self.everywhere.contains(address) || addresses.contains(address)
    }

    /// The systemd unit in a process's control group (cgroups(7)): `0::/system.slice/dnsmasq.service`.
    static func unit(inGroups text: String) -> String? {
        let group = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("0::/") }
        let name = group?.split(separator: "/").last.map(String.init)
        return name.flatMap { $0.hasSuffix(".service") ? $0 : nil }
    }
}
