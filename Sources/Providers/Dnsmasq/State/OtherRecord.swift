public import Addressing
import Planning

/// Another name for a name. The target must be known to the same dnsmasq: a name with addresses, or a further alias.
public struct Alias: Hashable, Sendable {
    /// The name that is asked for.
    public let owner: DomainName
    /// The name that it stands for.
    public let target: DomainName

    /// Makes an alias.
    public init(_ owner: DomainName, target: DomainName) {
        self.owner = owner
        self.target = target
    }
}

/// The text of a TXT record as one character-string (RFC 1035 §3.3.14): printable ASCII, at most 255 bytes.
public struct RecordText: Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let description: String

    /// Reads a text; nil when it is too long or holds anything but printable ASCII.
    public init?(_ text: String) {
        guard text.utf8.count <= 255, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        description = text
    }

    /// In quotes, which hide commas, `#` and spaces; the quote and the backslash are escaped.
    var quoted: String {
        var result = "\""
        for byte in description.utf8 {
            if byte == quote || byte == backslash { result += "\\" }
            result.unicodeScalars.append(Unicode.Scalar(byte))
        }
        return result + "\""
    }

    init?(quoted text: Substring) {
        var bytes = Array(text.utf8)
        guard bytes.count >= 2, bytes.first == quote, bytes.popLast() == quote else { return nil }
        var plain: [UInt8] = []
        var isEscaped = false
        for byte in bytes.dropFirst() {
            if byte == backslash, !isEscaped {
                isEscaped = true
                continue
            }
            plain.append(byte)
            isEscaped = false
        }
        guard !isEscaped else { return nil }
        self.init(String(decoding: plain, as: UTF8.self))
    }
}

private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")

/// A record that is neither an address nor an alias.
public struct OtherRecord: Hashable, Sendable {
    /// Its type and data.
    public enum Content: Hashable, Sendable {
        case mx(preference: UInt16, exchange: DomainName)
        case txt(RecordText)
        case srv(priority: UInt16, weight: UInt16, port: UInt16, target: DomainName)
        case ns(DomainName)
        case ptr(DomainName)
    }

    /// The name it stands at.
    public let owner: DomainName
    /// Its type and data.
    public let content: Content
    /// Owner, type, and a digest of the data, since a name can have several records of a type.
    public let key: String

    /// Makes a record.
    public init(_ owner: DomainName, _ content: Content) {
        self.owner = owner
        self.content = content
        // 128 bits: two records of an inventory that isn't trusted never share a key.
        key = "\(owner).\(content.type).\(ContentDigest.hex(of: Array(content.data.utf8)).prefix(32))"
    }

    var attributes: [Attribute] { [Attribute("type", content.type.uppercased()), Attribute("data", content.data)] }

    var line: String {
        switch content {
        case .mx(let preference, let exchange): "mx-host=\(owner),\(exchange),\(preference)"
        case .txt(let text): "txt-record=\(owner),\(text.quoted)"
        case .srv(let priority, let weight, let port, let target): "srv-host=\(owner),\(target),\(port),\(priority),\(weight)"
        // There is no directive for NS; dns-rr takes any type's data as it goes over the wire.
        case .ns(let server): "dns-rr=\(owner),2,\(server.wireHex)"
        case .ptr(let name): "ptr-record=\(owner),\(name)"
        }
    }
}

extension OtherRecord.Content {
    var type: String {
        switch self {
        case .mx: "mx"
        case .txt: "txt"
        case .srv: "srv"
        case .ns: "ns"
        case .ptr: "ptr"
        }
    }

    var data: String {
        switch self {
        case .mx(let preference, let exchange): "\(preference) \(exchange)"
        case .txt(let text): text.quoted
        case .srv(let priority, let weight, let port, let target): "\(priority) \(weight) \(port) \(target)"
        case .ns(let name), .ptr(let name): name.description
        }
    }
}

extension OtherRecord {
    /// Reads a directive; nil when it isn't such a record.
    init?(directive: Substring, value: Substring) {
        guard let comma = value.utf8.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        guard let owner = try? DomainName(underscored: String(value[..<comma])) else { return nil }
        let rest = value[value.utf8.index(after: comma)...]
        guard let content = Content(directive, rest) else { return nil }
        self.init(owner, content)
    }
}

extension OtherRecord.Content {
    fileprivate init?(_ directive: Substring, _ rest: Substring) {
        if directive == "txt-record" {
            guard let text = RecordText(quoted: rest) else { return nil }
            self = .txt(text)
            return
        }
        let fields = rest.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        switch (directive, fields.count) {
        case ("ptr-record", 1):
            guard let name = try? DomainName(underscored: fields[0]) else { return nil }
            self = .ptr(name)
        case ("dns-rr", 2):
            guard fields[0] == "2", let server = DomainName(wireHex: fields[1]) else { return nil }
            self = .ns(server)
        case ("mx-host", 2):
            guard let exchange = try? DomainName(underscored: fields[0]), let preference = UInt16(fields[1]) else { return nil }
            self = .mx(preference: preference, exchange: exchange)
        case ("srv-host", 4):
            guard let target = try? DomainName(underscored: fields[0]), let port = UInt16(fields[1]) else { return nil }
            guard let priority = UInt16(fields[2]), let weight = UInt16(fields[3]) else { return nil }
            self = .srv(priority: priority, weight: weight, port: port, target: target)
        default: return nil
        }
    }
}

extension DomainName {
    /// The name as it goes over the wire (RFC 1035 §3.1), in hexadecimal digits.
    var wireHex: String {
        var text: [UInt8] = []
        let digits = Array("0123456789abcdef".utf8)
        for byte in wire {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The name as it goes over the wire: each label after its length, then an empty one.
    var wire: [UInt8] {
        var bytes: [UInt8] = []
        for label in labels {
            bytes.append(UInt8(label.utf8.count))
            bytes.append(contentsOf: label.utf8)
        }
        bytes.append(0)
        return bytes
    }

    init?(wireHex text: String) {
        guard text.utf8.count.isMultiple(of: 2), text.utf8.count <= 510 else { return nil }
        var bytes: [UInt8] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self.init(wire: bytes)
    }

    /// Reads a name as it goes over the wire, without compression; nil when it isn't a name or something follows it.
    init?(wire bytes: [UInt8]) {
        var labels: [String] = []
        var index = 0
        while index < bytes.count, bytes[index] != 0 {
            let end = index + 1 + Int(bytes[index])
            guard bytes[index] < 64, end < bytes.count, let label = String(validating: bytes[(index + 1)..<end], as: UTF8.self) else {
                return nil
            }
            guard !label.utf8.contains(UInt8(ascii: ".")) else { return nil }
            labels.append(label)
            index = end
        }
        guard index == bytes.count - 1, let name = try? DomainName(underscored: labels.joined(separator: ".")) else { return nil }
        self = name
    }
}
