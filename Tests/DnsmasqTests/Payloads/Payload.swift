import TestSupport

/// What is written where a value belongs, and what YAML makes of it.
struct Payload: Sendable, CustomStringConvertible {
    /// As it stands in the file.
    let written: [UInt8]
    /// The text that it means; nil: it is none, and can't be taken.
    let meaning: String?
    /// Whether the file may be broken behind it, so that the complaint stands further down.
    var mayBreakFile = false

    var description: String { "\(String(reflecting: String(decoding: written.prefix(120), as: UTF8.self)))" }

    /// A text between double quotes, with every character escaped that has to be.
    init(text: String) {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: written += "\\\""
            case 0x5C: written += "\\\\"
            case 0x20..<0x7F: written.unicodeScalars.append(scalar)
            case ..<0x100: written += "\\x" + Self.hex(scalar.value, 2)
            case ..<0x10000: written += "\\u" + Self.hex(scalar.value, 4)
            default: written += "\\U" + Self.hex(scalar.value, 8)
            }
        }
        self.written = Array((written + "\"").utf8)
        meaning = text
    }

    /// A text between single quotes, where only those are special; nil where that can't be.
    init?(single text: String) {
        guard text.unicodeScalars.allSatisfy({ (0x20..<0x7F).contains($0.value) || (0xA0..<0x2000).contains($0.value) }) else { return nil }
        written = Array(("'" + text.replacing("'", with: "''") + "'").utf8)
        meaning = text
    }

    init(raw: String, meaning: String?) { self.init(raw: Array(raw.utf8), meaning: meaning) }

    init(raw: [UInt8], meaning: String?) {
        written = raw
        self.meaning = meaning
        mayBreakFile = true
    }

    private static func hex(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: width - digits.count) + digits
    }

    /// Payloads of a field, from all kinds: each text alone, behind, before and within a right value, as YAML can write it; and seeded mixes.
    static func sample(for harmless: String, count: Int, seed: UInt64) -> [Payload] {
        var random = SeededGenerator(seed: seed)
        let middle = harmless.index(harmless.startIndex, offsetBy: harmless.count / 2)
        var payloads = fragments(harmless)
        for text in texts {
            payloads += [text, harmless + text, text + harmless, harmless[..<middle] + text + harmless[middle...]].map { Payload(text: $0) }
        }
        for _ in 0..<400 {
            let text = mix(harmless, &random)
            payloads.append(random.next() % 4 == 0 ? Payload(single: text) ?? Payload(text: text) : Payload(text: text))
        }
        return Array(payloads.shuffled(using: &random).prefix(count))
    }

    private static func mix(_ harmless: String, _ random: inout SeededGenerator) -> String {
        var text = random.next() % 3 == 0 ? harmless : ""
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            switch random.next() % 5 {
            case 0: text += texts.randomElement(using: &random) ?? ""
            case 1: text.unicodeScalars.append(Unicode.Scalar(UInt8.random(in: 0...255, using: &random)))
            case 2: text += directives.randomElement(using: &random) ?? ""
            case 3: text += String((0..<Int.random(in: 1...6, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
            default: text.unicodeScalars.append(separators.randomElement(using: &random) ?? ",")
            }
        }
        return text
    }

    private static let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-")
    private static let separators: [Unicode.Scalar] = Array("\n\r\t\0 ,;=:#\"'\\/!*%$`()[]{}<>|&~@^_.+?\u{1b}".unicodeScalars)

    /// Directives of dnsmasq(8), as one would smuggle them in.
    private static let directives = [
        "dhcp-script=/x", "address=/#/10.0.0.1", "server=198.51.100.1", "conf-file=/etc/passwd", "addn-hosts=/etc/shadow", "port=5353",
        "user=root", "log-facility=/x", "dhcp-option=3,10.0.0.9", "dhcp-luascript=/x", "enable-tftp", "tftp-root=/", "cname=a,b",
        "dhcp-range=10.9.0.1,10.9.0.9", "interface=lo", "resolv-file=/x", "conf-script=/x", "dhcp-host=02:de:66:00:00:01,10.9.0.3",
    ]

    /// Texts that mean something to dnsmasq, to a shell, to YAML, to a terminal or to a reader's eye.
    static let texts: [String] =
        [
            "\n", "\r", "\r\n", "\n\n", "\0", "\t", " ", "  ", "\u{0b}", "\u{0c}", "\u{1b}[31m", "\u{1b}]0;x\u{07}", "\u{7f}", "\u{85}",
            "\u{08}",
            "\u{2028}", "\u{2029}", "\u{202e}", "\u{202d}", "\u{2066}", "\u{2069}", "\u{200b}", "\u{200d}", "\u{200e}", "\u{feff}",
            "\u{ad}", "\u{a0}",
            "\u{3000}", "\u{e0041}", "\u{fffd}", "\u{ffff}", "\u{10ffff}", "é", "e\u{301}", "ü.example", "münchen", "xn--mnchen-3ya",
            "XN--MNCHEN-3YA",
            "xn--", "а", "ο", "ｅ", "K", "ſ", "．", "。", "／", "＃", "，", "💥", "İ", "ß", "ﬁ",
            "\"", "\"\"", "'", "`", "``", "\\", "\\\\", "\\\"", "\\n", "\\r", "\\t", "\\012", "\\x0a", "\\u000a", "\\0", "\\,", "\\#",
            "\\.",
            "#", " #", " # x", "\t#", ";", " ; x", "//", "/* */", "--", "-", "--port=53", "-k", "!", "!x", "*", "*.", "?", "|", "||", "&",
            "&&", "<", ">",
            "$", "$(id)", "${IFS}", "$HOME", "%", "%s", "%n", "%0a", "%00", "%2e%2e", "%%", "~", "~root", "@", "^", "(", ")", "[", "]", "{",
            "}", "{{",
            "{{ x }}", "{% x %}", "<%= x %>", "=", "==", "=x", ",", ",,", ",x", ", x", ":", "::", ":x", "/", "//x", "/..", "../", "..", ".",
            "...", "./x",
            "/etc/passwd", "../../etc/passwd", "/x/", "tag:x", "set:x", "id:x", "id:*", "option:router", "option6:dns", "encap:175",
            "vendor:x",
            "tag:!known", "net:x", "lladdr", "ignore", "infinite", "deprecated", "static", "proxy", "constructor:eth0", "known", "bootp",
            "12h", "45m",
            "7d", "1w", "600", "0", "-1", "00", "017", "0x1f", "0b1", "1e3", "1_000", "1:30", "+5", "5.", "4294967296",
            "18446744073709551616", "no", "yes",
            "null", "true", "on", "nan", ".inf", "2024-01-01", "02:de:66:66:66:66", "02-DE-66-66-66-66", "02:de:66:66:66:*",
            "1-02:de:66:66:66:66",
            "11:22:33:44:55", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "10.0.0.1", "10.0.0.500", "010.0.0.1", "10.1", "0.0.0.0",
            "255.255.255.255",
            "127.0.0.1", "10.0.0.0/8", "10.0.0.1#53", "10.0.0.9-10.0.0.1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1", "[fd00::1]",
            "fd00::/64", "#",
            "\ndhcp-script=/x", "\naddress=/#/10.0.0.1", "\nport=5353\n", "\r\nuser=root", "\nconf-file=/etc/passwd",
            "\"\ndhcp-script=/x\n\"",
            "\",\"b", "\"\ntxt-record=x.example.org,\"y", "\u{0}\nport=5", ",10.9.0.3,evil,infinite", ",set:known", "#53@lo", "/#/10.0.0.1",
            "/example.com/",
            "x,y,z", "a b", "a\tb", "a\nb", "a;b", "a|b", "a=b", "A", "UPPER", "under_score", "_x", "_tcp", "-lead", "trail-", "a..b", ".a",
            "a.", "a-b", "a--b",
            "x.loaded.deevnet.invalid", "static.loaded.deevnet.invalid", "localhost", "example.com", "com", "invalid", "arpa",
            "in-addr.arpa", "wpad", "isatap",
            "segment-x", "arch-bios", "client-netboot", "client-ipxe", "lo", "any", "eth0", "eth0:1", "eth*", ".yml", "CON", "a,b,c,d",
        ] + [63, 64, 200, 253, 254, 255, 256, 1_000, 1_023, 1_024, 1_025, 5_000].map { String(repeating: "a", count: $0) } + [
            String(repeating: "a.", count: 126) + "a", String(repeating: "a.", count: 127) + "a", String(repeating: "\\", count: 255),
            String(repeating: "\"", count: 255), String(repeating: "x", count: 1_023) + "\nport=53", String(repeating: "ab ", count: 400),
            String(repeating: "é", count: 130), String(repeating: "a/", count: 120) + "a",
        ]

    /// What only YAML's own syntax can say. The meanings are YAML 1.2's, where an inventory's reading differs it refuses.
    private static func fragments(_ harmless: String) -> [Payload] {
        let plain = [
            "0x7f", "0o17", "017", "1:30", "12:34:56:12:34:56", "1_000", "1e3", ".inf", ".nan", "yes", "No", "on", "TRUE", "2024-01-01",
            "=", "a=b", "a#b",
            "a:b", "x;y", "$(id)", "a,b", "a\"b", "a'b", "a\\nb", "a\\x0ab", "-x", "--x", "?x", ":x", "~x", "00", "+1", "-0", "Null", "0.0",
            "1.",
        ].map { Payload(raw: $0, meaning: $0) }
        let values = [
            ("|\n                        a\n                        b", "a\nb\n"),
            ("|-\n                        a\n                        b", "a\nb"),
            (">-\n                        a\n                        b", "a b"), ("|+\n                        a\n\n", "a\n\n"),
            ("|\n                        \(harmless)", "\(harmless)\n"), ("|-\n                        \(harmless)", harmless),
            ("|-\n\n", ""),
            ("|-\n                        \(harmless)\n                        dhcp-script=/x", "\(harmless)\ndhcp-script=/x"),
            ("\"\(harmless)\\\n                        \"", harmless), ("\"\(harmless)\\x20\"", "\(harmless) "),
            ("\"\(harmless)\n\n                        b\"", "\(harmless)\nb"),
            ("'\(harmless)\n\n                        b'", "\(harmless)\nb"),
            ("\"\\/\\e\\a\\b\\v\\f\\_\\N\\L\\P\"", "/\u{1b}\u{07}\u{08}\u{0b}\u{0c}\u{a0}\u{85}\u{2028}\u{2029}"),
            ("\tx", "x"), ("\(harmless)   # x", harmless), ("\(harmless) \t", harmless), ("&qz \(harmless)", harmless),
            ("\"\\x41\\u0042\\U00000043\"", "ABC"),
        ].map { Payload(raw: $0.0, meaning: $0.1) }
        let nothing = [
            "", "~", "null", "*qz", "&qz", "*", "!!binary aGk=", "!!str x", "!x y", "!!int 5", "!!python/object:os.system x", "[",
            "]", "{", "}",
            "[a, b", "{a: b", "\"x", "'x", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud83d\\udca5\"", "\"\\U00110000\"", "\"\\q\"", "\"\\x4\"",
            "@x", "`x", "%x",
            "- - x", "? x", ": x", "x: y", "x: y: z", "<<: x", "{{ x }}", "{? x}", "---\nx", "...\nx", "x\n---\ny", "| x", ">9\nx",
            "{ [a]: b }",
        ].map { Payload(raw: $0, meaning: nil) }
        let bytes: [[UInt8]] = [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x8A, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xE2, 0x80, 0x22],
            [0x61, 0x00, 0x62], [0x61, 0x08, 0x62], [0x61, 0x1B, 0x62], [0x61, 0x7F, 0x62], [0xEF, 0xBB, 0xBF, 0x61], [0xFE, 0xFF],
        ]
        return plain + values + nothing + bytes.map { Payload(raw: $0, meaning: nil) }
    }
}
