public import Diagnostics

/// One YAML file as a tree with marks.
///
/// All nodes lie in one array in document order, children directly behind their collection, and each distinct text is kept once. Scalars are
/// texts: nothing is guessed from how they look, the schema gives them types. Aliases are followed by every accessor, except that ``span(_:)``
/// tells where the alias stands and ``definition(_:)`` leads to the anchor.
///
/// The tree is read by index, so a `NodeID` belongs to the tree that gave it.
public struct YAMLTree: Sendable {
    /// The file that was read.
    public let file: FileID
    let nodes: ContiguousArray<Node>
    let texts: ContiguousArray<String>

    /// The topmost node; nil when the file is empty or holds only comments.
    public var root: NodeID? { nodes.isEmpty ? nil : NodeID(rawValue: 0) }

    /// How many nodes the file has, aliases counted once.
    public var nodeCount: Int { nodes.count }

    /// Bytes that the tree holds, without the texts that are too long to be stored inline.
    public var footprint: Int {
        nodes.capacity * MemoryLayout<Node>.stride + texts.capacity * MemoryLayout<String>.stride
    }

    /// What stands at a node.
    public func kind(_ id: NodeID) -> YAMLKind {
        switch node(id).shape {
        case .mapping: .mapping
        case .sequence: .sequence
        case .scalar, .alias: .scalar
        }
    }

    /// How a node was written.
    public func style(_ id: NodeID) -> YAMLStyle { node(id).style }

    /// The text of a scalar; empty for a collection.
    public func text(_ id: NodeID) -> String {
        let node = node(id)
        return node.shape == .scalar ? texts[Int(node.value)] : ""
    }

    /// What a node says as a scalar: ``kind(_:)``, ``isNull(_:)`` and ``text(_:)`` in one step.
    public func scalar(_ id: NodeID) -> YAMLScalar {
        let node = node(id)
        guard node.shape == .scalar else { return .collection }
        let text = texts[Int(node.value)]
        if node.isPlainScalar, Self.isNull(text) { return .nothing }
        return node.holdsTemplate ? .template : .text(text)
    }

    private static func isNull(_ text: String) -> Bool {
        switch text.utf8.count {
        case 0: true
        case 1: text == "~"
        case 4: text == "null"
        default: false
        }
    }

    /// Whether a node is a scalar without quotes.
    public func isPlain(_ id: NodeID) -> Bool { node(id).isPlainScalar }

    /// Whether nothing was written: a plain `~`, `null` or empty scalar. Quoted, they are texts.
    public func isNull(_ id: NodeID) -> Bool {
        let node = node(id)
        return node.isPlainScalar && Self.isNull(texts[Int(node.value)])
    }

    /// How many pairs a mapping has or items a sequence has; 0 for a scalar.
    public func count(of id: NodeID) -> Int {
        let node = node(id)
        return switch node.shape {
        case .mapping: Int(node.value / 2)
        case .sequence: Int(node.value)
        case .scalar, .alias: 0
        }
    }

    /// Where a node stands, an alias where it is used. A text or flow collection on one line is covered whole, with its anchor if it has one;
    /// of everything else the first character.
    public func span(_ id: NodeID) -> SourceSpan {
        let node = nodes[id.index]
        return Mark(line: node.line, column: node.column).span(in: file, length: node.length)
    }

    /// The node that an alias stands for; any other node itself.
    public func definition(_ id: NodeID) -> NodeID {
        let node = nodes[id.index]
        return node.shape == .alias ? NodeID(rawValue: node.value) : id
    }

    /// Whether a node is written as `*name`.
    public func isAlias(_ id: NodeID) -> Bool { nodes[id.index].shape == .alias }

    private func node(_ id: NodeID) -> Node { nodes[definition(id).index] }
}
