public import Addressing
import Planning

/// The name that a client is told: one label that dnsmasq can't take for a lease time or a word of its own.
public struct ClientName: Hashable, Sendable, CustomStringConvertible {
    /// The label, in lower case.
    public let description: String

    /// Reads a label; nil when it isn't one, or `dhcp-host` would read it as something else: `ignore`, `infinite`, `12h`, `45`.
    public init?(_ text: String) {
        guard DomainName.labelProblem(text) == nil, text == text.lowercased(), text != "ignore", text != "infinite" else { return nil }
        let digits = text.utf8.prefix(while: \.isDigit)
        guard digits.isEmpty || digits.count + 1 < text.utf8.count || !Self.mayEndATime(text.utf8.last) else { return nil }
        description = text
    }

    private static func mayEndATime(_ byte: UInt8?) -> Bool { byte.map { $0.isDigit || Array("smhdw".utf8).contains($0) } ?? true }
}

/// A fixed IPv4 address for a hardware address.
public struct FixedAddress: Hashable, Sendable {
    /// The reservation's key: `hv01.mgmt`.
    public let key: TagText
    /// The hardware address.
    public let mac: MACAddress
    /// The address.
    public let address: IPv4Address
    /// The name that the client is told.
    public let name: ClientName
    /// How long a lease lasts.
    public let lease: LeaseTime

    /// Makes a reservation.
    public init(key: TagText, mac: MACAddress, address: IPv4Address, name: ClientName, lease: LeaseTime) {
        self.key = key
        self.mac = mac
        self.address = address
        self.name = name
        self.lease = lease
    }

    var attributes: [Attribute] {
        [
            Attribute("mac", mac.description), Attribute("address", address.description), Attribute("name", name.description),
            Attribute("lease", lease.description),
        ]
    }

    /// What `dhcp-host` takes. It sets no tag: dnsmasq 2.86 to 2.90 link the tags of a host from this file to those of each request, and at the next
    /// reload free them with it, which ends the process (imp/dnsmasq#20; seen with 2.90).
    var directive: String { "\(mac),\(address),\(name),\(lease)" }

    /// The key travels as a comment, so that it comes back with the line.
    var line: String { directive + Self.beforeKey + key.description }

    /// Writes ``line`` and its end behind what is in a file: of a large site these are most of the lines.
    func write(to file: inout [UInt8]) {
        mac.write(to: &file)
        file.append(UInt8(ascii: ","))
        address.write(to: &file)
        file.append(UInt8(ascii: ","))
        file.append(contentsOf: name.description.utf8)
        file.append(UInt8(ascii: ","))
        file.append(contentsOf: lease.description.utf8)
        file.append(contentsOf: Self.beforeKey.utf8)
        file.append(contentsOf: key.description.utf8)
        file.append(UInt8(ascii: "\n"))
    }

    static let beforeKey = " # "

    /// Reads a line of the reservations file.
    init?(line: Substring) {
        guard let space = line.utf8.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        let fields = line[..<space].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4, let key = TagText(String(line[space...].dropFirst(Self.beforeKey.count))) else { return nil }
        guard let mac = try? MACAddress(fields[0]), let address = try? IPv4Address(fields[1]) else { return nil }
        guard let name = ClientName(fields[2]), let lease = LeaseTime(fields[3]) else { return nil }
        self.init(key: key, mac: mac, address: address, name: name, lease: lease)
        guard self.line == line else { return nil }
    }
}
