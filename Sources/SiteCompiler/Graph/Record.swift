public import Addressing
import InventorySchema

/// One record.
public struct Record: Sendable, Hashable {
    /// The owner's absolute name.
    public var owner: DomainName
    /// Type and data.
    public var data: RecordData
    /// What it was derived from.
    public var subject: Subject

    /// Makes a record.
    public init(owner: DomainName, data: RecordData, subject: Subject) {
        self.owner = owner
        self.data = data
        self.subject = subject
    }
}

/// The name that an address leads back to: its PTR record (RFC 1035 §3.5). The record's owner follows from the address and isn't kept.
public struct Pointer: Sendable, Hashable {
    /// The address.
    public var address: IPAddress
    /// The name.
    public var name: DomainName
    /// What it was derived from.
    public var subject: Subject

    /// Makes a pointer.
    public init(address: IPAddress, name: DomainName, subject: Subject) {
        self.address = address
        self.name = name
        self.subject = subject
    }
}

/// A record's type and data (RFC 1035 §3.3, RFC 3596, RFC 2782).
public enum RecordData: Sendable, Hashable {
    case a(IPv4Address)
    case aaaa(IPv6Address)
    case cname(DomainName)
    case mx(preference: UInt16, exchange: DomainName)
    case txt(String)
    case srv(priority: UInt16, weight: UInt16, port: UInt16, target: DomainName)
    case ns(DomainName)
}
