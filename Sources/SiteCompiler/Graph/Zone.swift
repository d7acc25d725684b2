public import Addressing
import InventorySchema

/// A zone that the site's DNS answers from its own data alone.
public struct Zone: Sendable, Hashable {
    /// What a zone is for.
    public enum Kind: String, Sendable {
        case site, management, reverse
    }

    /// The apex.
    public var apex: DomainName
    /// What it is for.
    public var kind: Kind
}
