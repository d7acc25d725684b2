extension YAMLTree {
    /// The pairs of a mapping in the order they were written; none for any other node.
    public func pairs(of mapping: NodeID) -> Pairs {
        let id = definition(mapping)
        let node = nodes[id.index]
        return node.shape == .mapping
            ? Pairs(nodes: nodes, cursor: id.rawValue + 1, end: node.next) : Pairs(nodes: nodes, cursor: 0, end: 0)
    }

    /// The items of a sequence; none for any other node.
    public func items(of sequence: NodeID) -> Items {
        let id = definition(sequence)
        let node = nodes[id.index]
        return node.shape == .sequence
            ? Items(nodes: nodes, cursor: id.rawValue + 1, end: node.next) : Items(nodes: nodes, cursor: 0, end: 0)
    }

    /// The pairs of a mapping, walked in place.
    public struct Pairs: Sequence, IteratorProtocol, Sendable {
        let nodes: ContiguousArray<Node>
        var cursor: UInt32
        let end: UInt32

        /// The next key with its value.
        public mutating func next() -> (key: NodeID, value: NodeID)? {
            guard cursor < end else { return nil }
            let key = cursor
            let value = nodes[Int(key)].next
            cursor = nodes[Int(value)].next
            return (NodeID(rawValue: key), NodeID(rawValue: value))
        }
    }

    /// The items of a sequence, walked in place.
    public struct Items: Sequence, IteratorProtocol, Sendable {
        let nodes: ContiguousArray<Node>
        var cursor: UInt32
        let end: UInt32

        /// The next item.
        public mutating func next() -> NodeID? {
            guard cursor < end else { return nil }
            let item = cursor
            cursor = nodes[Int(item)].next
            return NodeID(rawValue: item)
        }
    }
}
