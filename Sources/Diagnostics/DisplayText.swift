/// Text from an inventory or a target as a terminal may show it: control, bidirectional and invisible characters appear as `\u{…}`.
public func escapedForDisplay(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafeForDisplay) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
        if isUnsafeForDisplay(scalar) {
            result += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// What is wrong with a text that people are to read; nil when nothing is. At most 200 characters on one line.
public func displayTextProblem(_ text: String) -> String? {
    if text.unicodeScalars.count > 200 { return "is longer than 200 characters" }
    guard let bad = text.unicodeScalars.first(where: isUnsafeForDisplay) else { return nil }
    let name = String(bad.value, radix: 16, uppercase: true)
    let digits = String(repeating: "0", count: max(0, 4 - name.count)) + name
    return bad == "\n" || bad == "\r" ? "holds a line break" : "holds the unprintable character U+\(digits)"
}

/// Characters that change how the text around them is shown, or aren't shown at all: C0 and C1 controls, line and paragraph separators, format
/// characters (Unicode general category Cf: bidirectional controls, zero-width characters, tags), fillers and variation selectors (property
/// Default_Ignorable_Code_Point), the Braille pattern without dots, private use, unassigned.
func isUnsafeForDisplay(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value >= 0x20 && scalar.value < 0x7f { return false }
    if scalar.value == 0x2800 || scalar.properties.isDefaultIgnorableCodePoint { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return true
    default: return false
    }
}

/// The characters that ``displayTextProblem(_:)`` refuses, as the inside of a character class of a regular expression (ECMA 262, with `u`).
///
/// Those that Unicode hasn't assigned are left out: which they are differs between programs.
public func displayTextRefusals() -> String {
    var ranges: [ClosedRange<UInt32>] = []
    for value in UInt32(0)...0x10_ffff {
        guard let scalar = Unicode.Scalar(value), isUnsafeForDisplay(scalar), scalar.properties.generalCategory != .unassigned else {
            continue
        }
        if let last = ranges.last, last.upperBound == value - 1 {
            ranges[ranges.count - 1] = last.lowerBound...value
        } else {
            ranges.append(value...value)
        }
    }
    return ranges.map { $0.count == 1 ? classMember($0.lowerBound) : "\(classMember($0.lowerBound))-\(classMember($0.upperBound))" }
        .joined()
}

/// Beyond the basic plane there is no escape that all readers of regular expressions share.
private func classMember(_ value: UInt32) -> String {
    if value > 0xffff { return Unicode.Scalar(value).map { String($0) } ?? "" }
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
}
