import Diagnostics

/// What an editor may see where a scalar belongs.
///
/// An editor has typed the scalar before it looks at the schema, and the decoder reads its text: so where `12` is a good name, a number is right
/// too. Patterns are in the part of regular expressions that ECMA 262 and others share; they say nothing of values that aren't strings.
struct ScalarSchema {
    /// The type, in words.
    var title: String
    var types = ["string"]
    var pattern: String?
    var maximumLength: Int?
    var bounds: ClosedRange<Int>?
    var words: [String] = []
    /// What to write, when the pattern doesn't fit.
    var mend: String?

    func write(to json: inout JSONWriter) {
        if words.isEmpty {
            if types.count == 1 {
                json.member("type", types[0])
            } else {
                json.array("type") { json in for type in types { json.value(type) } }
            }
        } else {
            json.array("enum") { json in for word in words { json.value(word) } }
        }
        if let bounds {
            json.member("minimum", bounds.lowerBound)
            if bounds.upperBound < Int.max { json.member("maximum", bounds.upperBound) }
        }
        if let maximumLength { json.member("maxLength", maximumLength) }
        if let pattern { json.member("pattern", "^\(pattern)$") }
        if let mend { json.member("patternErrorMessage", mend) }
    }
}

extension ScalarSchema {
    static let name = ScalarSchema(
        title: "name", types: ["string", "integer", "boolean"], pattern: "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", bounds: 0...Int.max,
        mend: "a name is lower-case letters, digits and hyphens inside, at most 63")

    static let identifier = ScalarSchema(
        title: "identifier", types: ["string", "integer", "boolean"], pattern: "[a-z0-9][a-z0-9_-]{0,62}", bounds: 0...Int.max,
        mend: "an identifier is lower-case letters, digits, '-' and '_', at most 63, and begins with a letter or digit")

    static let text = ScalarSchema(
        title: "text", types: ["string", "number", "boolean"], pattern: noTemplate + "[^\(displayTextRefusals())]*", maximumLength: 200,
        mend: "write plain text on one line, without '{{'")

    static let reason = ScalarSchema(
        title: "reason", types: ["string", "number", "boolean"], pattern: noTemplate + "(?=.*[^ ])[^\(displayTextRefusals())]*",
        maximumLength: 200, mend: "write why, in plain text on one line, without '{{'")

    /// Days that some year has; which years have a 29th of February a pattern could only tell at length.
    static let date = ScalarSchema(
        title: "date",
        pattern: "[0-9]{4}-(02-(0[1-9]|[12][0-9])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01]))",
        mend: "write a day as YYYY-MM-DD, such as 2027-03-31")

    static let resource = ScalarSchema(
        title: "address of a resource",
        pattern:
            "\(nameText)/\(nameText)/(\(ProviderName.allCases.map(\.rawValue).joined(separator: "|")))/[a-z_]+/([A-Za-z0-9._:-]|%[0-9A-F]{2})+",
        mend: "copy the address from the plan: SITE/HOST/PROVIDER/KIND/KEY")

    static let recordText = ScalarSchema(
        title: "record text", types: ["string", "number", "boolean"], pattern: noTemplate + "[ -~]{0,255}",
        mend: "write at most 255 printable ASCII characters on one line, without '{{'")

    static let domainName = ScalarSchema(
        title: "domain name", types: ["string", "boolean"], pattern: dotted(label), mend: "write a name such as dvntm.deevnet.net")

    static let recordTarget = ScalarSchema(
        title: "record target", types: ["string", "boolean"], pattern: dotted(label),
        mend: "write a name in the site's zone, or an absolute one with a final dot")

    static let recordOwner = ScalarSchema(
        title: "owner of records", types: ["string", "boolean"],
        pattern: "(@|\(dotted("(_[A-Za-z0-9]([A-Za-z0-9-]{0,60}[A-Za-z0-9])?|\(label))")))",
        mend: "write a name in the site's zone such as _sip._udp, or '@'")

    static let device = ScalarSchema(
        title: "device name", types: ["string", "number", "boolean"], pattern: "[A-Za-z0-9_][A-Za-z0-9._-]{0,14}",
        bounds: 0...999_999_999_999_999, mend: "write at most 15 letters, digits, '.', '_' or '-', such as eno1")

    static let mac = ScalarSchema(
        title: "MAC address", pattern: "(unknown|(?!00:00:00:00:00:00)[0-9a-f][02468ace](:[0-9a-f]{2}){5})",
        mend: "write six pairs in lower case such as 02:de:20:01:00:01, one card's address, or 'unknown'")

    static let address = ScalarSchema(
        title: "address", pattern: "(\(ipv4)|\(ipv6))", mend: "write an address such as 10.20.99.21 or fd00:20:99::21")

    static let prefix = ScalarSchema(
        title: "prefix", pattern: "(\(ipv4)/\(numberPattern(0...32))|\(ipv6)/\(numberPattern(0...128)))",
        mend: "write a prefix such as 10.20.99.0/24")

    static let range = ScalarSchema(
        title: "range", pattern: "(\(ipv4)-\(ipv4)|\(ipv6)-\(ipv6))", mend: "write a range such as 10.20.99.100-10.20.99.200")

    static let boolean = ScalarSchema(
        title: "boolean", types: ["boolean", "string"], pattern: "(true|false)", mend: "write 'true' or 'false'")

    static let port = ScalarSchema(
        title: "port", pattern: "(tcp|udp)/\(numberPattern(1...65_535))(-\(numberPattern(1...65_535)))?",
        mend: "write tcp/80 or udp/5000-5010")

    static func integer(_ bounds: ClosedRange<Int>, title: String = "integer") -> ScalarSchema {
        ScalarSchema(
            title: title, types: ["integer", "string"], pattern: numberPattern(bounds), bounds: bounds,
            mend: "write a whole number from \(bounds.lowerBound) to \(bounds.upperBound), without leading zeros")
    }

    /// At most 10,000,000 of a unit, and less than 2^31 - 1 seconds.
    static func duration(allowsInfinite: Bool) -> ScalarSchema {
        let (most, seconds) = (10_000_000, Int(Int32.max) - 1)
        let times = [
            numberPattern(1...most) + "[sm]", numberPattern(1...seconds / 3600) + "h", numberPattern(1...seconds / 86_400) + "d",
        ]
        return ScalarSchema(
            title: "duration", pattern: "(\((times + (allowsInfinite ? ["infinite"] : [])).joined(separator: "|")))",
            mend: "write a number with its unit: 30s, 5m, 12h, 7d\(allowsInfinite ? ", or infinite" : "")")
    }

    static func path(absolute: Bool) -> ScalarSchema {
        let part = "(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+"
        return ScalarSchema(
            title: absolute ? "absolute path" : "relative path", types: absolute ? ["string"] : ["string", "number", "boolean"],
            pattern: "(?=.{1,255}$)" + (absolute ? "(/\(part))+" : "\(part)(/\(part))*"),
            mend: "write \(absolute ? "an absolute" : "a relative") path of letters, digits, '.', '_', '-' and '/', without '..' or '//'")
    }

    private static let nameText = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"

    private static let noTemplate = "(?!.*\\{\\{)"

    private static let label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"

    /// Labels with dots between them and perhaps behind them, the last one no number.
    private static func dotted(_ label: String) -> String { "(?=.{1,253}\\.?$)(\(label)\\.)*(?![0-9]+\\.?$)\(label)\\.?" }

    private static let ipv4 = "(\(numberPattern(0...255))\\.){3}\(numberPattern(0...255))"

    /// The forms of RFC 4291 §2.2: eight groups, or fewer with a gap; the last two may be written as an IPv4 address.
    private static let ipv6: String = {
        let group = "[0-9A-Fa-f]{1,4}"
        var forms = ["(\(group):){7}\(group)", "(\(group):){6}\(ipv4)"]
        for before in 0...7 {
            let head = before == 0 ? ":" : "(\(group):){\(before)}"
            let after = 7 - before
            var tails = after > 0 ? ["\(group)(:\(group)){0,\(after - 1)}"] : []
            if after >= 2 { tails.append("(\(group):){0,\(after - 2)}\(ipv4)") }
            forms.append(head + ":" + (tails.isEmpty ? "" : "(\(tails.joined(separator: "|")))?"))
        }
        return "(\(forms.joined(separator: "|")))"
    }()
}
