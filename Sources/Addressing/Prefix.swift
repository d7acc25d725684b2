/// A block of addresses that share their first bits (RFC 4632 §3.1, RFC 4291 §2.3): `10.20.99.0/24`.
///
/// All bits after the length are zero, so that equal prefixes are equal values. They are ordered by network, the longer block first, which
/// puts a prefix before those inside it.
public struct Prefix: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The first address of the block.
    public let network: IPAddress
    private let bitLength: UInt8

    /// The number of bits that the addresses share.
    public var length: Int { Int(bitLength) }

    /// Makes a prefix; host bits in the network are an error, and so is a length the family doesn't have.
    public init(network: IPAddress, length: Int) throws(AddressingError) {
        try self.init(containing: network, length: length)
        guard self.network == network else { throw hostBits(in: "\(network)/\(length)") }
    }

    /// Makes the prefix of a length that an address is in; a length the family doesn't have is an error.
    public init(containing address: IPAddress, length: Int) throws(AddressingError) {
        guard 0...address.family.bitCount ~= length else {
            let rule = BrokenRule("the length is \(length), an \(address.family) prefix has 0 to \(address.family.bitCount)")
            throw AddressingError(.prefix, "\(address)/\(length)", rule)
        }
        self.init(address, length)
    }

    /// Reads a prefix. Host bits are an error whose `hasHostBits` is true and whose `correction` is the network.
    public init(_ text: String) throws(AddressingError) {
        let (address, prefix) = try Self.parseLenient(text)
        guard prefix.network == address else { throw prefix.hostBits(in: text) }
        self = prefix
    }

    /// Reads an address with a length, as an interface carries it: `10.20.99.21/24` is that address, in 10.20.99.0/24.
    public static func parseLenient(_ text: String) throws(AddressingError) -> (address: IPAddress, prefix: Prefix) {
        let utf8 = text.utf8
        do throws(BrokenRule) {
            return try parse(utf8.span)
        } catch {
            throw AddressingError(.prefix, text, error)
        }
    }

    private init(_ address: IPAddress, _ length: Int) {
        network = address.masked(to: length)
        bitLength = UInt8(length)
    }

    private static func parse(_ bytes: Span<UInt8>) throws(BrokenRule) -> (address: IPAddress, prefix: Prefix) {
        guard !bytes.isEmpty else { throw .empty }
        guard let slash = bytes.firstIndex(of: 0x2F) else { throw BrokenRule("it has no length, as /24 is one") }
        let address: IPAddress
        do throws(BrokenRule) {
            address = try IPAddress.parse(bytes.extracting(0..<slash))
        } catch {
            throw error.of("its address")
        }
        let digits = bytes.extracting(slash + 1..<bytes.count)
        let length = try digits.decimalNumber(called: "the length", largest: address.family.bitCount)
        return (address, Prefix(address, length))
    }

    private func hostBits(in text: String) -> AddressingError {
        var rule = BrokenRule("bits are set after the first \(length)", correction: description)
        rule.isHostBits = true
        return AddressingError(.prefix, text, rule)
    }

    /// The family its addresses are of.
    public var family: IPAddress.Family { network.family }

    /// Orders prefixes by network, the longer block first.
    public static func < (a: Prefix, b: Prefix) -> Bool {
        a.network == b.network ? a.bitLength < b.bitLength : a.network < b.network
    }

    /// The network, a slash and the length.
    public var description: String {
        var text = ASCIIText<43>()
        text.append(network)
        text.append(0x2F)
        text.append(decimal: bitLength)
        return text.string
    }
}
