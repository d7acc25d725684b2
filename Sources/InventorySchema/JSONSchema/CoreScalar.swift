/// What a plain scalar is to a program that guesses its type as YAML 1.2's core schema does (§10.3.2): editors, and most other readers.
public enum CoreScalar: Sendable, Equatable {
    case null
    case boolean(Bool)
    /// A whole number, in canonical decimal digits.
    case integer(String)
    /// A number as it is written, or `.inf` and `.nan`.
    case float(String)
    case string

    /// The type of a scalar that has no quotes.
    public init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .boolean(true)
        case "false", "False", "FALSE": self = .boolean(false)
        default: self = Self.number(text) ?? .string
        }
    }

    /// Whether the value alone tells how it was written: `12` and `true` do, while `012` is the number 12 to an editor.
    public func tells(_ text: String) -> Bool {
        switch self {
        case .null: text.isEmpty || text == "~" || text == "null"
        case .boolean(let value): text == "\(value)"
        case .integer(let digits): text == digits
        case .float: Double(text).map { "\($0)" == text && !text.hasSuffix(".0") } ?? false
        case .string: true
        }
    }

    private static func number(_ text: String) -> CoreScalar? {
        for (lead, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(lead) {
            return Int(text.dropFirst(2), radix: radix).flatMap {
                $0 >= 0 && !"+-".contains(text.dropFirst(2).prefix(1)) ? .integer("\($0)") : nil
            }
        }
        let isNegative = text.hasPrefix("-")
        let unsigned = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        if [".inf", ".Inf", ".INF"].contains(unsigned) { return .float(text) }
        if [".nan", ".NaN", ".NAN"].contains(text) { return .float(text) }
        guard let first = unsigned.utf8.first, isDigit(first) || first == dot else { return nil }
        if unsigned.utf8.allSatisfy(isDigit) {
            let digits = String(unsigned.drop { $0 == "0" })
            return .integer(digits.isEmpty ? "0" : (isNegative ? "-" : "") + digits)
        }
        return isFloat(unsigned) ? .float(text) : nil
    }

    /// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isFloat(_ text: Substring) -> Bool {
        var rest = text.utf8[...]
        func digits() -> Int {
            let count = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(count)
            return count
        }
        let whole = digits()
        var part = 0
        if rest.first == dot {
            rest = rest.dropFirst()
            part = digits()
        }
        guard whole + part > 0 else { return false }
        guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return rest.isEmpty }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return digits() > 0 && rest.isEmpty
    }
}

private let dot = UInt8(ascii: ".")

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
