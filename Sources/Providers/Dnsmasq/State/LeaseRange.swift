public import Addressing
import Planning

/// How long a lease lasts.
public struct LeaseTime: Hashable, Sendable, CustomStringConvertible {
    /// Seconds; `UInt32.max` is for ever.
    public let seconds: UInt32

    /// Makes a lease time.
    public init(seconds: UInt32) { self.seconds = seconds }

    /// Seconds, or "infinite".
    public var description: String { seconds == .max ? "infinite" : String(seconds) }

    /// What dnsmasq 2.90 keeps as it is: less than two minutes is raised, more than 2³¹ - 1 seconds overflows.
    static let expressible: ClosedRange<UInt32> = 120...2_147_483_647

    init?(_ text: some StringProtocol) {
        if text == "infinite" {
            seconds = .max
        } else {
            guard let seconds = UInt32(text), seconds != .max else { return nil }
            self.seconds = seconds
        }
    }
}

/// DHCP on one segment, for IPv4.
public struct LeaseRange: Hashable, Sendable {
    /// The segment.
    public let segment: TagText
    /// Its prefix.
    public let network: IPv4Address
    /// The prefix's mask.
    public let mask: IPv4Address
    /// The first and last address to lease; nil: reservations only.
    public let pool: Pool?
    /// How long a lease lasts.
    public let lease: LeaseTime

    /// Addresses to lease, both ends included.
    public struct Pool: Hashable, Sendable {
        /// The first.
        public var first: IPv4Address
        /// The last.
        public var last: IPv4Address
    }

    /// Makes a range; nil when the prefix isn't IPv4 or the pool doesn't lie in it.
    public init?(segment: TagText, prefix: Prefix, pool: AddressRange?, lease: LeaseTime) {
        guard let network = prefix.network.v4, let mask = prefix.netmask else { return nil }
        self.segment = segment
        self.network = network
        self.mask = mask
        self.lease = lease
        guard let pool else {
            self.pool = nil
            return
        }
        guard prefix.contains(pool), let first = pool.lower.v4, let last = pool.upper.v4 else { return nil }
        self.pool = Pool(first: first, last: last)
    }

    /// The segment and the family.
    public var key: String { Self.key(of: segment) }

    static func key(of segment: TagText) -> String { "\(segment).ipv4" }

    var attributes: [Attribute] {
        [
            Attribute("network", "\(network)"), Attribute("netmask", "\(mask)"),
            Attribute("pool", pool.map { "\($0.first)-\($0.last)" } ?? "reservations only"), Attribute("lease", "\(lease)"),
        ]
    }

    var line: String {
        let ends = pool.map { "\($0.first),\($0.last)" } ?? "\(network),static"
        return "dhcp-range=set:\(Tag.segment)\(segment),\(ends),\(mask),\(lease)"
    }

    /// Reads what stands right of `dhcp-range=`.
    init?(value: Substring) {
        let fields = value.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 5, let segment = Self.segment(fields[0], after: "set:"), let lease = LeaseTime(fields[4]) else { return nil }
        guard let start = try? IPv4Address(String(fields[1])), let mask = try? IPv4Address(String(fields[3])) else { return nil }
        let length = (~mask.bits).leadingZeroBitCount
        guard let prefix = try? Prefix(containing: .v4(start), length: length), prefix.netmask == mask else { return nil }
        if fields[2] == "static" {
            self.init(segment: segment, prefix: prefix, pool: nil, lease: lease)
        } else {
            guard let end = try? IPv4Address(String(fields[2])), let pool = try? AddressRange(.v4(start), .v4(end)) else { return nil }
            self.init(segment: segment, prefix: prefix, pool: pool, lease: lease)
        }
    }

    static func segment(_ field: Substring, after verb: String) -> TagText? {
        let start = verb + Tag.segment
        return field.hasPrefix(start) ? TagText(String(field.dropFirst(start.count))) : nil
    }
}
