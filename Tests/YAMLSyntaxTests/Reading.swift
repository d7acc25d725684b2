import Diagnostics
import YAMLSyntax

/// A text read with a parser of its own.
struct Reading {
    let tree: YAMLTree?
    let findings: [Diagnostic]

    init(_ text: String, limits: YAMLLimits = .standard) { self.init(bytes: Array(text.utf8), limits: limits) }

    init(bytes: [UInt8], limits: YAMLLimits = .standard) {
        var list = DiagnosticList()
        tree = YAMLParser.parse(bytes, file: FileID(rawValue: 7), limits: limits, into: &list)
        findings = list.sorted()
    }

    /// The findings as `DVN0005 3:1`.
    var places: [String] { findings.map { "\($0.code.rawValue) \(place($0.span))" } }

    /// The notes of the first finding, as `1:4`.
    var notePlaces: [String] { findings.first?.notes.map { place($0.span) } ?? [] }
}

/// `line:column` of a span.
func place(_ span: SourceSpan?) -> String { span.map { "\($0.line):\($0.column)" } ?? "nowhere" }

extension YAMLTree {
    /// The tree without marks and styles, to be compared.
    var value: Value? { root.map { value(at: $0) } }

    var rootPairs: [(key: NodeID, value: NodeID)] { root.map { Array(pairs(of: $0)) } ?? [] }
    var rootItems: [NodeID] { root.map { Array(items(of: $0)) } ?? [] }

    func value(at id: NodeID) -> Value {
        switch kind(id) {
        case .scalar: .text(text(id))
        case .sequence: .list(items(of: id).map { value(at: $0) })
        case .mapping: .map(pairs(of: id).map { Value.Pair(key: text($0.key), value: value(at: $0.value)) })
        }
    }
}

/// What a tree says, without how it was written.
indirect enum Value: Equatable {
    struct Pair: Equatable {
        var key: String
        var value: Value
    }

    case text(String)
    case list([Value])
    case map([Pair])
}
