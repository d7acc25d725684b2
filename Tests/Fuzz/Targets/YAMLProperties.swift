import Diagnostics
import YAMLSyntax

/// What is promised of the YAML reader.
struct YAMLProperties {
    private let bytes: [UInt8]
    private let sources: SourceFiles

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        sources = SourceFiles([("fuzz.yml", bytes)])
    }

    /// Limits that small inputs reach.
    private static let tight: YAMLLimits = {
        var limits = YAMLLimits.standard
        (limits.fileBytes, limits.depth, limits.nodes, limits.scalarBytes) = (1500, 6, 120, 40)
        (limits.expandedNodes, limits.expansionFactor) = (200, 4)
        return limits
    }()

    func hold() throws(Violation) {
        try hold(.standard)
        try hold(Self.tight)
    }

    private func hold(_ limits: YAMLLimits) throws(Violation) {
        var parser = YAMLParser(limits: limits)
        let first = Reading(bytes, &parser)
        try sources.check(first.findings)
        try require(first.hasErrors == (first.tree == nil), "a tree \(first.hasErrors ? "in spite of" : "is missing without") errors")
        // A parser that was used before, by whatever it has just read, reads the same.
        let second = Reading(bytes, &parser)
        try require(first.findings == second.findings, "read again, other findings")
        try require(first.outline == second.outline, "read again, another tree")
        var libyaml = YAMLParser(limits: limits, readsPlainFiles: false)
        let third = Reading(bytes, &libyaml)
        try require(first.findings == third.findings, "libyaml alone finds something else")
        try require(first.outline == third.outline, "libyaml alone reads another tree")
        if let tree = first.tree { try hold(limits, tree) }
    }

    private func hold(_ limits: YAMLLimits, _ tree: YAMLTree) throws(Violation) {
        try require(bytes.count <= limits.fileBytes, "a file of \(bytes.count) bytes is read")
        try require(tree.nodeCount <= limits.nodes, "\(tree.nodeCount) nodes are read")
        guard let root = tree.root else { return }
        var walk = Walk(tree: tree, limits: limits, sources: sources)
        try walk.visit(root, depth: 1)
        let most = tree.nodeCount + min(limits.expandedNodes, tree.nodeCount * limits.expansionFactor)
        try require(walk.visited <= most, "\(tree.nodeCount) nodes are read as \(walk.visited)")
    }

    /// Goes through a tree as the schema does, aliases as what they stand for.
    private struct Walk {
        let tree: YAMLTree
        let limits: YAMLLimits
        let sources: SourceFiles
        var visited = 0

        mutating func visit(_ node: NodeID, depth: Int) throws(Violation) {
            visited += 1
            try require(sources.contain(tree.span(node)), "a node stands at \(tree.span(node)), outside of the file")
            try require(tree.text(node).utf8.count <= limits.scalarBytes, "a text of \(tree.text(node).utf8.count) bytes is read")
            try require(tree.kind(node) == .scalar || depth <= limits.depth, "a tree of depth \(depth) is read")
            for item in tree.items(of: node) { try visit(item, depth: depth + 1) }
            var keys: Set<String> = []
            for (key, value) in tree.pairs(of: node) {
                try require(keys.insert(Self.exact(tree.text(key))).inserted, "the key '\(tree.text(key))' is read twice")
                try visit(key, depth: depth + 1)
                try visit(value, depth: depth + 1)
            }
        }

        /// To Swift texts are equal that have other bytes.
        private static func exact(_ text: String) -> String { text.unicodeScalars.map { String($0.value) }.joined(separator: " ") }
    }

    /// One reading.
    private struct Reading {
        let tree: YAMLTree?
        let findings: [Diagnostic]
        let hasErrors: Bool

        init(_ bytes: [UInt8], _ parser: inout YAMLParser) {
            var list = DiagnosticList()
            tree = parser.parse(bytes, file: FileID(rawValue: 0), into: &list)
            findings = list.all
            hasErrors = list.hasErrors
        }

        /// Every node with what it says and where.
        var outline: [Line] {
            guard let tree else { return [] }
            return (0..<tree.nodeCount).map { index in
                let node = NodeID(rawValue: UInt32(index))
                return Line(
                    kind: tree.kind(node), style: tree.style(node), text: tree.text(node), span: tree.span(node),
                    definition: tree.definition(node))
            }
        }
    }

    private struct Line: Equatable {
        var kind: YAMLKind
        var style: YAMLStyle
        var text: String
        var span: SourceSpan
        var definition: NodeID
    }
}
