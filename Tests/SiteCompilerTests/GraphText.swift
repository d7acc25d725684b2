import Diagnostics

/// A value with all that it holds, without source spans: two graphs say the same when their texts are equal.
func text(of value: Any) -> String {
    if value is SourceSpan { return "" }
    if let text = value as? String { return "\"\(text)\"" }
    if let described = value as? any CustomStringConvertible, Mirror(reflecting: value).displayStyle != .collection {
        return described.description
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { text(of: $0.value) } ?? "nil"
    case .collection: return "[" + mirror.children.map { text(of: $0.value) }.joined(separator: ", ") + "]"
    default:
        guard !mirror.children.isEmpty else { return String(describing: value) }
        return "(" + mirror.children.map { "\($0.label ?? ""): \(text(of: $0.value))" }.joined(separator: ", ") + ")"
    }
}
