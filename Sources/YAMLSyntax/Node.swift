/// What stands at a node.
public enum YAMLKind: UInt8, Sendable {
    /// A text; the schema gives it a type.
    case scalar
    /// A list.
    case sequence
    /// Keys with values.
    case mapping
}

/// What a node says as a scalar.
public enum YAMLScalar: Sendable {
    /// It is a list or mapping.
    case collection
    /// Nothing: a plain `~`, `null` or empty scalar.
    case nothing
    /// A text with `{{` in it.
    case template
    /// Any other text.
    case text(String)
}

/// How a node was written.
public enum YAMLStyle: UInt8, Sendable {
    /// A scalar without quotes.
    case plain
    /// A scalar in single or double quotes.
    case quoted
    /// A literal (`|`) or folded (`>`) scalar, or a collection by indentation.
    case block
    /// A collection in brackets or braces.
    case flow
}

/// One node of the arena, packed into 20 bytes: an inventory of 100,000 hosts has millions of them.
struct Node: Sendable {
    /// Zero-based, as libyaml counts.
    var line: UInt32
    var column: UInt32
    /// The index after this node's subtree; ``unfinished`` while the collection is still open.
    var next: UInt32
    /// Scalar: the symbol of its text. Alias: the node it stands for. Collection: how many children it has (a pair counts as two).
    var value: UInt32
    /// Length in the upper 24 bits; below, from the lowest: shape and style with two bits each, and whether a scalar holds `{{`.
    private var packed: UInt32

    static let unfinished = UInt32.max

    init(_ shape: NodeShape, _ style: YAMLStyle, at mark: Mark, length: UInt32, next: UInt32, value: UInt32) {
        line = mark.line
        column = mark.column
        self.next = next
        self.value = value
        packed = Self.pack(length) | UInt32(style.rawValue) << 2 | UInt32(shape.rawValue)
    }

    private static func pack(_ length: UInt32) -> UInt32 { min(max(length, 1), 0xFF_FFFF) << 8 }

    var shape: NodeShape { NodeShape(rawValue: UInt8(truncatingIfNeeded: packed & 3)) ?? .alias }
    var style: YAMLStyle { YAMLStyle(rawValue: UInt8(truncatingIfNeeded: packed >> 2 & 3)) ?? .plain }
    var isPlainScalar: Bool { packed & 0xF == 0 }

    /// Whether a scalar holds `{{`, as templates do.
    var holdsTemplate: Bool {
        get { packed & 0x10 != 0 }
        set { packed = packed & ~0x10 | (newValue ? 0x10 : 0) }
    }

    /// Characters on the first line, at least 1.
    var length: UInt32 {
        get { packed >> 8 }
        set { packed = packed & 0xFF | Self.pack(newValue) }
    }
}

/// What the arena holds; an alias is never seen outside.
enum NodeShape: UInt8 {
    case scalar
    case sequence
    case mapping
    case alias
}
