/// A difference that is left as it is by choice, and why.
public struct IgnoredDifference: Sendable, Hashable {
    /// The resource.
    public var address: ResourceAddress
    /// What is wanted and what is there, attribute by attribute; no value where the resource isn't.
    public var attributes: [AttributeChange]
    /// Why it is left.
    public var reason: String

    /// Makes one from the states.
    public init<State: ResourceState>(_ address: ResourceAddress, found: State?, wanted: State?, reason: String) {
        self.address = address
        self.reason = reason
        attributes = TypedPlan<State>.attributes(from: found, to: wanted)
    }
}
