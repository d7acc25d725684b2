/// An attribute that changes.
public struct AttributeChange: Hashable, Sendable {
    /// The attribute's name.
    public var name: String
    /// The value found; nil for a create.
    public var before: String?
    /// The value wanted; nil for a delete.
    public var after: String?
}
