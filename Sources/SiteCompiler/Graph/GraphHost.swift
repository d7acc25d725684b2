public import Diagnostics
public import InventorySchema

/// A host that stands at a site.
public struct GraphHost: Sendable {
    /// Its name.
    public var name: String
    /// The name it had before.
    public var formerly: String?
    /// What kind of machine it is.
    public var form: HostForm
    /// Where it is in its life.
    public var lifecycle: Lifecycle
    /// Whether deevnet may manage it.
    public var isManaged: Bool
    /// Its links, as a range of ``SiteGraph/links``.
    public var links: Range<Int>
    /// The link that carries its own name; nil: none has an address.
    public var primary: Int?
    /// Where its identity and its binding were written.
    public var identitySpan: SourceSpan
    /// Where its binding was written.
    public var bindingSpan: SourceSpan
    /// Whether the identity lies in the site's own folder.
    public var isSiteOwn: Bool
}
