/// A path as it can stand in a directive: letters, digits and `._/-`, no `..` component, at most 255 bytes.
///
/// Nothing of dnsmasq's syntax (comma, colon, quote, `#`, white space, line break) is among the characters, so no path can leave its field.
public struct PathText: Hashable, Sendable, CustomStringConvertible {
    /// The path.
    public let description: String

    /// Reads a path; nil when it has another character or a `..` component.
    public init?(_ text: String) {
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ $0.isTagByte || $0 == UInt8(ascii: "/") }) else { return nil }
        guard !text.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) }) else { return nil }
        description = text
    }

    /// Whether it begins at the root.
    public var isAbsolute: Bool { description.utf8.first == UInt8(ascii: "/") }
}

/// An `http` or `https` URL as it can stand in a directive, at most 255 bytes.
///
/// Of RFC 3986's characters those are left out that mean something to dnsmasq: comma, quotes and `#`. Of others only those are taken that
/// iPXE's variables are written with: `${net0/mac}`.
public struct URLText: Hashable, Sendable, CustomStringConvertible {
    /// The URL.
    public let description: String

    /// Reads a URL; nil when it has another scheme or character.
    public init?(_ text: String) {
        guard text.hasPrefix("http://") || text.hasPrefix("https://"), text.utf8.count <= 255 else { return nil }
        guard text.utf8.allSatisfy({ $0.isTagByte || Self.further.contains($0) }) else { return nil }
        description = text
    }

    private static let further = Array(":/?&=%@+~${}".utf8)
}

/// A part of a tag's name, or a reservation's key: letters, digits and `._-`, at most 200 bytes.
public struct TagText: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The text.
    public let description: String

    /// Reads the text; nil when it is empty, too long, or has another character.
    public init?(_ text: String) {
        guard (1...200).contains(text.utf8.count), Self.hasOnlyTagBytes(text) else { return nil }
        description = text
    }

    private static func hasOnlyTagBytes(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for index in bytes.indices where !bytes[index].isTagByte { return false }
        return true
    }

    /// Orders as texts.
    public static func < (a: TagText, b: TagText) -> Bool { a.description < b.description }
}

/// A network interface as the system calls it: `eth1`, `eth1.99`.
public struct DeviceName: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let description: String

    /// Reads a name; nil when the kernel or dnsmasq would take it for something else.
    ///
    /// dnsmasq sets a tag with the interface's name by itself (dnsmasq(8), `--dhcp-range`), so our own tags' names are refused. The loopback
    /// interface has no clients.
    public init?(_ text: String) {
        guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy(\.isTagByte), text != ".", text != "..", text != "lo" else {
            return nil
        }
        guard !Tag.prefixes.contains(where: text.hasPrefix), !Tag.dnsmasqOwn.contains(text) else { return nil }
        description = text
    }
}

/// The tags we use. Each begins with a word that no interface may begin with, and that isn't one of dnsmasq's own (`known`, `bootp` …).
enum Tag {
    /// Tags that dnsmasq sets by itself; an interface of such a name would set them for every client behind it.
    static let dnsmasqOwn: Set<String> = ["known", "known-othernet", "bootp", "dhcpv6", "cpewan-id"]
    static let segment = "segment-"
    static let architecture = "arch-"
    static let iPXE = "client-ipxe"
    static let netboot = "client-netboot"
    static let prefixes = [segment, architecture, "client-"]
}

extension UInt8 {
    var isTagByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    var isDigit: Bool { (0x30...0x39).contains(self) }
}
