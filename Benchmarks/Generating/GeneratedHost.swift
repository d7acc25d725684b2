/// A machine of a generated site, as the two things that the inventory says of it.
struct GeneratedHost {
    /// Its name.
    var name: String
    /// The segment of its first interface.
    var segment: Int
    /// Whether a service may point at it.
    var isActive: Bool
    /// Its entry under `hosts`.
    var identity: String
    /// Its entry under `bindings`.
    var binding: String
}

/// A sort of machine, with its share of a site and the segments in which its interfaces stand.
struct HostKind {
    let form: String
    let roles: [String]
    let hardware: String?
    /// The label and device of each interface, and the segments that it may stand in.
    let interfaces: [(label: String, device: String?, segments: [Int])]
    /// How many of a hundred have only the first interface.
    let singlePercent: Int
    let isManaged: Bool
    /// How many of a hundred hosts are of this kind.
    let share: Int

    static let all = [
        HostKind(
            form: "vm", roles: ["app", "web", "db", "build", "cache"], hardware: nil,
            interfaces: [("net0", "ens18", [3, 8, 9]), ("net1", "ens19", [2])], singlePercent: 60, isManaged: true, share: 38),
        HostKind(
            form: "ph", roles: ["desk", "lab", "store"], hardware: "mini-pc-2nic",
            interfaces: [("eth", "enp1s0", [1]), ("storage", "enp2s0", [2])], singlePercent: 60, isManaged: true, share: 22),
        HostKind(
            form: "em", roles: ["sensor", "camera", "meter"], hardware: nil,
            interfaces: [("eth", nil, [4, 5])], singlePercent: 100, isManaged: false, share: 16),
        HostKind(
            form: "pi", roles: ["radio", "broker", "display"], hardware: "raspberry-pi-4",
            interfaces: [("eth", "eth0", [6])], singlePercent: 100, isManaged: true, share: 9),
        HostKind(
            form: "hv", roles: ["rack"], hardware: "optiplex-7050-mff",
            interfaces: [("mgmt", "eno1", [0]), ("storage", "enp1s0", [2])], singlePercent: 30, isManaged: true, share: 7),
        HostKind(
            form: "sw", roles: ["access"], hardware: "switch-24-poe",
            interfaces: [("mgmt", nil, [0])], singlePercent: 100, isManaged: true, share: 4),
        HostKind(
            form: "ap", roles: ["floor"], hardware: "access-point-ax",
            interfaces: [("mgmt", nil, [0])], singlePercent: 100, isManaged: true, share: 4),
    ]

    /// One of the kinds, by their shares.
    static func any(_ random: inout SeededGenerator) -> HostKind {
        var rest = Int.random(in: 0..<all.reduce(0) { $0 + $1.share }, using: &random)
        for kind in all {
            if rest < kind.share { return kind }
            rest -= kind.share
        }
        preconditionFailure("the shares don't add up")
    }
}
