internal import Diagnostics

extension TreeBuilder {
    mutating func reportLongScalar(_ node: Node, bytes: Int) {
        report(
            Diagnostic(
                .yamlScalarTooLong, "this text has \(bytes) bytes; at most \(limits.scalarBytes) are read",
                at: Mark(line: node.line, column: node.column).span(in: file)))
    }

    mutating func reportDepth(at start: Mark) {
        report(Diagnostic(.yamlTooDeep, "nested deeper than \(limits.depth) levels", at: start.span(in: file)))
        isStopped = true
    }

    mutating func reportTooManyNodes(_ node: Node) {
        report(
            Diagnostic(
                .yamlTooManyNodes, "the file has more than \(limits.nodes) keys and values",
                at: Mark(line: node.line, column: node.column).span(in: file)))
        isStopped = true
    }

    /// Reading was cut off inside something endless: a text, or a comment, that began after the last event.
    mutating func reportStretch(after mark: Mark) {
        report(
            Diagnostic(
                .yamlScalarTooLong, "more than \(limits.stretchBytes) bytes follow without a complete key or value", at: mark.span(in: file)
            ))
    }

    mutating func reportTag(_ tag: String, at start: Mark) {
        let standard = "tag:yaml.org,2002:"
        let written = tag.hasPrefix(standard) ? "!!" + tag.dropFirst(standard.count) : tag
        let mend =
            tag.hasPrefix(standard)
            ? "remove the tag; the schema gives every value its type"
            : "remove the tag; a secret is named with '{ secret: NAME }', never written"
        report(Diagnostic(.yamlTag, "tag '\(shortened(written))' isn't supported", at: start.span(in: file), mend: mend))
    }

    mutating func reportTagDirective(at start: Mark) {
        report(
            Diagnostic(.yamlTag, "the %TAG directive isn't supported", at: start.span(in: file), mend: "remove it and the tags that use it")
        )
    }

    mutating func reportSeveralDocuments(at start: Mark, first: Mark) {
        report(
            Diagnostic(
                .yamlSeveralDocuments, "a second document begins here", at: start.span(in: file),
                notes: [Diagnostic.Note("the first begins here", at: first.span(in: file))]))
        isStopped = true
    }
}
