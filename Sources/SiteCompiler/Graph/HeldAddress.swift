public import Addressing
import InventorySchema

/// A segment's gateway address that a host holds because it serves, not because it is the host's own.
public struct HeldAddress: Sendable, Hashable {
    /// The segment's index.
    public var segment: Int
    /// The link that holds it.
    public var link: Int
    /// The address.
    public var address: IPAddress
}
