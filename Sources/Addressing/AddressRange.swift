/// Consecutive addresses of one family, both ends included: `10.20.99.100-10.20.99.200`. Ordered by the lower end, then the upper.
public struct AddressRange: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The first address.
    public let lower: IPAddress
    /// The last address, of the same family and not before the first.
    public let upper: IPAddress

    /// Makes a range; ends of two families or in the wrong order are an error.
    public init(_ lower: IPAddress, _ upper: IPAddress) throws(AddressingError) {
        do throws(BrokenRule) {
            self = try Self.checked(lower, upper)
        } catch {
            throw AddressingError(.addressRange, "\(lower)-\(upper)", error)
        }
    }

    /// Reads a range: two addresses with a hyphen and nothing else between them.
    public init(_ text: String) throws(AddressingError) {
        let utf8 = text.utf8
        do throws(BrokenRule) {
            self = try Self.parse(utf8.span)
        } catch {
            throw AddressingError(.addressRange, text, error)
        }
    }

    init(ordered lower: IPAddress, _ upper: IPAddress) {
        self.lower = lower
        self.upper = upper
    }

    private static func checked(_ lower: IPAddress, _ upper: IPAddress) throws(BrokenRule) -> AddressRange {
        guard lower.family == upper.family else {
            throw BrokenRule("its ends are of two families, \(lower.family) and \(upper.family)")
        }
        guard lower <= upper else { throw BrokenRule("its upper end comes before its lower end", correction: "\(upper)-\(lower)") }
        return AddressRange(ordered: lower, upper)
    }

    private static func parse(_ bytes: Span<UInt8>) throws(BrokenRule) -> AddressRange {
        guard !bytes.isEmpty else { throw .empty }
        guard let hyphen = bytes.firstIndex(of: 0x2D) else { throw BrokenRule("it has no '-' between two addresses") }
        if hyphen > 0, bytes[hyphen - 1] == 0x20 { throw BrokenRule("a space stands before its '-'") }
        if hyphen + 1 < bytes.count, bytes[hyphen + 1] == 0x20 { throw BrokenRule("a space stands after its '-'") }
        let lower = try end(bytes.extracting(0..<hyphen), "its lower end")
        let upper = try end(bytes.extracting(hyphen + 1..<bytes.count), "its upper end")
        return try checked(lower, upper)
    }

    private static func end(_ bytes: Span<UInt8>, _ name: String) throws(BrokenRule) -> IPAddress {
        do throws(BrokenRule) {
            return try IPAddress.parse(bytes)
        } catch {
            throw error.of(name)
        }
    }

    /// The family its addresses are of.
    public var family: IPAddress.Family { lower.family }

    /// How many addresses it has. All of IPv6 has one more than fits, and counts as `UInt128.max`.
    public var count: UInt128 {
        let (count, overflow) = (upper.bits - lower.bits).addingReportingOverflow(1)
        return overflow ? .max : count
    }

    /// Whether an address is in the range.
    public func contains(_ address: IPAddress) -> Bool { lower <= address && address <= upper }

    /// Whether all of another range is in this one.
    public func contains(_ other: AddressRange) -> Bool { lower <= other.lower && other.upper <= upper }

    /// Whether an address is in both ranges.
    public func overlaps(_ other: AddressRange) -> Bool { lower <= other.upper && other.lower <= upper }

    /// Orders ranges by the lower end, then the upper.
    public static func < (a: AddressRange, b: AddressRange) -> Bool { a.lower == b.lower ? a.upper < b.upper : a.lower < b.lower }

    /// Both ends with a hyphen between them.
    public var description: String {
        var text = ASCIIText<79>()
        text.append(lower)
        text.append(0x2D)
        text.append(upper)
        return text.string
    }
}
