/// The address of a resource that a person can read, type and complete: `site/host/provider/kind/key`.
public struct ResourceAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The site.
    public var site: String
    /// The host on which the provider acts.
    public var host: String
    /// The provider.
    public var provider: String
    /// The kind.
    public var kind: String
    /// The key, as it is; ``description`` encodes it.
    public var key: String

    /// Makes an address.
    public init(site: String, host: String, provider: String, kind: String, key: String) {
        self.site = site
        self.host = host
        self.provider = provider
        self.kind = kind
        self.key = key
    }

    /// Reads an address; nil when it hasn't five parts or its encoding is broken.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, !parts.contains(""), let key = Self.decode(parts[4]) else { return nil }
        self.init(site: parts[0], host: parts[1], provider: parts[2], kind: parts[3], key: key)
    }

    /// `site/host/provider/kind/key`, the key percent-encoded outside `[A-Za-z0-9._:-]`.
    public var description: String { "\(site)/\(host)/\(provider)/\(kind)/\(Self.encode(key))" }

    /// Orders by the parts, from the left.
    public static func < (a: ResourceAddress, b: ResourceAddress) -> Bool {
        (a.site, a.host, a.provider, a.kind, a.key) < (b.site, b.host, b.provider, b.kind, b.key)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte) || (0x30...0x3a).contains(byte) || byte == 0x2d || byte == 0x2e
            || byte == 0x5f
    }

    private static func encode(_ key: String) -> String {
        if key.utf8.allSatisfy(isPlain) { return key }
        var result = ""
        for byte in key.utf8 {
            if isPlain(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }

    private static func decode(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// A hexadecimal digit's value; nil for anything else, a sign too.
    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
