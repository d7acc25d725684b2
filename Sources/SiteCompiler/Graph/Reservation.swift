public import Addressing
import Diagnostics
import InventorySchema

/// A fixed address for a hardware address.
public struct Reservation: Sendable, Hashable {
    /// The segment's index.
    public var segment: Int
    /// The link's index.
    public var link: Int
    /// `host.label`, or `host.label.segment` on a trunk: unique at the site.
    public var key: String
    /// The hardware address.
    public var mac: MACAddress
    /// The addresses, at most one of each family.
    public var addresses: [IPAddress]
    /// The name that the client is told: the first label of the link's name.
    public var hostName: String
    /// Whether network boot may install the host.
    public var isArmed: Bool
}
