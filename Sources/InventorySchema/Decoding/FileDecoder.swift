import Addressing
import Diagnostics
import YAMLSyntax

/// Reads one file's tree into entries. Every problem is reported, and decoding goes on with what is right.
struct FileDecoder {
    let tree: YAMLTree
    /// The site whose folder the file lies in; nil below `inventory/`.
    let site: String?
    private var told: [Diagnostic] = []
    /// Stands for all findings that aren't told.
    private var untold: Diagnostic?

    /// More findings than this in one file help nobody and would let a hostile file fill the memory; the rest is counted.
    private static let mostFindings = 100

    init(tree: YAMLTree, site: String?) {
        self.tree = tree
        self.site = site
    }

    mutating func report(
        _ code: DiagnosticCode, _ message: String, at node: NodeID, notes: [Diagnostic.Note] = [], mend: String? = nil
    ) {
        report(Diagnostic(code, message, at: tree.span(node), notes: notes, mend: mend, site: site))
    }

    /// Whether further findings are only counted.
    var isFull: Bool { told.count == Self.mostFindings }

    mutating func report(_ finding: Diagnostic) {
        guard isFull else { return told.append(finding) }
        guard var untold else {
            untold = Diagnostic(.moreFindings, "", at: finding.span, site: site, severity: finding.severity)
            return
        }
        untold.count += 1
        untold.severity = min(untold.severity, finding.severity)
        self.untold = untold
    }

    /// What was found, in the order read; of the last ones maybe only how many they are.
    var findings: [Diagnostic] {
        guard var untold else { return told }
        untold.message = "\(untold.count) more finding\(untold.count == 1 ? "" : "s") in this file from here on, not told one by one"
        return told + [untold]
    }

    // MARK: Mappings and sequences

    /// The fields of a mapping by its shape; unknown and missing keys are reported.
    mutating func fields(_ node: NodeID, _ shape: Shape) -> Fields? {
        guard expectMapping(node, shape.name) else { return nil }
        var fields = Fields(shape: shape, node: node)
        var next = 0
        for (key, value) in tree.pairs(of: node) {
            let name = tree.text(key)
            if let index = shape.index(of: name, from: next) {
                fields.set(index, value)
                next = index + 1
            } else {
                reportUnknownKey(key, in: shape)
            }
        }
        for index in shape.keys.indices where shape.keys[index].isRequired && !fields.has(index) {
            let key = shape.keys[index]
            report(
                .missingKey, "\(shape.name) has no key '\(key.name)'", at: node,
                mend: "add `\(key.name): \(key.example)`: \(key.about)")
        }
        return fields
    }

    private mutating func reportUnknownKey(_ key: NodeID, in shape: Shape) {
        // What is only counted needs no words.
        if isFull { return report(.unknownKey, "", at: key) }
        let name = tree.text(key)
        let nearest = nearestName(to: name, among: shape.keys.map(\.name))
        report(
            .unknownKey, "\(shape.name) has no key \(quoted(name))", at: key,
            mend: nearest.map { "did you mean '\($0)'?" } ?? "remove it, or use one of: \(shape.keys.map(\.name).joined(separator: ", "))")
    }

    mutating func expectMapping(_ node: NodeID, _ what: @autoclosure () -> String) -> Bool {
        if tree.kind(node) == .mapping { return true }
        if let first = Array(tree.items(of: node)).first ?? nil, tree.kind(first) == .mapping {
            report(
                .wrongShape, "\(what()) is a list here", at: node, mend: "write a mapping: each entry's name as a key, without the dashes")
        } else {
            report(.wrongShape, "\(what()) is \(describe(node)) here", at: node, mend: "write a mapping: `key: value` lines")
        }
        return false
    }

    /// Reads each entry of a mapping whose keys are names; a bad name is reported and its entry left out.
    mutating func eachEntry(
        of node: NodeID?, _ what: @autoclosure () -> String, _ read: (inout FileDecoder, Located<String>, NodeID) -> Void
    ) {
        guard let node, !tree.isNull(node), expectMapping(node, "'\(what())'") else { return }
        for (key, value) in tree.pairs(of: node) {
            if let name = label(key, "the name of an entry of '\(what())'") { read(&self, name, value) }
        }
    }

    /// The items of a list; a single value stands for a list of one where `orOne`.
    mutating func items(_ node: NodeID?, _ what: @autoclosure () -> String, orOne: Bool = false) -> [NodeID] {
        guard let node, !tree.isNull(node) else { return [] }
        if tree.kind(node) == .sequence { return Array(tree.items(of: node)) }
        if orOne, tree.kind(node) == .scalar { return [node] }
        report(.wrongShape, "\(what()) is \(describe(node)) here", at: node, mend: "write a list: `[a, b]`")
        return []
    }

    func describe(_ node: NodeID) -> String {
        switch tree.kind(node) {
        case .mapping: "a mapping"
        case .sequence: "a list"
        default: tree.isNull(node) ? "empty" : "the text \(quoted(tree.text(node)))"
        }
    }

    func located<Value>(_ value: Value, _ node: NodeID) -> Located<Value> { Located(value, at: tree.span(node)) }

    func quoted(_ text: String) -> String { "'\(escapedForDisplay(text))'" }
}
