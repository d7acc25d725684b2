/// An address of either family. IPv4 addresses come before IPv6 ones.
///
/// An IPv4-mapped IPv6 address stays what it was written as: `::ffff:10.0.0.1` and `10.0.0.1` are different values.
public enum IPAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// An IPv4 address.
    case v4(IPv4Address)
    /// An IPv6 address.
    case v6(IPv6Address)

    /// An address family.
    public enum Family: String, Hashable, Comparable, CaseIterable, Sendable, CustomStringConvertible {
        /// 32-bit addresses.
        case ipv4 = "IPv4"
        /// 128-bit addresses.
        case ipv6 = "IPv6"

        /// The length of an address in bits.
        public var bitCount: Int { self == .ipv4 ? 32 : 128 }

        /// Orders IPv4 before IPv6.
        public static func < (a: Family, b: Family) -> Bool { a.bitCount < b.bitCount }

        /// "IPv4" or "IPv6".
        public var description: String { rawValue }
    }

    /// Reads an address of either family.
    public init(_ text: String) throws(AddressingError) {
        let utf8 = text.utf8
        let bytes = utf8.span
        do throws(BrokenRule) {
            self = try Self.parse(bytes)
        } catch {
            throw AddressingError(Self.kindMeant(by: bytes), text, error)
        }
    }

    /// The family it is of.
    public var family: Family {
        switch self {
        case .v4: .ipv4
        case .v6: .ipv6
        }
    }

    /// The IPv4 address, if it is one.
    public var v4: IPv4Address? {
        guard case .v4(let address) = self else { return nil }
        return address
    }

    /// The IPv6 address, if it is one.
    public var v6: IPv6Address? {
        guard case .v6(let address) = self else { return nil }
        return address
    }

    /// Whether it is the family's "no address": 0.0.0.0 or `::`.
    public var isUnspecified: Bool {
        switch self {
        case .v4(let address): address.isUnspecified
        case .v6(let address): address.isUnspecified
        }
    }

    /// Whether it never leaves the host: 127.0.0.0/8 or `::1`.
    public var isLoopback: Bool {
        switch self {
        case .v4(let address): address.isLoopback
        case .v6(let address): address.isLoopback
        }
    }

    /// Whether it names a group: 224.0.0.0/4 or ff00::/8.
    public var isMulticast: Bool {
        switch self {
        case .v4(let address): address.isMulticast
        case .v6(let address): address.isMulticast
        }
    }

    /// Whether it is valid on one link only: 169.254.0.0/16 or fe80::/10.
    public var isLinkLocal: Bool {
        switch self {
        case .v4(let address): address.isLinkLocal
        case .v6(let address): address.isLinkLocal
        }
    }

    /// The name its PTR record stands at, under `in-addr.arpa` or `ip6.arpa`.
    public var reverseName: DomainName {
        switch self {
        case .v4(let address): address.reverseName
        case .v6(let address): address.reverseName
        }
    }

    /// The address a distance away, negative for before; nil outside the family's space.
    public func advanced(by distance: Int) -> IPAddress? {
        switch self {
        case .v4(let address):
            let (sum, overflow) = Int64(address.bits).addingReportingOverflow(Int64(distance))
            guard !overflow, let bits = UInt32(exactly: sum) else { return nil }
            return .v4(IPv4Address(bits: bits))
        case .v6(let address):
            let magnitude = UInt128(distance.magnitude)
            let (bits, overflow) =
                distance < 0 ? address.bits.subtractingReportingOverflow(magnitude) : address.bits.addingReportingOverflow(magnitude)
            return overflow ? nil : .v6(IPv6Address(bits: bits))
        }
    }

    /// Orders IPv4 before IPv6, and addresses of one family numerically.
    public static func < (a: IPAddress, b: IPAddress) -> Bool {
        switch (a, b) {
        case (.v4(let a), .v4(let b)): a < b
        case (.v6(let a), .v6(let b)): a < b
        case (.v4, .v6): true
        case (.v6, .v4): false
        }
    }

    /// The address in its family's canonical form.
    public var description: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address): address.description
        }
    }

    /// Writes ``description`` behind what is in a buffer.
    public func write(to buffer: inout [UInt8]) {
        switch self {
        case .v4(let address): address.write(to: &buffer)
        case .v6(let address): address.write(to: &buffer)
        }
    }
}

extension IPAddress {
    static func parse(_ bytes: Span<UInt8>) throws(BrokenRule) -> IPAddress {
        if looksLikeIPv6(bytes) { return .v6(IPv6Address(bits: try IPv6Address.parse(bytes))) }
        return .v4(IPv4Address(bits: try IPv4Address.parse(bytes)))
    }

    private static func kindMeant(by bytes: Span<UInt8>) -> AddressingError.Kind {
        if looksLikeIPv6(bytes) { return .ipv6Address }
        return bytes.firstIndex(of: 0x2E) == nil ? .ipAddress : .ipv4Address
    }

    /// Decided by the separator that comes first, which is within the first five characters of every good address.
    private static func looksLikeIPv6(_ bytes: Span<UInt8>) -> Bool {
        for i in bytes.indices where bytes[i] == 0x3A || bytes[i] == 0x2E { return bytes[i] == 0x3A }
        return false
    }

    var bits: UInt128 {
        switch self {
        case .v4(let address): UInt128(address.bits)
        case .v6(let address): address.bits
        }
    }

    /// The address with all bits after a length cleared.
    func masked(to length: Int) -> IPAddress {
        switch self {
        case .v4(let address): .v4(IPv4Address(bits: address.bits & ~(UInt32.max >> length)))
        case .v6(let address): .v6(IPv6Address(bits: address.bits & ~(UInt128.max >> length)))
        }
    }

    /// The address with all bits after a length set.
    func filled(from length: Int) -> IPAddress {
        switch self {
        case .v4(let address): .v4(IPv4Address(bits: address.bits | UInt32.max >> length))
        case .v6(let address): .v6(IPv6Address(bits: address.bits | UInt128.max >> length))
        }
    }
}

extension ASCIIText {
    mutating func append(_ address: IPAddress) {
        switch address {
        case .v4(let address): append(address)
        case .v6(let address): append(address)
        }
    }
}
