/// A node of one ``YAMLTree``, as its place in document order.
public struct NodeID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The index into the tree's nodes.
    public var rawValue: UInt32

    /// Makes the identifier of the node at an index; accessors trap on an index that the tree doesn't have.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    var index: Int { Int(rawValue) }

    /// Orders nodes as the file does.
    public static func < (a: NodeID, b: NodeID) -> Bool { a.rawValue < b.rawValue }
}
