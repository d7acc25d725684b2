import Addressing

/// A DHCPDISCOVER with what a daemon that has loaded the desired states offers.
struct LeaseQuestion: RehearsalQuestion {
    /// What must come back.
    enum Expected {
        /// One of these addresses, with these options; nil: the option isn't told.
        case offer(ClosedRange<IPv4Address>, [OfferMessage.Option: [UInt8]?])
        /// Another address than this, or none.
        case notOffered(IPv4Address)
    }

    var discover: DiscoverMessage
    /// Whose address it is, for people: a reservation's key or a segment.
    var subject: String
    var expected: Expected

    var message: [UInt8] { discover.frame }
    var number: UInt32 { discover.transaction }
    var mustBeAnswered: Bool { if case .offer = expected { true } else { false } }

    static func number(of message: [UInt8]) -> UInt32? { OfferMessage(frame: message)?.transaction }
    func reply(in message: [UInt8]) -> OfferMessage? { OfferMessage(frame: message) }

    /// What is asked, for people.
    var what: String { "DHCP for \(discover.mac) (\(subject))" }

    /// What was wanted and what came back instead; nil: what should.
    func problem(_ reply: OfferMessage?) -> (wanted: String, got: String)? {
        switch expected {
        case .notOffered(let address): return reply?.address == address ? ("another address than \(address)", "\(address)") : nil
        case .offer(let addresses, let options):
            let wanted = addresses.lowerBound == addresses.upperBound ? "\(addresses.lowerBound)" : "one of the pool"
            guard let reply else { return (wanted, "no offer") }
            guard addresses.contains(reply.address) else { return (wanted, "\(reply.address)") }
            for (option, value) in options.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                let told = option == .domainSearch ? (reply[option] == nil ? nil : reply.search) : reply[option]
                guard told != value else { continue }
                return ("\(option) \(Self.text(value, of: option))", "\(option) \(Self.text(told, of: option))")
            }
            return nil
        }
    }

    private static func text(_ value: [UInt8]?, of option: OfferMessage.Option) -> String {
        guard let value else { return "not told" }
        switch option {
        case .mask, .router, .dnsServer, .ntpServer:
            return stride(from: 0, to: value.count, by: 4).map { start in
                IPv4Address(bits: value.dropFirst(start).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }).description
            }.joined(separator: ", ")
        case .leaseTime: return "\(value.reduce(0 as UInt64) { $0 << 8 | UInt64($1) })"
        case .domainSearch:
            var reader = MessageReader(bytes: value)
            var names: [String] = []
            while let name = reader.name() { names.append(DomainName(wire: name)?.description ?? "\(name)") }
            return names.joined(separator: ", ")
        default: return "'\(String(decoding: value, as: UTF8.self))'"
        }
    }
}
