import YAMLSyntax

/// The values of one mapping by the keys of its shape, without an allocation per mapping, and without a copy: each would count a reference.
struct Fields: ~Copyable {
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
        let raw = values[index(of: name)]
        return raw == .max ? nil : NodeID(rawValue: raw)
    }

    /// What a key of the shape is declared as.
    func type(of name: String) -> ValueType { shape.keys[index(of: name)].type }

    private func index(of name: String) -> Int {
        guard let index = shape.index(of: name) else { preconditionFailure("shape \(shape.name) has no key \(name)") }
        return index
    }

    mutating func set(_ index: Int, _ value: NodeID) { values[index] = value.rawValue }

    func has(_ index: Int) -> Bool { values[index] != .max }
}
