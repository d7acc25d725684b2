/// The 802.1Q tag of a VLAN, 1 to 4094: 0 marks priority without a VLAN and 4095 is reserved (IEEE 802.1Q-2018 table 9-2).
public struct VLANID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number.
    public let number: UInt16

    /// Makes an id from its number.
    public init(_ number: Int) throws(AddressingError) {
        do throws(BrokenRule) {
            self.number = try Self.checked(number)
        } catch {
            throw AddressingError(.vlanID, "\(number)", error)
        }
    }

    /// Reads a decimal number.
    public init(_ text: String) throws(AddressingError) {
        let utf8 = text.utf8
        do throws(BrokenRule) {
            number = try Self.checked(try utf8.span.decimalNumber(called: "the id", largest: 4095))
        } catch {
            throw AddressingError(.vlanID, text, error)
        }
    }

    private static func checked(_ number: Int) throws(BrokenRule) -> UInt16 {
        switch number {
        case 1...4094: return UInt16(number)
        case 0: throw BrokenRule("0 is reserved for frames that carry a priority and no VLAN; ids are 1 to 4094")
        case 4095: throw BrokenRule("4095 is reserved; ids are 1 to 4094")
        default: throw BrokenRule("ids are 1 to 4094")
        }
    }

    /// Orders ids by number.
    public static func < (a: VLANID, b: VLANID) -> Bool { a.number < b.number }

    /// The decimal number.
    public var description: String { "\(number)" }
}
