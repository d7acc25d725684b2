/// A 48-bit hardware address (EUI-48, IEEE 802-2014 §8), ordered by its octets.
///
/// Read in colon form `02:de:20:01:00:01`, hyphen form `02-DE-20-01-00-01` and Cisco's `02de.2001.0001`, in any case; printed in
/// lower-case colon form.
public struct MACAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The address in the low 48 bits, first octet highest.
    public let bits: UInt64

    /// Makes an address from its octets in the order they are written.
    public init(octets: InlineArray<6, UInt8>) {
        var bits: UInt64 = 0
        for i in octets.indices { bits = bits << 8 | UInt64(octets[i]) }
        self.bits = bits
    }

    /// Reads an address.
    public init(_ text: String) throws(AddressingError) {
        let utf8 = text.utf8
        let bytes = utf8.span
        guard let bits = Self.pairs(bytes) ?? Self.quads(bytes) else { throw AddressingError(.macAddress, text, Self.brokenRule(bytes)) }
        self.bits = bits
    }

    /// Whether a text is an address as `description` would print it.
    public static func isCanonicalText(_ text: String) -> Bool {
        let utf8 = text.utf8
        let bytes = utf8.span
        guard bytes.count == 17 else { return false }
        for i in bytes.indices {
            switch bytes[i] {
            case 0x30...0x39, 0x61...0x66: guard i % 3 != 2 else { return false }
            case colon: guard i % 3 == 2 else { return false }
            default: return false
            }
        }
        return true
    }

    /// Whether it names a group of receivers, as broadcast does: no interface has such an address of its own.
    public var isMulticast: Bool { bits >> 40 & 1 == 1 }

    /// Whether it was chosen locally instead of being assigned to the maker of the hardware.
    public var isLocallyAdministered: Bool { bits >> 41 & 1 == 1 }

    /// The octets in the order they are written.
    public var octets: InlineArray<6, UInt8> { InlineArray { UInt8(truncatingIfNeeded: bits >> (40 - 8 * UInt64($0))) } }

    /// Orders addresses by their octets.
    public static func < (a: MACAddress, b: MACAddress) -> Bool { a.bits < b.bits }

    /// The address in lower-case colon form.
    public var description: String { text.string }

    /// Writes ``description`` behind what is in a buffer.
    public func write(to buffer: inout [UInt8]) { text.write(to: &buffer) }

    private var text: ASCIIText<17> {
        var text = ASCIIText<17>()
        text.append(hexPair: UInt8(truncatingIfNeeded: bits >> 40))
        var shift: UInt64 = 40
        while shift > 0 {
            shift &-= 8
            text.append(colon)
            text.append(hexPair: UInt8(truncatingIfNeeded: bits >> shift))
        }
        return text
    }
}

private let colon: UInt8 = 0x3A
private let hyphen: UInt8 = 0x2D
private let dot: UInt8 = 0x2E

extension MACAddress {
    /// Six pairs of digits between colons or hyphens.
    @inline(__always)
    private static func pairs(_ bytes: Span<UInt8>) -> UInt64? {
        guard bytes.count == 17 else { return nil }
        let separator = bytes[2]
        guard separator == colon || separator == hyphen else { return nil }
        var bits: UInt64 = 0
        var i = 0
        while true {
            let high = bytes[i].hexValue
            let low = bytes[i &+ 1].hexValue
            guard high | low < 16 else { return nil }
            bits = bits << 8 | UInt64(high << 4 | low)
            guard i < 15 else { return bits }
            guard bytes[i &+ 2] == separator else { return nil }
            i &+= 3
        }
    }

    /// Three groups of four digits between dots.
    private static func quads(_ bytes: Span<UInt8>) -> UInt64? {
        guard bytes.count == 14, bytes[4] == dot, bytes[9] == dot else { return nil }
        var bits: UInt64 = 0
        for i in bytes.indices where i != 4 && i != 9 {
            let digit = bytes[i].hexValue
            guard digit < 16 else { return nil }
            bits = bits << 4 | UInt64(digit)
        }
        return bits
    }

    /// What is wrong with a text that neither form fits.
    private static func brokenRule(_ bytes: Span<UInt8>) -> BrokenRule {
        guard !bytes.isEmpty else { return .empty }
        var separator: UInt8?
        var groupLengths = [0]
        for i in bytes.indices {
            let byte = bytes[i]
            if byte.hexValue < 16 {
                groupLengths[groupLengths.count - 1] += 1
                continue
            }
            guard byte == colon || byte == hyphen || byte == dot else {
                return BrokenRule("character \(i + 1) is \(bytes.character(at: i)); it is made of hexadecimal digits and separators")
            }
            if let separator, separator != byte {
                return BrokenRule("it mixes the separators '\(Unicode.Scalar(separator))' and '\(Unicode.Scalar(byte))'")
            }
            separator = byte
            groupLengths.append(0)
        }
        guard let separator else { return withoutSeparators(bytes) }
        let (groups, digits) = separator == dot ? (3, 4) : (6, 2)
        for (i, length) in groupLengths.enumerated() where length != digits {
            return BrokenRule("group \(i + 1) has \(length) hexadecimal digit\(length == 1 ? "" : "s"), it needs \(digits)")
        }
        return BrokenRule("it has \(groupLengths.count) groups of \(digits) digits, \(groups) are needed")
    }

    private static func withoutSeparators(_ bytes: Span<UInt8>) -> BrokenRule {
        guard bytes.count == 12 else { return BrokenRule("it is \(bytes.count) hexadecimal digits, 12 in pairs are needed") }
        var bits: UInt64 = 0
        for i in bytes.indices { bits = bits << 4 | UInt64(bytes[i].hexValue) }
        let octets = InlineArray<6, UInt8> { UInt8(truncatingIfNeeded: bits >> (40 - 8 * UInt64($0))) }
        return BrokenRule("its digits stand without separators", correction: MACAddress(octets: octets).description)
    }
}
