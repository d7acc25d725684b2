public import Diagnostics
import YAMLSyntax

/// A fact of the inventory that differs between two revisions: one scalar, by the path of its key.
public struct FactChange: Sendable, Hashable {
    /// The path: `hosts.hv01.interfaces.mgmt.mac`, below `sites.<site>` for what lies in a site's folder; items of a list by position.
    public var path: String
    /// The value before; nil: the fact is new.
    public var before: String?
    /// The value now; nil: the fact is gone.
    public var after: String?
    /// Where it stands now; nil: it is gone.
    public var span: SourceSpan?
}

/// Every scalar of a tree with its path, so that two revisions can be compared fact by fact, whichever file holds them.
struct InventoryFacts {
    private(set) var values: [String: (value: String, span: SourceSpan)] = [:]

    mutating func add(_ tree: YAMLTree, path: String) {
        guard let root = tree.root else { return }
        let folders = path.split(separator: "/")
        walk(tree, root, folders.count > 2 && folders[0] == "sites" ? "sites.\(folders[1])" : "")
    }

    private mutating func walk(_ tree: YAMLTree, _ node: NodeID, _ path: String) {
        switch tree.kind(node) {
        case .scalar: values[path] = (tree.text(node), tree.span(node))
        case .mapping:
            for (key, value) in tree.pairs(of: node) where tree.kind(key) == .scalar {
                walk(tree, value, path.isEmpty ? tree.text(key) : "\(path).\(tree.text(key))")
            }
        case .sequence:
            for (index, item) in tree.items(of: node).enumerated() { walk(tree, item, "\(path)[\(index)]") }
        }
    }

    /// What changed on the way to `newer`, by path.
    func changes(to newer: InventoryFacts) -> [FactChange] {
        var result: [FactChange] = []
        for (path, old) in values {
            let now = newer.values[path]
            if now?.value != old.value { result.append(FactChange(path: path, before: old.value, after: now?.value, span: now?.span)) }
        }
        for (path, now) in newer.values where values[path] == nil {
            result.append(FactChange(path: path, before: nil, after: now.value, span: now.span))
        }
        return result.sorted { $0.path < $1.path }
    }
}
