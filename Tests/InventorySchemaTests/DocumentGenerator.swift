import InventorySchema
import TestSupport

/// Makes documents by the shapes' declarations, and breaks them in one place.
struct DocumentGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A document as the schema wants it, but for a scalar here and there that lost its quotes.
    mutating func document(_ kind: DocumentKind) -> WrittenValue {
        let keys = kind.shape.keys.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
        return .map(keys.map { ($0.name, value($0.type)) })
    }

    /// The document, wrong in at most one place.
    mutating func broken(_ document: WrittenValue, _ kind: DocumentKind) -> WrittenValue {
        // Most values are scalars anyway; the outermost mapping is no more likely than any other.
        let place = Int.random(in: 0..<document.count, using: &random)
        var random = random
        let result = document.replacing(place) { old in
            switch old {
            case .scalar: Self.brokenScalar(old, &random)
            case .list(let items): Self.brokenList(items, &random)
            case .map(let pairs): Self.brokenMap(pairs, kind, &random)
            }
        }
        self.random = random
        return result
    }

    // MARK: Values

    private mutating func value(_ type: ValueType) -> WrittenValue {
        switch type {
        case .list(let item), .items(let item): return .list((0..<Int.random(in: 0...2, using: &random)).map { _ in value(item) })
        case .oneOrMore(let item): return Bool.random(using: &random) ? value(item) : value(.list(item))
        case .map(let name, let item):
            var pairs: [String: WrittenValue] = [:]
            for _ in 0..<Int.random(in: 0...2, using: &random) { pairs[text(name)] = value(item) }
            return .map(pairs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        case .shape(let shape): return mapping(shape)
        case .either(let types): return types.randomElement(using: &random).map { value($0) } ?? .list([])
        default: return .scalar(text(type), isQuoted: Int.random(in: 0..<3, using: &random) == 0)
        }
    }

    private mutating func mapping(_ shape: Shape) -> WrittenValue {
        var names = Set(shape.keys.filter { $0.isRequired || Bool.random(using: &random) }.map(\.name))
        var isOn = false
        for rule in shape.rules {
            switch rule {
            case .exactlyOne(let keys): names = names.subtracting(keys).union(keys.randomElement(using: &random).map { [$0] } ?? [])
            case .needs(let key, let other): if !names.contains(other) { names.remove(key) }
            case .switched(let key, let needed, let excluded):
                isOn = Bool.random(using: &random)
                if isOn { names = names.subtracting(excluded).union([key, needed]) } else { names = names.subtracting([key, needed]) }
            }
        }
        return .map(
            shape.keys.filter { names.contains($0.name) }.map { key in
                if case .switched(key.name, _, _)? = shape.rules.first(where: { if case .switched = $0 { true } else { false } }), isOn {
                    return (key.name, .scalar("true", isQuoted: false))
                }
                return (key.name, value(key.type))
            })
    }

    private mutating func text(_ type: ValueType) -> String {
        if case .choice(let words) = type { return words.randomElement(using: &random) ?? "" }
        if case .integer(let bounds) = type {
            return "\([bounds.lowerBound, bounds.upperBound, Int.random(in: bounds, using: &random)].randomElement(using: &random) ?? 0)"
        }
        return (Self.samples(type).randomElement(using: &random) ?? "").description
    }

    /// Scalars that are right for a type.
    private static func samples(_ type: ValueType) -> [String] {
        switch type {
        case .text: ["Cameras", "no", "12", "1.5", "true", "grüß 名前", "", "a: b # c", String(repeating: "x", count: 200), "$HOME"]
        case .reason: ["The card is ordered", "no", "12", "true", String(repeating: "x", count: 200)]
        case .resource: ["lab/builder-ph01/dnsmasq/host/a.b", "a/b/kea/pool/x%2Fy", "12/0/nsd/zone/1:2_-"]
        case .date: ["2027-03-31", "2028-02-29", "0000-01-01", "9999-12-31"]
        case .recordText: ["v=spf1 -all", "12", "no", "", String(repeating: "x", count: 255), "a\\\"b"]
        case .name, .reference: ["hv01", "a", "12", "0", "true", "x1-y", "core-rt01", String(repeating: "n", count: 63)]
        case .identifier: ["iot_vendor", "management", "12", "a_-", String(repeating: "n", count: 63)]
        case .domainName: ["dvntm.deevnet.net", "deevnet.net.", "DEEVNET.net", "net", longestDomain, "1.a"]
        case .recordTarget: ["mail", "mail.example.org.", "a.b", longestDomain]
        case .recordOwner: ["@", "_sip._udp", "www", "_12", "a.b."]
        case .device: ["eno1", "enp0s31f6", "12", "1.5", "br_0", "Eth.10", "abcdefghijklmno"]
        case .mac: ["02:de:20:01:00:01", "unknown", "fe:ff:ff:ff:ff:ff"]
        case .address: addresses
        case .prefix: ["10.20.99.0/24", "0.0.0.0/0", "10.0.0.1/32", "fd00::/8", "::/0", "::1/128"]
        case .range: ["10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.1", "fd00::1-fd00::ff"]
        case .vlan: ["1", "99", "999", "1000", "4094"]
        case .boolean: ["true", "false"]
        case .duration(let allowsInfinite):
            ["30s", "5m", "12h", "7d", "10000000s", "10000000m", "596523h", "24855d"] + (allowsInfinite ? ["infinite"] : [])
        case .path(let absolute): ["srv/tftp", "undionly.kpxe", "a", "12", "...", "a.b-c_d/E"].map { absolute ? "/" + $0 : $0 }
        case .port: ["tcp/80", "udp/5000-5010", "tcp/65535", "udp/1-1"]
        case .integer, .choice, .list, .items, .oneOrMore, .map, .shape, .either: []
        }
    }

    private static let longestDomain = [63, 63, 63, 61].map { String(repeating: "d", count: $0) }.joined(separator: ".")

    private static let addresses = [
        "10.20.99.21", "0.0.0.0", "255.255.255.255", "::", "::1", "1::", "fd00:20:99::21", "FE80::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8", "::ffff:10.0.0.1", "1:2:3:4:5:6:10.0.0.1", "1:2:3:4:5::10.0.0.1", "1::4:5:6:10.0.0.1",
    ]

    // MARK: Mistakes

    private static func brokenScalar(_ old: WrittenValue, _ random: inout SeededGenerator) -> WrittenValue {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .list([old])
        case 1: return .map([("a", old)])
        case 2:
            guard case .scalar(let text, let isQuoted) = old else { return old }
            return .scalar(text, isQuoted: !isQuoted)
        case 3: return .scalar(["", "~", "null"].randomElement(using: &random) ?? "", isQuoted: Bool.random(using: &random))
        default:
            guard case .scalar(let text, _) = old,
                let mistake = (nearMisses(text) + nearMisses(text) + mistakes.shuffled(using: &random).prefix(4)).randomElement(
                    using: &random)
            else { return old }
            return .scalar(mistake, isQuoted: Bool.random(using: &random))
        }
    }

    /// Scalars that look like a text and break a rule that it keeps.
    private static func nearMisses(_ text: String) -> [String] {
        if text.wholeMatch(of: /[0-9]+/) != nil { return ["0", "2", "4095", "65536", "08", "-1", "1.5", "\(text)0"] }
        if text.wholeMatch(of: /([0-9a-f]{2}:){5}[0-9a-f]{2}/) != nil {
            return ["01:00:5e:00:00:01", "00:00:00:00:00:00", "02:DE:20:01:00:01", "02-de-20-01-00-01", "02:de:20:01:00"]
        }
        if text.contains("/dnsmasq/") || text.contains("/kea/") {
            return [
                "lab/builder-ph01/dnsmasq/host", "lab//dnsmasq/host/a", "lab/a/bind9/host/a", "lab/a/kea/host/%2f", "Lab/a/kea/host/a",
                "lab/a/kea/H/a",
            ]
        }
        if text.hasPrefix("DVN") { return ["DVN0804", "DVN9999", "dvn0305"] }
        if text.hasPrefix("tcp/") || text.hasPrefix("udp/") { return ["80", "8080", "tcp/0", "udp/65536", "tcp/80-", "80/tcp"] }
        return text.isEmpty ? [] : [text.uppercased(), text + " ", text + "\n", "-" + text, text + "_", String(text.dropLast())]
    }

    private static func brokenList(_ items: [WrittenValue], _ random: inout SeededGenerator) -> WrittenValue {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: .map([("a", .list(items))])
        case 1: items.first ?? .scalar("", isQuoted: false)
        case 2: .list([.list(items)])
        case 3: .list(items + [.scalar("~", isQuoted: false)])
        default: .scalar("~", isQuoted: Bool.random(using: &random))
        }
    }

    private static func brokenMap(
        _ pairs: [(key: String, value: WrittenValue)], _ kind: DocumentKind, _ random: inout SeededGenerator
    ) -> WrittenValue {
        let index = pairs.indices.randomElement(using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .list([.map(pairs)])
        case 1: return .map([("a", .map(pairs))])
        case 2: return .scalar(["", "~", "text"].randomElement(using: &random) ?? "", isQuoted: false)
        case 3, 4:
            guard let index else { return .map(pairs) }
            return .map(pairs.enumerated().filter { $0.offset != index }.map(\.element))
        case 5:
            guard let index else { return .map(pairs) }
            let name =
                (mistakes.filter { !["", "~", "null", "Null"].contains($0) && !$0.contains("\n") }).randomElement(using: &random) ?? "a"
            return .map(pairs.enumerated().map { $0.offset == index ? (name, $0.element.value) : $0.element })
        default:
            let names = everyKey + DocumentKind.reserved.map(\.name) + ["nme", "a"]
            guard let name = names.randomElement(using: &random), !pairs.contains(where: { $0.key == name }) else { return .map(pairs) }
            return .map(pairs + [(name, .scalar("true", isQuoted: false))])
        }
    }

    private static let everyKey: [String] = {
        var names: Set<String> = []
        func add(_ type: ValueType) {
            switch type {
            case .shape(let shape):
                for key in shape.keys {
                    names.insert(key.name)
                    add(key.type)
                }
            case .map(_, let value): add(value)
            case .list(let item), .items(let item), .oneOrMore(let item): add(item)
            default: break
            }
        }
        for kind in DocumentKind.allCases { add(.shape(kind.shape)) }
        return names.sorted()
    }()

    /// Scalars that are wrong somewhere; the ends of ranges in the wrong order aren't among them, since a pattern can't tell.
    private static let mistakes =
        addresses + [
            "HV01", "a_b", "_a", "-a", "a-", " ", "a b", " a", "a..b", ".a", "a.", "1.5", "-1", "+5", "08", "1.0", "1e3", "0x1F", "True",
            "yes",
            "FALSE", "0", "1", "2", "12", "4094", "4095", "65535", "65536", "70000", "-0", "1.25", "10.0.0.0/33", "10.0.0.256", "10.0.0.01",
            "10.0.0", "10.0.0.0/08", "10.0.0.1/24", "fd00::/129", "1::2::3", "fe80::1%eth0", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8::", "12345::", ":1", "1:", "1:2:3:4:5:6:7:10.0.0.1", "::10.0.0.1:1", "02:DE:20:01:00:01", "02-de-20-01-00-01",
            "01:00:5e:00:00:01", "00:00:00:00:00:00", "02:de:20:01:00", "02de.2001.0001", "unknown", "5", "5x", "0s", "05m", "10000001s",
            "596524h", "24856d", "infinite", "10.0.0.1-fd00::1", "10.0.0.1 - 10.0.0.2", "10.0.0.1-", "/a/../b", "/a//b", "/", "//", "a/./b",
            "a//b", "..", ".", "/a/", "/srv/my files", "tcp/0", "udp/65536", "tcp/1-2", "tcp/", "TCP/80", "icmp", "tcp/80-", "tcp/080",
            "{{ x }}", "a {{", "{ {", "a\nb", "a\n", "\n", "a\u{200b}b", "\u{e0001}", "\u{202e}", "\u{ad}", "\u{f0000}", "\u{fe0f}", "é",
            "a\tb", String(repeating: "x", count: 201), String(repeating: "x", count: 256), String(repeating: "x", count: 64), "@", "_",
            "_-a",
            "_a_", "a._b", "example.12", "example.12.", "example.org..", longestDomain + "d", "/" + String(repeating: "x", count: 255),
            "true", "false", "2027-02-30", "2027-04-31", "2027-13-01", "2027-00-10", "2027-1-1", "2027-01-01T00:00:00Z", "DVN9999",
            "DVN0804",
            "bootstrap", "none", "gateway", "dhcp", "drop", "dnsmasq", "NULL ", "$HOME", "x$", "tcp/80\n",
        ]
}
