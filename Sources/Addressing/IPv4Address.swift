/// An IPv4 address (RFC 791), ordered numerically.
///
/// Only the strict dotted quad is read (RFC 6943 §3.1.1): four decimal numbers without leading zeros. The short, hexadecimal and octal
/// forms that `inet_aton` takes mean different addresses to different programs, and `010` is 8 to one of them and 10 to the next.
public struct IPv4Address: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The address as a number, first octet highest.
    public let bits: UInt32

    /// Makes an address from its number.
    public init(bits: UInt32) { self.bits = bits }

    /// Makes an address from its octets in the order they are written.
    public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
        bits = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
    }

    /// Reads a dotted quad.
    public init(_ text: String) throws(AddressingError) {
        let utf8 = text.utf8
        do throws(BrokenRule) {
            bits = try Self.parse(utf8.span)
        } catch {
            throw AddressingError(.ipv4Address, text, error)
        }
    }

    /// Whether it is 0.0.0.0.
    public var isUnspecified: Bool { bits == 0 }

    /// Whether it never leaves the host: 127.0.0.0/8 (RFC 1122 §3.2.1.3).
    public var isLoopback: Bool { bits >> 24 == 127 }

    /// Whether it names a group: 224.0.0.0/4 (RFC 5771).
    public var isMulticast: Bool { bits >> 28 == 0xE }

    /// Whether it is valid on one link only: 169.254.0.0/16 (RFC 3927).
    public var isLinkLocal: Bool { bits >> 16 == 0xA9FE }

    /// The name its PTR record stands at (RFC 1035 §3.5): `21.99.20.10.in-addr.arpa` for 10.20.99.21.
    public var reverseName: DomainName { reverseName(octets: 4) }

    /// Orders addresses numerically.
    public static func < (a: IPv4Address, b: IPv4Address) -> Bool { a.bits < b.bits }

    /// The dotted quad.
    public var description: String { text.string }

    /// Writes ``description`` behind what is in a buffer.
    public func write(to buffer: inout [UInt8]) { text.write(to: &buffer) }

    private var text: ASCIIText<15> {
        var text = ASCIIText<15>()
        text.append(self)
        return text
    }
}

extension IPv4Address {
    static func parse(_ bytes: Span<UInt8>) throws(BrokenRule) -> UInt32 {
        var bits: UInt32 = 0
        var octet: UInt32 = 0
        var number = 1
        var start = 0
        for i in bytes.indices {
            let digit = bytes[i].decimalValue
            if digit < 10 {
                guard octet != 0 || i == start else { throw leadingZero(bytes, number, start) }
                octet = octet &* 10 &+ UInt32(digit)
                guard octet <= 255 else { throw BrokenRule("octet \(number) is \(bytes.digits(from: start)), the largest is 255") }
            } else {
                guard bytes[i] == 0x2E else { throw unexpected(bytes, i) }
                guard i > start else { throw BrokenRule("octet \(number) is empty") }
                guard number < 4 else { throw BrokenRule("it has more than 4 octets") }
                bits = bits << 8 | octet
                octet = 0
                number &+= 1
                start = i &+ 1
            }
        }
        guard start < bytes.count else { throw bytes.isEmpty ? .empty : BrokenRule("octet \(number) is empty") }
        guard number == 4 else { throw BrokenRule("it has \(number) octet\(number == 1 ? "" : "s"), 4 are needed") }
        return bits << 8 | octet
    }

    private static func leadingZero(_ bytes: Span<UInt8>, _ number: Int, _ start: Int) -> BrokenRule {
        BrokenRule("octet \(number) is \(bytes.digits(from: start)); with a leading zero some programs read it as octal")
    }

    private static func unexpected(_ bytes: Span<UInt8>, _ offset: Int) -> BrokenRule {
        if bytes[offset] == 0x2F { return BrokenRule("it has a prefix length, and an address stands without one") }
        return BrokenRule("character \(offset + 1) is \(bytes.character(at: offset)); it is made of digits and dots")
    }

    func octet(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: bits >> (24 &- 8 &* UInt32(truncatingIfNeeded: index))) }

    /// The reverse name of the first octets alone: the apex of the zone for a prefix on that boundary.
    func reverseName(octets: Int) -> DomainName {
        var text = ASCIIText<28>()
        for i in (0..<octets).reversed() {
            text.append(decimal: octet(i))
            text.append(0x2E)
        }
        text.append("in-addr.arpa")
        return DomainName(canonical: text.string)
    }
}

extension ASCIIText {
    @inline(__always)
    mutating func append(_ address: IPv4Address) {
        append(decimal: UInt8(truncatingIfNeeded: address.bits >> 24))
        append(0x2E)
        append(decimal: UInt8(truncatingIfNeeded: address.bits >> 16))
        append(0x2E)
        append(decimal: UInt8(truncatingIfNeeded: address.bits >> 8))
        append(0x2E)
        append(decimal: UInt8(truncatingIfNeeded: address.bits))
    }
}
