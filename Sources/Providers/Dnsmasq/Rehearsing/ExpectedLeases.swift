import Addressing

/// What a daemon that has loaded some states offers over DHCP.
struct ExpectedLeases {
    private(set) var reservations: [FixedAddress] = []
    private(set) var boot: [BootRule] = []
    private var ranges: [LeaseRange] = []
    private var options: [TagText: [OfferMessage.Option: [UInt8]?]] = [:]
    private var holders: Set<Holder> = []
    /// A client of each segment that is offered something for certain.
    private var examples: [TagText: FixedAddress] = [:]

    private struct Holder: Hashable {
        var mac: MACAddress
        var segment: TagText
    }

    /// `servers` are the server's own addresses: whoever they are reserved for, it gives them to nobody.
    init(_ states: some Sequence<DnsmasqState>, servers: [IPv4Address]) {
        for state in states {
            switch state {
            case .range(let range): ranges.append(range)
            case .option(let option): options[option.segment, default: [:]][option.option.code] = option.option.wire
            case .reservation(let reservation): if !servers.contains(reservation.address) { reservations.append(reservation) }
            case .boot(let rule): boot.append(rule)
            case .setting, .zone, .host, .alias, .record, .service, .foreign: break
            }
        }
        for reservation in reservations {
            guard let range = range(of: reservation.address) else { continue }
            holders.insert(Holder(mac: reservation.mac, segment: range.segment))
            if examples[range.segment] == nil { examples[range.segment] = reservation }
        }
    }

    /// The segment that an address belongs to.
    func range(of address: IPv4Address) -> LeaseRange? { ranges.first { $0.network.bits == address.bits & $0.mask.bits } }

    /// The segments by their tags.
    func range(_ segment: TagText) -> LeaseRange? { ranges.first { $0.segment == segment } }

    /// Asks for a reservation; nil: it is in no segment served.
    func question(_ reservation: FixedAddress) -> (TagText, LeaseQuestion)? {
        guard let range = range(of: reservation.address) else { return nil }
        var told = told(range, reservation.lease)
        told[.hostName] = Array(reservation.name.description.utf8)
        return (
            range.segment,
            LeaseQuestion(
                discover: DiscoverMessage(transaction: 0, mac: reservation.mac), subject: reservation.key.description,
                expected: .offer(reservation.address...reservation.address, told))
        )
    }

    /// Asks for what somebody of a segment is told; nil: there is nobody.
    func question(someoneIn range: LeaseRange) -> LeaseQuestion? {
        examples[range.segment].flatMap { question($0)?.1 } ?? question(strangerIn: range)
    }

    /// Asks as somebody whom nobody knows; nil: such a one is given nothing there.
    func question(strangerIn range: LeaseRange) -> LeaseQuestion? {
        guard let pool = range.pool else { return nil }
        return LeaseQuestion(
            discover: DiscoverMessage(transaction: 0, mac: Self.stranger), subject: "a stranger in \(range.segment)",
            expected: .offer(pool.first...pool.last, told(range, range.lease)))
    }

    /// Asks as somebody who had a reservation and has it no more; nil: the address may still be offered, or the segment has gone.
    func question(former reservation: FixedAddress) -> (TagText, LeaseQuestion)? {
        guard let range = range(of: reservation.address) else { return nil }
        if holders.contains(Holder(mac: reservation.mac, segment: range.segment)) { return nil }
        if let pool = range.pool, (pool.first...pool.last).contains(reservation.address) { return nil }
        let discover = DiscoverMessage(transaction: 0, mac: reservation.mac)
        return (
            range.segment,
            LeaseQuestion(discover: discover, subject: "\(reservation.key), gone", expected: .notOffered(reservation.address))
        )
    }

    private func told(_ range: LeaseRange, _ lease: LeaseTime) -> [OfferMessage.Option: [UInt8]?] {
        var told = options[range.segment] ?? [:]
        told[.mask] = range.mask.octets
        told[.leaseTime] = IPv4Address(bits: lease.seconds).octets
        return told
    }

    /// A card that nobody has: locally administered, and all else zeros.
    private static let stranger = MACAddress(octets: [2, 0, 0, 0, 0, 0])
}

extension SegmentOption.Value {
    fileprivate var code: OfferMessage.Option {
        switch self {
        case .router: .router
        case .dnsServer: .dnsServer
        case .domainName: .domainName
        case .domainSearch: .domainSearch
        case .ntpServer: .ntpServer
        }
    }

    /// The option's bytes (RFC 2132; names in a search list without compression); nil: an empty list isn't told.
    fileprivate var wire: [UInt8]? {
        let bytes: [UInt8] =
            switch self {
            case .router(let list), .dnsServer(let list), .ntpServer(let list): list.flatMap(\.octets)
            case .domainName(let name): Array(name.description.utf8)
            case .domainSearch(let list): list.flatMap(\.wire)
            }
        return bytes.isEmpty ? nil : bytes
    }
}
