public import Addressing
import Planning

/// A name and its addresses: A and AAAA records, and the PTR records of those addresses whose reverse name it is.
///
/// In a hosts file the first name of an address is its reverse name, so every address that is written has exactly one.
public struct HostAddresses: Hashable, Sendable {
    /// The name.
    public let name: DomainName
    /// The addresses, sorted, each once.
    public let addresses: [IPAddress]
    /// The addresses whose PTR record says this name, sorted.
    public let reverse: [IPAddress]

    /// Makes a name's addresses; `reverse` is cut to what is among them.
    public init(_ name: DomainName, addresses: [IPAddress], reverse: [IPAddress]) {
        self.name = name
        // Nearly every name has one address.
        self.addresses = addresses.count < 2 ? addresses : Set(addresses).sorted()
        guard reverse != addresses else {
            self.reverse = self.addresses
            return
        }
        let known = reverse.filter { addresses.contains($0) }
        self.reverse = known.count < 2 ? known : Set(known).sorted()
    }

    var attributes: [Attribute] {
        [
            Attribute("addresses", addresses.map(\.description).joined(separator: ", ")),
            Attribute("reverse", reverse.map(\.description).joined(separator: ", ")),
        ]
    }
}

/// One line of a hosts file.
struct HostLine: Hashable {
    var address: IPAddress
    var name: DomainName
    var isReverse: Bool

    var text: String { address.description + " " + name.description }

    /// Reads a line; whether it makes the PTR record, its place tells.
    init?(_ text: Substring, isReverse: (IPAddress) -> Bool) {
        guard let space = text.utf8.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        guard let address = try? IPAddress(String(text[..<space])) else { return nil }
        guard let name = try? DomainName(underscored: String(text[text.utf8.index(after: space)...])) else { return nil }
        self.init(address: address, name: name, isReverse: isReverse(address))
        guard self.text == text else { return nil }
    }

    init(address: IPAddress, name: DomainName, isReverse: Bool) {
        self.address = address
        self.name = name
        self.isReverse = isReverse
    }
}
