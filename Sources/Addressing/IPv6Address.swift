/// An IPv6 address (RFC 4291), ordered numerically.
///
/// Every text form of RFC 4291 §2.2 is read, the last 32 bits as an IPv4 address too; RFC 5952's single form is printed. A zone id
/// (`fe80::1%eth0`) is refused: it names an interface of one machine, which is no part of the address.
public struct IPv6Address: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The first 64 bits.
    public let high: UInt64
    /// The last 64 bits.
    public let low: UInt64

    /// Makes an address from its halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Makes an address from its number.
    public init(bits: UInt128) {
        high = UInt64(truncatingIfNeeded: bits >> 64)
        low = UInt64(truncatingIfNeeded: bits)
    }

    /// Reads an address.
    public init(_ text: String) throws(AddressingError) {
        let utf8 = text.utf8
        do throws(BrokenRule) {
            self.init(bits: try Self.parse(utf8.span))
        } catch {
            throw AddressingError(.ipv6Address, text, error)
        }
    }

    /// The address as a number.
    public var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// Whether it is `::` (RFC 4291 §2.5.2).
    public var isUnspecified: Bool { high == 0 && low == 0 }

    /// Whether it is `::1` (RFC 4291 §2.5.3).
    public var isLoopback: Bool { high == 0 && low == 1 }

    /// Whether it names a group: ff00::/8 (RFC 4291 §2.7).
    public var isMulticast: Bool { high >> 56 == 0xFF }

    /// Whether it is valid on one link only: fe80::/10 (RFC 4291 §2.5.6).
    public var isLinkLocal: Bool { high >> 54 == 0xFE80 >> 6 }

    /// The name its PTR record stands at (RFC 3596 §2.5): 32 nibbles under `ip6.arpa`, the last first.
    public var reverseName: DomainName { reverseName(nibbles: 32) }

    /// Orders addresses numerically.
    public static func < (a: IPv6Address, b: IPv6Address) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }

    /// The form of RFC 5952: lower case, no leading zeros, the longest run of at least two zero groups as `::`, the first of equals.
    ///
    /// IPv4-mapped addresses (::ffff:0:0/96) end in a dotted quad (§5). The deprecated IPv4-compatible ones (::/96) don't: `::1:2` is far
    /// more often an address someone chose.
    public var description: String { text.string }

    /// Writes ``description`` behind what is in a buffer.
    public func write(to buffer: inout [UInt8]) { text.write(to: &buffer) }

    private var text: ASCIIText<39> {
        var text = ASCIIText<39>()
        text.append(self)
        return text
    }
}
