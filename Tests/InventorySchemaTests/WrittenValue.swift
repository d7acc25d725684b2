/// A YAML value as a generator writes it.
indirect enum WrittenValue {
    case scalar(String, isQuoted: Bool)
    case list([WrittenValue])
    case map([(key: String, value: WrittenValue)])

    /// The value in flow style, on one line.
    var yaml: String {
        switch self {
        case .scalar(let text, let isQuoted): isQuoted || !Self.isPlain(text) ? Self.quoted(text) : text
        case .list(let items): "[" + items.map(\.yaml).joined(separator: ", ") + "]"
        case .map(let pairs):
            "{"
                + pairs.map { "\(Self.isPlain($0.key) && !$0.key.isEmpty ? $0.key : Self.quoted($0.key)): \($0.value.yaml)" }
                .joined(separator: ", ") + "}"
        }
    }

    /// Whether a text can stand without quotes in flow style.
    private static func isPlain(_ text: String) -> Bool {
        text.wholeMatch(of: #/([A-Za-z0-9_./+~][A-Za-z0-9_./+~-]*)?|-[0-9.]+/#) != nil
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case " "..."~": result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return result + "\""
    }
}

extension WrittenValue {
    /// How many values it is made of, itself among them.
    var count: Int {
        switch self {
        case .scalar: 1
        case .list(let items): items.reduce(1) { $0 + $1.count }
        case .map(let pairs): pairs.reduce(1) { $0 + $1.value.count }
        }
    }

    /// The same with the value at a place in document order, itself being the first, changed.
    func replacing(_ place: Int, _ change: (WrittenValue) -> WrittenValue) -> WrittenValue {
        if place == 0 { return change(self) }
        var rest = place - 1
        func step(_ value: WrittenValue) -> WrittenValue {
            defer { rest -= value.count }
            return rest >= 0 && rest < value.count ? value.replacing(rest, change) : value
        }
        switch self {
        case .scalar: return self
        case .list(let items): return .list(items.map(step))
        case .map(let pairs): return .map(pairs.map { ($0.key, step($0.value)) })
        }
    }
}
