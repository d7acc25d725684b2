internal import Diagnostics

extension TreeBuilder {
    /// Ends a file that was read to its end: the tree, or nil when an error was found.
    mutating func finish() -> YAMLTree? {
        judgeAnchors()
        guard !hasErrors else { return nil }
        // A file with only `---` says as little as an empty one.
        if nodes.count == 1, nodes[0].isPlainScalar, scalars.texts[Int(nodes[0].value)].isEmpty, anchors.isEmpty { nodes.removeAll() }
        return YAMLTree(file: file, nodes: takeNodes(), texts: scalars.takeTexts(reusedCapacity: Self.reusedCapacity))
    }

    /// Moves what stands at the end of a file without a last line end to `end`: libyaml counts a line more than there is. Only the last node can stand
    /// there, a value that isn't written.
    mutating func moveBack(to end: Mark) {
        if let last = nodes.indices.last, nodes[last].line > end.line {
            nodes[last].line = end.line
            nodes[last].column = end.column
        }
        func moved(_ span: SourceSpan?) -> SourceSpan? { span.map { $0.line > end.line + 1 ? end.span(in: file) : $0 } }
        for index in findings.indices {
            findings[index].span = moved(findings[index].span)
            for note in findings[index].notes.indices { findings[index].notes[note].span = moved(findings[index].notes[note].span) }
        }
    }

    /// The nodes without much spare room: the working array itself when it fits, else a copy.
    private mutating func takeNodes() -> ContiguousArray<Node> {
        guard nodes.count >= Self.reusedCapacity, nodes.capacity - nodes.count <= nodes.count / 8 else { return nodes.copiedToSize() }
        defer { nodes = [] }
        return nodes
    }

    /// Ends a file that could not be read further; repeated keys in what is still open are found too.
    mutating func abandon() {
        while depth > 0 { closeFrame() }
    }

    /// What is needed to say in our words why reading failed.
    func translation(of failure: SyntaxFailure, in source: SourceText) -> SyntaxTranslation {
        let open = depth > 0 && nodes[Int(innermost.node)].style == .flow ? nodes[Int(innermost.node)] : nil
        return SyntaxTranslation(
            failure: failure, source: source, file: file, lastQuote: lastQuote, lastMark: lastMark,
            openBracket: open.map { Mark(line: $0.line, column: $0.column) }, hasDocument: firstDocument != nil)
    }

    /// Where reading got to: the last node's place.
    var lastMark: Mark {
        nodes.last.map { Mark(line: $0.line, column: $0.column) } ?? .fileStart
    }
}
