import YAMLSyntax

/// The values of one mapping by the keys of its shape, without an allocation per mapping.
struct Fields {
    static let capacity = 16

    let shape: Shape
    /// The mapping itself, where a missing key is reported.
    let node: NodeID
    private var values: InlineArray<16, UInt32> = .init(repeating: .max)

    init(shape: Shape, node: NodeID) {
        self.shape = shape
        self.node = node
    }

    /// The value of a key of the shape; nil when the mapping doesn't have it.
    subscript(_ name: String) -> NodeID? {
        for index in shape.names.indices where shape.names[index] == name {
            let raw = values[index]
            return raw == .max ? nil : NodeID(rawValue: raw)
        }
        preconditionFailure("shape \(shape.name) has no key \(name)")
    }

    /// What a key of the shape is declared as.
    func type(of name: String) -> ValueType {
        for key in shape.keys where key.name == name { return key.type }
        preconditionFailure("shape \(shape.name) has no key \(name)")
    }

    mutating func set(_ index: Int, _ value: NodeID) { values[index] = value.rawValue }

    func has(_ index: Int) -> Bool { values[index] != .max }
}
