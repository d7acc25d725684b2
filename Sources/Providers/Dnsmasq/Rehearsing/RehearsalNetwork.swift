import Addressing
import Targets

/// The interfaces of a room: those that the daemon listens on, with the server's addresses.
///
/// Whether the machine has those addresses isn't told by the files: where it has none in a segment, the room takes one that nobody gets.
/// Which interface has which segment isn't written in the files and changes no answer: dnsmasq knows segments by addresses, and no tag of
/// ours is an interface's name.
struct RehearsalNetwork {
    let interfaces: [RehearsalSetup.Interface]
    private let segments: [TagText: String]

    init(_ states: some Sequence<DnsmasqState>, servers: [IPv4Address]) {
        var names: [String] = []
        var ranges: [LeaseRange] = []
        var reserved: Set<UInt32> = []
        for state in states {
            if case .setting(.interface(let device)) = state { names.append(device.description) }
            if case .range(let range) = state { ranges.append(range) }
            if case .reservation(let reservation) = state { reserved.insert(reservation.address.bits) }
        }
        var addresses = [[String]](repeating: [], count: names.count)
        var segments: [TagText: String] = [:]
        var rest = servers
        for (index, range) in ranges.enumerated() where !names.isEmpty {
            let place = index % names.count
            segments[range.segment] = names[place]
            let length = (~range.mask.bits).leadingZeroBitCount
            let own = rest.filter { range.network.bits == $0.bits & range.mask.bits }
            addresses[place] += (own.isEmpty ? [range.spare(besides: reserved)] : own).map { "\($0)/\(length)" }
            rest.removeAll { own.contains($0) }
        }
        for (index, address) in rest.enumerated() where !names.isEmpty { addresses[index % names.count].append("\(address)/32") }
        self.segments = segments
        interfaces = zip(names, addresses).map { RehearsalSetup.Interface(name: $0, addresses: $1) }
    }

    /// The interface that a segment's clients are behind.
    func interface(of segment: TagText) -> String? { segments[segment] }
}

extension LeaseRange {
    /// The highest address that nobody is given.
    fileprivate func spare(besides reserved: Set<UInt32>) -> IPv4Address {
        var bits = (network.bits | ~mask.bits) - 1
        while bits > network.bits + 1, reserved.contains(bits) || pool.map({ ($0.first.bits...$0.last.bits).contains(bits) }) ?? false {
            bits -= 1
        }
        return IPv4Address(bits: bits)
    }
}
