/// A directory that one provider owns on a target: `dnsmasq/dvntm`. Its parts are names of `[A-Za-z0-9._-]`, never `.` or `..`.
public struct Place: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The provider.
    public var provider: String
    /// The site.
    public var site: String

    /// Makes a place; both parts come from the compiled graph and are valid names.
    public init(provider: String, site: String) {
        self.provider = provider
        self.site = site
    }

    /// `provider/site`, as it stands below a generation.
    public var description: String { "\(provider)/\(site)" }

    /// Orders by provider, then site.
    public static func < (a: Place, b: Place) -> Bool { (a.provider, a.site) < (b.provider, b.site) }
}

extension Place {
    /// Whether a text may be a part of a place or the name of a file: `[A-Za-z0-9._-]`, at most 200 bytes, not starting with a dot.
    static func isName(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 200, !text.hasPrefix(".") else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    /// Refuses what would leave the place or hide in it, and the same name twice.
    static func check(_ places: [Place: [PlaceFile]]) throws(TargetError) {
        for (place, files) in places.sorted(by: { $0.key < $1.key }) {
            guard isName(place.provider), isName(place.site), place.provider != Layout.records else {
                throw TargetError(.unexpectedShape, "'\(place)' can't be a place: its parts are names of letters, digits, '.', '_' and '-'")
            }
            var seen: Set<String> = []
            for file in files {
                guard isName(file.name) else {
                    throw TargetError(
                        .unexpectedShape, "'\(file.name)' can't be a file of \(place): a name has letters, digits, '.', '_' and '-'")
                }
                guard seen.insert(file.name).inserted else {
                    throw TargetError(.unexpectedShape, "\(place) would have '\(file.name)' twice")
                }
            }
        }
    }
}
