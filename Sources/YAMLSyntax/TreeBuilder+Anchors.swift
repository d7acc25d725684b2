internal import Diagnostics

/// A node with a name, `&name`.
struct Anchor {
    var name: String
    var node: UInt32
    var span: SourceSpan
    /// Whether its collection isn't complete yet, so that an alias to it would hold itself.
    var isOpen: Bool
    var isUsed = false
    /// Levels of collections in it, and nodes, both with aliases replaced by what they stand for.
    var height = 0
    var count = 1
}

extension TreeBuilder {
    /// Gives the node added last a name.
    @discardableResult
    mutating func define(_ name: String, at start: Mark, isOpen: Bool) -> Int {
        let span = start.span(in: file, length: UInt32(name.unicodeScalars.count + 1))
        if let earlier = anchorsByName[name], canWarn {
            report(
                Diagnostic(
                    .yamlDuplicateAnchor, "anchor '&\(shortened(name))' is defined again; aliases below mean this one", at: span,
                    notes: [Diagnostic.Note("first defined here", at: anchors[earlier].span)], mend: "give one of them another name"))
        }
        anchors.append(Anchor(name: name, node: UInt32(nodes.count - 1), span: span, isOpen: isOpen))
        anchorsByName[name] = anchors.count - 1
        return anchors.count - 1
    }

    /// Adds `*name`.
    mutating func addAlias(_ event: borrowing Event) {
        let name = event.aliasName
        let start = event.start
        let index = UInt32(nodes.count)
        let target = target(of: name, at: start)
        // An alias that leads nowhere stands for itself; the error that goes with it keeps such a tree from being seen.
        let node = Node(.alias, .plain, at: start, length: start.length(to: event.end), next: index + 1, value: target?.node ?? index)
        let isKey = append(node, position: event.position)
        guard let target else { return }
        let shape = nodes[Int(target.node)].shape
        if isKey, shape != .scalar { reportComplexKey(at: start, isMapping: shape == .mapping, isFlow: false) }
        innermost.height = max(innermost.height, target.height)
        if depth + target.height > limits.depth { reportDepth(at: start) }
        aliasedCount += target.count
        if target.count > widestAlias?.count ?? 0 { widestAlias = (index, target.count) }
        if aliasedCount > limits.expandedNodes {
            reportExpansion(at: start.span(in: file, length: node.length), limit: limits.expandedNodes)
        }
    }

    private mutating func target(of name: String, at start: Mark) -> Anchor? {
        let span = start.span(in: file, length: UInt32(name.unicodeScalars.count + 1))
        guard let index = anchorsByName[name] else {
            // Searching all names each time would take quadratic time in a hostile file.
            let near = anchors.count <= 1000 ? nearestName(to: name, among: anchorsByName.keys.sorted()) : nil
            let mend = near.map { "write '*\($0)'" } ?? "define '&\(shortened(name))' above, or put the text in quotes if it is no alias"
            report(Diagnostic(.yamlUnknownAnchor, "alias '*\(shortened(name))' names no anchor above it", at: span, mend: mend))
            return nil
        }
        anchors[index].isUsed = true
        guard !anchors[index].isOpen else {
            report(
                Diagnostic(
                    .yamlRecursiveAlias, "alias '*\(shortened(name))' stands inside the value that it means", at: span,
                    notes: [Diagnostic.Note("the value begins here", at: anchors[index].span)]))
            return nil
        }
        return anchors[index]
    }

    /// What can only be said when the whole file is known.
    mutating func judgeAnchors() {
        let (limit, overflow) = limits.expansionFactor.multipliedReportingOverflow(by: nodes.count)
        if let widestAlias, !overflow, aliasedCount > limit {
            let node = nodes[Int(widestAlias.node)]
            reportExpansion(at: Mark(line: node.line, column: node.column).span(in: file, length: node.length), limit: limit)
        }
        for anchor in anchors where !anchor.isUsed && !isStopped && canWarn {
            report(Diagnostic(.yamlUnusedAnchor, "anchor '&\(shortened(anchor.name))' is never used", at: anchor.span))
        }
    }

    private mutating func reportExpansion(at span: SourceSpan, limit: Int) {
        report(
            Diagnostic(
                .yamlAliasExpansion, "the aliases of this file stand for more than \(limit) nodes", at: span,
                mend: "write the values out, or split the file"))
        isStopped = true
    }
}
