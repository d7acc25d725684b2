/// Writes JSON (RFC 8259) piece by piece: the same calls give the same bytes, and keys stand in the order in which they are written.
///
/// Everything that a person or a program reads as JSON is written with this. Characters that a terminal would hide or obey are escaped, so the
/// text can be shown as it is.
///
///     var json = JSONWriter()
///     json.object {
///         $0.member("site", "lab")
///         $0.array("hosts") { for host in hosts { $0.value(host) } }
///     }
///     print(json.text)
public struct JSONWriter: Sendable {
    private struct Level {
        var isObject: Bool
        var isEmpty = true
    }

    private let isPretty: Bool
    private var written = ""
    private var levels: [Level] = []
    private var hasKey = false

    /// Makes a writer; a pretty one indents by two spaces, another writes one line.
    public init(isPretty: Bool = true) { self.isPretty = isPretty }

    /// What was written, ended by a line break when it is pretty; whole as soon as the outermost value is.
    public var text: String {
        precondition(levels.isEmpty && !hasKey, "a JSON value isn't finished")
        return isPretty && !written.isEmpty ? written + "\n" : written
    }

    // MARK: Values

    /// Writes a string; nil is `null`.
    public mutating func value(_ value: String?) {
        guard let value else { return scalar("null") }
        beginValue()
        appendQuoted(value)
    }

    /// Writes a whole number; nil is `null`.
    public mutating func value(_ value: (some BinaryInteger)?) { scalar(value.map { String($0) } ?? "null") }

    /// Writes a number in the fewest digits that read back equal; nil is `null`, and so is what JSON has no number for.
    public mutating func value(_ value: Double?) {
        let finite = value.flatMap { $0.isFinite ? $0 : nil }
        scalar(finite.map { Int(exactly: $0).map { "\($0)" } ?? "\($0)" } ?? "null")
    }

    /// Writes `true` or `false`; nil is `null`.
    public mutating func value(_ value: Bool?) { scalar(value.map { $0 ? "true" : "false" } ?? "null") }

    /// Writes `null`.
    public mutating func null() { scalar("null") }

    /// Writes an object; its members are written by the closure.
    public mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows { try collection(isObject: true, members) }

    /// Writes an array; its items are written by the closure.
    public mutating func array(_ items: (inout JSONWriter) throws -> Void) rethrows { try collection(isObject: false, items) }

    // MARK: Members

    /// Writes a member's key; its value comes next.
    public mutating func key(_ name: String) {
        precondition(levels.last?.isObject == true && !hasKey, "a JSON key stands in an object, before its value")
        separate()
        appendQuoted(name)
        written += isPretty ? ": " : ":"
        hasKey = true
    }

    /// Writes a member whose value is a string, or `null`.
    public mutating func member(_ name: String, _ value: String?) {
        key(name)
        self.value(value)
    }

    /// Writes a member whose value is a whole number, or `null`.
    public mutating func member(_ name: String, _ value: (some BinaryInteger)?) {
        key(name)
        self.value(value)
    }

    /// Writes a member whose value is `true`, `false` or `null`.
    public mutating func member(_ name: String, _ value: Bool?) {
        key(name)
        self.value(value)
    }

    /// Writes a member whose value is an object.
    public mutating func object(_ name: String, _ members: (inout JSONWriter) throws -> Void) rethrows {
        key(name)
        try object(members)
    }

    /// Writes a member whose value is an array.
    public mutating func array(_ name: String, _ items: (inout JSONWriter) throws -> Void) rethrows {
        key(name)
        try array(items)
    }

    // MARK: Bytes

    private mutating func scalar(_ text: String) {
        beginValue()
        written += text
    }

    private mutating func collection(isObject: Bool, _ contents: (inout JSONWriter) throws -> Void) rethrows {
        beginValue()
        written += isObject ? "{" : "["
        levels.append(Level(isObject: isObject))
        try contents(&self)
        precondition(!hasKey, "a JSON key has no value")
        let isEmpty = levels.removeLast().isEmpty
        if !isEmpty { breakLine() }
        written += isObject ? "}" : "]"
    }

    private mutating func beginValue() {
        if hasKey {
            hasKey = false
        } else if let level = levels.last {
            precondition(!level.isObject, "a JSON value in an object has a key")
            separate()
        } else {
            precondition(written.isEmpty, "a JSON text is one value")
        }
    }

    private mutating func separate() {
        if !levels[levels.count - 1].isEmpty { written += "," }
        levels[levels.count - 1].isEmpty = false
        breakLine()
    }

    private mutating func breakLine() {
        guard isPretty else { return }
        written += "\n"
        for _ in levels { written += "  " }
    }

    private mutating func appendQuoted(_ text: String) {
        written += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": written += "\\\""
            case "\\": written += "\\\\"
            case "\n": written += "\\n"
            case "\r": written += "\\r"
            case "\t": written += "\\t"
            case _ where isUnsafeForDisplay(scalar):
                for unit in String(scalar).utf16 { appendEscape(unit) }
            default: written.unicodeScalars.append(scalar)
            }
        }
        written += "\""
    }

    private mutating func appendEscape(_ unit: UInt16) {
        let digits = String(unit, radix: 16)
        written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
