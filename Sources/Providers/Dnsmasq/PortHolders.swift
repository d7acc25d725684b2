import Planning
import Targets

/// Processes that hold a port on which dnsmasq is to listen: it wouldn't start, or two servers would answer.
struct PortHolders {
    /// The ports, such as 53.
    let ports: Set<String>
    /// The interfaces that are listened on.
    let devices: Set<String>
    /// The addresses that are listened on.
    let addresses: Set<String>

    /// Whatever listens on all addresses, or with dnsmasq on loopback.
    private static let everywhere: Set<String> = ["0.0.0.0", "*", "[::]", "127.0.0.1", "[::1]"]

    struct Holder: Equatable {
        var program: String
        var pid: String
        /// `udp 0.0.0.0:53`.
        var sockets: [String]
    }

    /// Asks the system; where it can't be asked nothing is in the way.
    func strangers(_ programs: any ProgramRunner) async -> [Stranger] {
        guard let listed = try? await programs.run(["ss", "-H", "-l", "-n", "-p", "-u", "-t"], within: 5), listed.status == 0 else {
            return []
        }
        var found: [Stranger] = []
        for holder in holders(in: listed.output) {
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

    /// The holders of our ports in a table of ss(8), by process.
    func holders(in table: String) -> [Holder] {
        var holders: [Holder] = []
        for line in table.split(separator: "\n") {
            let fields = line.split(maxSplits: 6, whereSeparator: { $0 == " " }).map(String.init)
            guard fields.count == 7, let colon = fields[4].lastIndex(of: ":"), isInTheWay(fields[4][..<colon]) else { continue }
            guard ports.contains(String(fields[4][fields[4].index(after: colon)...])) else { continue }
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
