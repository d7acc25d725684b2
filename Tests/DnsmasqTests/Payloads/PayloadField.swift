import Glibc
import InventorySchema

/// A field of the inventory, or a place that says the same once more, and how its value comes to stand in a file.
struct PayloadField: Sendable {
    /// How a value stands in a file.
    enum Form: Sendable {
        /// As it is written.
        case same
        /// A name: in lower case and without a final dot.
        case name
        /// A name in the site's zone, or an absolute one with a final dot.
        case target
        /// In quotes, with `"` and `\` escaped.
        case quoted
        /// In seconds.
        case seconds
        /// An address in canonical form.
        case address
        /// Only the harmless value is taken.
        case only
    }

    enum Reach: Sendable {
        case file(Form)
        /// Whatever it holds, the files are the same.
        case nowhere(because: String)
    }

    /// As ``PayloadField/all(of:)`` names it.
    let path: String
    /// A value that is right, found nowhere else in the files; may hold a number.
    let harmless: String
    let reach: Reach
    /// Slots that must hold the same for the inventory to be whole.
    let also: [String]

    /// Whether the whole daemon is asked about each value by itself.
    var isNumbered: Bool { PayloadTemplate.files.first { $0.slots.contains(path) }?.isNumbered ?? false }

    /// How a value stands in a file; nil: it can't be taken.
    func form(_ value: String) -> String? {
        guard case .file(let form) = reach else { return "" }
        switch form {
        case .same: return value
        case .name: return Self.lowered(value.hasSuffix(".") ? String(value.dropLast()) : value)
        case .target: return Self.lowered(value.hasSuffix(".") ? String(value.dropLast()) : "\(value).qzdom.example.org")
        case .quoted: return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        case .seconds:
            guard value != "infinite" else { return "infinite" }
            let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
            guard let unit = value.last.flatMap({ units[$0] }), let count = Int(value.dropLast()) else { return nil }
            return String(count * unit)
        case .address:
            if value.contains(":") { return Self.canonical(value) }
            let parts = value.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
            return parts.count == 4 && !parts.contains(nil) ? parts.map { String($0 ?? 0) }.joined(separator: ".") : nil
        case .only: return value == harmless ? value : nil
        }
    }

    /// An IPv6 address as RFC 5952 writes it, by the C library; nil: it is none.
    private static func canonical(_ text: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: 16)
        var buffer = [CChar](repeating: 0, count: 64)
        guard unsafe inet_pton(AF_INET6, text, &bytes) == 1, unsafe inet_ntop(AF_INET6, bytes, &buffer, 64) != nil else { return nil }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard text.contains("."), !text.hasPrefix("::ffff:") else { return text }
        // The C library writes the last four bytes of more addresses as IPv4 than RFC 5952 §5 knows prefixes of.
        return "::" + [12, 14].map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    }

    private static func lowered(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    /// Every place of a kind of file where a value or a name can stand, by the declarations that the decoder itself reads.
    static func all(of kind: DocumentKind) -> [String] { places(.shape(kind.shape), kind.rawValue) }

    private static func places(_ type: ValueType, _ path: String) -> [String] {
        switch type {
        case .shape(let shape):
            shape.keys.flatMap { places($0.type, path.contains("/") ? "\(path).\($0.name)" : "\(path)/\($0.name)") }
        case .map(_, let value):
            ["\(path).*"]
                + places(value, "\(path).*").filter { $0 != "\(path).*" }
        case .list(let item), .items(let item), .oneOrMore(let item): places(item, path)
        case .either(let types):
            types.contains { if case .shape = $0 { true } else { false } } ? types.flatMap { places($0, path) } : [path]
        case .text, .recordText, .name, .identifier, .reference, .domainName, .recordTarget, .recordOwner, .device, .mac, .address, .prefix,
            .range, .vlan, .boolean, .integer, .duration, .path, .port, .reason, .resource, .date, .choice:
            [path]
        }
    }
}
