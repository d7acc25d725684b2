/// The smallest thing that a plan can change: a typed value with a kind, and a key unique within the kind.
public protocol ResourceState: Hashable, Sendable {
    /// The provider's kinds.
    associatedtype Kind: ResourceKind
    /// Its kind.
    var kind: Kind { get }
    /// Its key: stable while the thing is the same thing.
    var key: String { get }
    /// What it says, for people and for digests; the same names in the same order for all states of a kind.
    var attributes: [Attribute] { get }
    /// What it names of the same provider on the same host: made before it, and gone after it.
    var needs: [ResourceKey<Kind>] { get }
}

extension ResourceState {
    /// Most states name no other.
    public var needs: [ResourceKey<Kind>] { [] }
}

extension ResourceState {
    /// Orders by kind, then key.
    @inlinable
    static func precedes(_ a: Self, _ b: Self) -> Bool {
        let (x, y) = (a.kind.order, b.kind.order)
        return x == y ? a.key < b.key : x < y
    }
}
