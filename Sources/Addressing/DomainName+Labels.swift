extension DomainName {
    /// The most characters a name can have.
    public static let maximumLength = 253

    /// The most characters a label can have.
    public static let maximumLabelLength = 63

    /// What keeps a text from being a host-name label, as a phrase; nil when it is one. Upper case is no problem.
    public static func labelProblem(_ text: String) -> String? { labelProblem(text, .host) }

    /// What keeps a text from being a label that may begin with an underscore, as a phrase; nil when it is one.
    public static func labelProblem(underscored text: String) -> String? { labelProblem(text, .underscored) }

    private static func labelProblem(_ text: String, _ rules: LabelRules) -> String? {
        let bytes = text.utf8Span.span
        guard !bytes.isEmpty else { return "it is empty" }
        do throws(BrokenRule) {
            let label = try scanLabel(bytes, from: 0, to: bytes.count, rules)
            return label.end == bytes.count ? nil : hasDot
        } catch {
            return text.utf8.contains(dot) && bytes.count > 1 ? hasDot : "it \(error.phrase)"
        }
    }

    private static let hasDot = "it has a dot, and is more than one label"

    /// What the labels of a name are made of.
    enum LabelRules { case host, underscored }

    /// How a good name differs from its canonical form.
    enum WrittenForm { case canonical, finalDot, upperCase, upperCaseAndFinalDot }

    private struct ScannedLabel {
        var end: Int
        var hasUpperCase: Bool
        var isNumber: Bool
    }

    /// Checks a whole name, or with `isRelative` the labels that will stand before another one.
    static func scan(_ bytes: Span<UInt8>, _ rules: LabelRules, isRelative: Bool) throws(BrokenRule) -> WrittenForm {
        guard !bytes.isEmpty else { throw .empty }
        let hasFinalDot = bytes[bytes.count - 1] == dot
        let end = bytes.count - (hasFinalDot ? 1 : 0)
        guard end > 0 else { throw BrokenRule("it is the root, which has no label") }
        guard !hasFinalDot || !isRelative else { throw BrokenRule("it ends with a dot, and would be absolute") }
        guard end <= maximumLength else { throw BrokenRule("it is \(end) characters long, the longest is \(maximumLength)") }
        var number = 1
        var start = 0
        var hasUpperCase = false
        while true {
            let label: ScannedLabel
            do throws(BrokenRule) {
                label = try scanLabel(bytes, from: start, to: end, rules)
            } catch {
                throw BrokenRule("label \(number) \(error.phrase)")
            }
            hasUpperCase = hasUpperCase || label.hasUpperCase
            guard label.end < end else {
                guard !label.isNumber || isRelative else { throw BrokenRule("its last label is a number, as in an address") }
                break
            }
            start = label.end + 1
            number += 1
        }
        return switch (hasUpperCase, hasFinalDot) {
        case (false, false): .canonical
        case (false, true): .finalDot
        case (true, false): .upperCase
        case (true, true): .upperCaseAndFinalDot
        }
    }

    /// Checks the label from `start` to the next dot or `limit`. Its errors are predicates of "it" or "label 2".
    @inline(__always)
    private static func scanLabel(
        _ bytes: Span<UInt8>, from start: Int, to limit: Int, _ rules: LabelRules
    ) throws(BrokenRule) -> ScannedLabel {
        var first = start
        if rules == .underscored, start < limit, bytes[start] == underscore { first += 1 }
        var label = ScannedLabel(end: first, hasUpperCase: false, isNumber: first == start)
        scan: while label.end < limit {
            switch bytes[label.end] {
            case 0x61...0x7A: label.isNumber = false
            case 0x30...0x39: break
            case hyphen:
                guard label.end > first else { throw BrokenRule("begins with a hyphen") }
                label.isNumber = false
            case 0x41...0x5A: (label.isNumber, label.hasUpperCase) = (false, true)
            case dot: break scan
            default: throw unexpected(bytes, label.end, start, rules)
            }
            label.end &+= 1
        }
        guard label.end > first else { throw BrokenRule(first > start ? "is an underscore alone" : "is empty") }
        guard bytes[label.end &- 1] != hyphen else { throw BrokenRule("ends with a hyphen") }
        guard label.end &- start <= maximumLabelLength else {
            throw BrokenRule("is \(label.end - start) characters long, the longest is \(maximumLabelLength)")
        }
        return label
    }

    private static func unexpected(_ bytes: Span<UInt8>, _ offset: Int, _ start: Int, _ rules: LabelRules) -> BrokenRule {
        switch bytes[offset] {
        case 0x80...:
            BrokenRule("has a character outside ASCII; write an internationalised name as its A-label, which begins with xn-- (RFC 5891)")
        case underscore where rules == .underscored:
            BrokenRule("has an underscore at character \(offset - start + 1); only the first character can be one")
        case underscore:
            BrokenRule("has an underscore; a host name is made of letters, digits and hyphens")
        default:
            BrokenRule("has \(bytes.character(at: offset)) in it; it is made of letters, digits and hyphens")
        }
    }

    /// Whether a text has no ASCII capital letter.
    public static func isLowercase(_ text: String) -> Bool {
        let bytes = text.utf8Span.span
        for index in bytes.indices where 0x41...0x5A ~= bytes[index] { return false }
        return true
    }
}

private let dot: UInt8 = 0x2E
private let hyphen: UInt8 = 0x2D
private let underscore: UInt8 = 0x5F
