public import Diagnostics
import GitRevisions
import YAMLSyntax

/// A fact of the inventory that differs between two revisions: one scalar by the path of its key, or a mapping that came or went as a whole.
public struct FactChange: Sendable, Hashable {
    /// What happened to a mapping as a whole, such as a host's binding.
    public enum Presence: String, Sendable {
        case added, removed
    }

    /// The path: `hosts.hv01.interfaces.mgmt.mac`, below `sites.<site>` for what lies in a site's folder; items of a list by position.
    public var path: String
    /// The value before; nil: the fact is new, or no scalar.
    public var before: String?
    /// The value now; nil: the fact is gone, or no scalar.
    public var after: String?
    /// Where it stands now; nil: it is gone.
    public var span: SourceSpan?
    /// What happened to a mapping and all in it; nil: the fact is a scalar.
    public var presence: Presence?
}

/// Every scalar of a tree with its path, so that two revisions can be compared fact by fact, whichever file holds them.
struct InventoryFacts {
    private struct Scalar {
        var value: String
        var span: SourceSpan
        var mapping: String?
    }

    private struct Mapping {
        var span: SourceSpan
        /// The mapping around it.
        var outer: String?
    }

    private var scalars: [String: Scalar] = [:]
    /// The entries of the top-level keys, and the mappings in them. The keys themselves are no facts: their maps merge over files.
    private var mappings: [String: Mapping] = [:]

    mutating func add(_ tree: YAMLTree, path: String) {
        guard let root = tree.root, tree.kind(root) == .mapping else { return }
        let start = siteName(ofPath: path).map { "sites.\($0)." } ?? ""
        for (key, value) in tree.pairs(of: root) where tree.kind(key) == .scalar { walk(tree, value, start + tree.text(key), in: nil) }
    }

    private mutating func walk(_ tree: YAMLTree, _ node: NodeID, _ path: String, in mapping: String?) {
        switch tree.kind(node) {
        case .scalar: scalars[path] = Scalar(value: tree.text(node), span: tree.span(node), mapping: mapping)
        case .mapping:
            for (key, value) in tree.pairs(of: node) where tree.kind(key) == .scalar {
                walk(tree, value, "\(path).\(tree.text(key))", at: tree.span(key), in: mapping)
            }
        case .sequence:
            for (index, item) in tree.items(of: node).enumerated() {
                walk(tree, item, "\(path)[\(index)]", at: tree.span(item), in: mapping)
            }
        }
    }

    private mutating func walk(_ tree: YAMLTree, _ node: NodeID, _ path: String, at span: SourceSpan, in outer: String?) {
        guard tree.kind(node) == .mapping else { return walk(tree, node, path, in: outer) }
        mappings[path] = Mapping(span: span, outer: outer)
        walk(tree, node, path, in: path)
    }

    /// What changed on the way to `newer`, by path.
    func changes(to newer: InventoryFacts) -> [FactChange] {
        var result: [FactChange] = []
        for (path, old) in scalars where !newer.lacks(old.mapping) {
            let now = newer.scalars[path]
            if now?.value != old.value { result.append(FactChange(path: path, before: old.value, after: now?.value, span: now?.span)) }
        }
        for (path, now) in newer.scalars where scalars[path] == nil && !lacks(now.mapping) {
            result.append(FactChange(path: path, before: nil, after: now.value, span: now.span))
        }
        for (path, old) in mappings where newer.lacks(path) && !newer.lacks(old.outer) {
            result.append(FactChange(path: path, before: nil, after: nil, span: nil, presence: .removed))
        }
        for (path, now) in newer.mappings where lacks(path) && !lacks(now.outer) {
            result.append(FactChange(path: path, before: nil, after: nil, span: now.span, presence: .added))
        }
        return result.sorted { ($0.path, $0.presence?.rawValue ?? "") < ($1.path, $1.presence?.rawValue ?? "") }
    }

    /// Whether a mapping isn't here; then nothing in it is.
    private func lacks(_ mapping: String?) -> Bool { mapping.map { mappings[$0] == nil } ?? false }
}
