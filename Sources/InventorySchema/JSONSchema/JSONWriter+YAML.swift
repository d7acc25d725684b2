public import Diagnostics
public import YAMLSyntax

extension JSONWriter {
    /// Writes what stands at a node as an editor sees it: scalars without quotes have the types of YAML's core schema.
    public mutating func value(_ node: NodeID, of tree: YAMLTree) {
        switch tree.kind(node) {
        case .mapping:
            object { json in
                for (key, value) in tree.pairs(of: node) {
                    json.key(tree.text(key))
                    json.value(value, of: tree)
                }
            }
        case .sequence: array { json in for item in tree.items(of: node) { json.value(item, of: tree) } }
        case .scalar:
            let text = tree.text(node)
            switch tree.isPlain(node) ? CoreScalar(plain: text) : .string {
            case .null: null()
            case .boolean(let value): self.value(value)
            case .integer(let digits): if let number = Int(digits) { value(number) } else { value(Double(digits)) }
            case .float: value(Double(text))
            case .string: value(text)
            }
        }
    }
}
