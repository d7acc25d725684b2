internal import Diagnostics

extension TreeBuilder {
    /// Finds keys that a mapping has twice. Its subtree is complete, so each mapping is walked once.
    mutating func reportRepeatedKeys(of mapping: UInt32) {
        let end = nodes[Int(mapping)].next
        keys.begin(count: Int(nodes[Int(mapping)].value / 2 + 1))
        var key = mapping + 1
        while key < end {
            if let symbol = symbol(ofKey: key), let first = keys.insert(key, symbol: symbol, of: scalars) {
                reportRepeatedKey(key, first: first, symbol: symbol)
                if isStopped { return }
            }
            let value = nodes[Int(key)].next
            guard value < end else { return }
            key = nodes[Int(value)].next
        }
    }

    private func symbol(ofKey key: UInt32) -> UInt32? {
        var node = nodes[Int(key)]
        if node.shape == .alias { node = nodes[Int(node.value)] }
        return node.shape == .scalar ? node.value : nil
    }

    private mutating func reportRepeatedKey(_ key: UInt32, first: UInt32, symbol: UInt32) {
        report(
            Diagnostic(
                .yamlDuplicateKey, "key '\(shortened(scalars.texts[Int(symbol)]))' is written twice in the same mapping", at: span(key),
                notes: [Diagnostic.Note("first written here", at: span(first))]))
    }

    private func span(_ index: UInt32) -> SourceSpan {
        let node = nodes[Int(index)]
        return Mark(line: node.line, column: node.column).span(in: file, length: node.length)
    }

    mutating func reportMergeKey(_ node: Node) {
        report(
            Diagnostic(
                .yamlMergeKey, "merge key '<<' isn't supported", at: Mark(line: node.line, column: node.column).span(in: file, length: 2),
                mend: "write the keys out here, or alias each value: 'key: *name'"))
    }

    mutating func reportComplexKey(at start: Mark, isMapping: Bool, isFlow: Bool) {
        let what = isMapping ? "mapping" : "list"
        let mend =
            isMapping && isFlow
            ? "quote the text if the braces belong to it; a template such as '{{ name }}' isn't evaluated, write its value" : nil
        report(Diagnostic(.yamlComplexKey, "a \(what) stands where a key belongs", at: start.span(in: file), mend: mend))
    }
}

/// A text as a message quotes it: names are short, and what isn't a name may be anything.
func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let head = String(String.UnicodeScalarView(scalars.prefix(60).map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    return scalars.dropFirst(60).isEmpty ? head : head + "…"
}
