public import Diagnostics

/// A value of the inventory together with the place where it was written.
public struct Located<Value> {
    /// The value.
    public var value: Value
    /// Where it stands.
    public var span: SourceSpan

    /// Makes a located value.
    public init(_ value: Value, at span: SourceSpan) {
        self.value = value
        self.span = span
    }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
