public import Addressing
public import Diagnostics
import InventorySchema

/// A segment with its names resolved.
public struct GraphSegment: Sendable {
    /// Its name.
    public var name: String
    /// Its tag.
    public var vlan: VLANID?
    /// Its prefixes.
    public var prefixes: [Prefix]
    /// Its gateway's addresses.
    public var gateways: [IPAddress]
    /// Not ours.
    public var isExternal: Bool
    /// Where it was written.
    public var span: SourceSpan
}
