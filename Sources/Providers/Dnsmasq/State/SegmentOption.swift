public import Addressing

/// What DHCP clients of a segment are told.
///
/// An empty list is written too: dnsmasq names itself as router and resolver unless it is told to name none.
public struct SegmentOption: Hashable, Sendable {
    /// An option and its value, in order of preference.
    public enum Value: Hashable, Sendable {
        case router([IPv4Address])
        case dnsServer([IPv4Address])
        case domainName(DomainName)
        case domainSearch([DomainName])
        case ntpServer([IPv4Address])
    }

    /// The segment.
    public let segment: TagText
    /// The option and its value.
    public let option: Value

    /// Makes an option.
    public init(segment: TagText, _ option: Value) {
        self.segment = segment
        self.option = option
    }

    /// The segment and the option.
    public var key: String { "\(segment).\(name)" }

    /// dnsmasq's name of the option (`dnsmasq --help dhcp`).
    public var name: String {
        switch option {
        case .router: "router"
        case .dnsServer: "dns-server"
        case .domainName: "domain-name"
        case .domainSearch: "domain-search"
        case .ntpServer: "ntp-server"
        }
    }

    var values: [String] {
        switch option {
        case .router(let list), .dnsServer(let list), .ntpServer(let list): list.map(\.description)
        case .domainName(let name): [name.description]
        case .domainSearch(let list): list.map(\.description)
        }
    }

    var value: String { values.joined(separator: ", ") }

    var line: String { (["tag:\(Tag.segment)\(segment)", "option:\(name)"] + values).joined(separator: ",") }

    /// Reads a line of the options file.
    init?(line: Substring) {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count >= 2, let segment = LeaseRange.segment(fields[0], after: "tag:"), fields[1].hasPrefix("option:") else {
            return nil
        }
        guard let option = Value(fields[1].dropFirst("option:".count), fields.dropFirst(2).map(String.init)) else { return nil }
        self.init(segment: segment, option)
        guard self.line == line else { return nil }
    }
}

extension SegmentOption.Value {
    fileprivate init?(_ name: Substring, _ values: [String]) {
        let addresses = values.compactMap { try? IPv4Address($0) }
        let names = values.compactMap { try? DomainName(underscored: $0) }
        switch name {
        case "router": self = .router(addresses)
        case "dns-server": self = .dnsServer(addresses)
        case "ntp-server": self = .ntpServer(addresses)
        case "domain-search": self = .domainSearch(names)
        case "domain-name":
            guard let name = names.first else { return nil }
            self = .domainName(name)
        default: return nil
        }
    }
}
