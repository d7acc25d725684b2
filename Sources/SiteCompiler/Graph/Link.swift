public import Addressing
public import Diagnostics
public import InventorySchema

/// One interface of a host in one segment.
public struct Link: Sendable {
    /// The host, as an index into ``SiteGraph/hosts``.
    public var host: Int
    /// The interface's label.
    public var label: String
    /// The segment, as an index into ``SiteGraph/segments``; nil for an uplink of which nothing is known.
    public var segment: Int?
    /// The system's name of the interface, with the VLAN's tag on a trunk: `eth1.99`.
    public var device: String?
    /// The hardware address, where it is known.
    public var mac: MACAddress?
    /// The addresses, at most one of each family; empty where somebody else gives them.
    public var addresses: [IPAddress]
    /// Who puts the addresses on the interface.
    public var assignment: Attachment.Assignment
    /// The name under which the addresses are published; nil: they aren't.
    public var name: DomainName?
    /// Whether the link is one of a trunk's.
    public var isTrunk: Bool
    /// Where the attachment was written.
    public var span: SourceSpan
    /// Where the MAC was written.
    public var macSpan: SourceSpan?
}
