/// One `.yml` file of an inventory.
public struct SourceFile: Hashable, Sendable {
    /// The path from the inventory's root, such as `sites/dvntm/site.yml`; its parts are never `..`, empty, or anything but plain text.
    public var path: String
    /// The git object with its bytes; nil in a working tree, where it has to be computed: see ``InventorySnapshot/blobIDs()``.
    public var blob: ObjectID?
}
