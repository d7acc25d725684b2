/// A name and value of a resource, as plans show them.
public struct Attribute: Hashable, Sendable {
    /// The name, a word of the provider's vocabulary.
    public var name: String
    /// The value in its canonical form.
    public var value: String

    /// Makes an attribute.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
