extension Prefix {
    /// Whether an address is in the block.
    public func contains(_ address: IPAddress) -> Bool {
        switch (network, address) {
        case (.v4(let network), .v4(let address)): (network.bits ^ address.bits) & ~(UInt32.max >> length) == 0
        case (.v6(let network), .v6(let address)): (network.bits ^ address.bits) & ~(UInt128.max >> length) == 0
        default: false
        }
    }

    /// Whether all of another block is in this one; a block contains itself.
    public func contains(_ other: Prefix) -> Bool { length <= other.length && contains(other.network) }

    /// Whether all of a range is in the block.
    public func contains(_ range: AddressRange) -> Bool { contains(range.lower) && contains(range.upper) }

    /// Whether an address is in both blocks, which means that one contains the other.
    public func overlaps(_ other: Prefix) -> Bool { contains(other) || other.contains(self) }

    /// The last address of the block.
    public var lastAddress: IPAddress { network.filled(from: length) }

    /// All addresses of the block, the network itself among them.
    public var addresses: AddressRange { AddressRange(ordered: network, lastAddress) }

    /// The broadcast address; nil for IPv6, and for /31 and /32, which have none (RFC 3021).
    public var broadcast: IPv4Address? { length < 31 ? lastAddress.v4 : nil }

    /// The mask that IPv4 configuration files ask for: 255.255.255.0 for a /24; nil for IPv6.
    public var netmask: IPv4Address? { family == .ipv4 ? IPv4Address(bits: ~(UInt32.max >> length)) : nil }

    /// The first address an interface can have.
    ///
    /// The network itself isn't one (for IPv6 it is the routers' anycast address, RFC 4291 §2.6.1), except in blocks of one or two
    /// addresses (RFC 3021, RFC 6164).
    public var firstUsable: IPAddress { hasReservedNetwork ? network.advanced(by: 1) ?? network : network }

    /// The last address an interface can have: the one before the broadcast address, or for IPv6 the last of the block.
    public var lastUsable: IPAddress { broadcast == nil ? lastAddress : lastAddress.advanced(by: -1) ?? lastAddress }

    private var hasReservedNetwork: Bool { length < family.bitCount - 1 }

    /// The apexes of the reverse zones that together hold the PTR records of the block, in address order.
    ///
    /// Zones are cut at octets (IPv4) or nibbles (IPv6): a /24 is one zone, a /23 two, a /20 sixteen. The last octet or nibble is always
    /// left for the owner names, so a block longer than /24 or /124 lies in one zone that others share (RFC 2317 delegation isn't used).
    public var reverseZones: [DomainName] {
        let step = family == .ipv4 ? 8 : 4
        let cut = min((length + step - 1) / step * step, family.bitCount - step)
        let count = cut > length ? 1 << (cut - length) : 1
        return (0..<count).map { index in
            switch network {
            case .v4(let address):
                IPv4Address(bits: address.bits | UInt32(index) << (32 - cut)).reverseName(octets: cut / 8)
            case .v6(let address):
                IPv6Address(bits: address.bits | UInt128(index) << (128 - cut)).reverseName(nibbles: cut / 4)
            }
        }
    }
}
