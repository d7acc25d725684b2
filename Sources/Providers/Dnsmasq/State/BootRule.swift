public import Addressing
public import InventorySchema
import Planning

/// A rule of network boot: how a client is known, and what it is given.
public enum BootRule: Hashable, Sendable {
    /// A value of DHCP option 93 means an architecture.
    case architecture(BootArchitecture, type: UInt16)
    /// A client that sends option 175 is iPXE.
    case iPXE
    /// A hardware address that may boot from the network now.
    case armed(MACAddress)
    /// The boot file of an architecture, for firmware; iPXE never gets it, or it would load itself for ever.
    case file(BootArchitecture, PathText, Netboot.Clients)
    /// What iPXE loads next.
    case chain(URLText, Netboot.Clients)
    /// iPXE needn't wait for a proxy DHCP server (its option `no-pxedhcp`).
    case noProxyWait

    /// The role of the rule.
    public var key: String {
        switch self {
        case .architecture(let architecture, let type): "match.\(architecture.rawValue).\(type)"
        case .iPXE: "match.ipxe"
        case .armed(let mac): "armed.\(mac)"
        case .file(let architecture, _, _): "file.\(architecture.rawValue)"
        case .chain: "file.ipxe"
        case .noProxyWait: "option.ipxe.no-pxedhcp"
        }
    }

    var attributes: [Attribute] {
        switch self {
        case .architecture(_, let type): Self.attributes("option 93 has \(type)", "its boot file", "")
        case .iPXE: Self.attributes("option 175 is sent", "what iPXE loads next", "")
        case .armed: Self.attributes("", "its boot file", "this one")
        case .file(_, let path, let clients): Self.attributes("", path.description, clients.rawValue)
        case .chain(let url, let clients): Self.attributes("", url.description, clients.rawValue)
        case .noProxyWait: Self.attributes("", "no wait for a proxy DHCP server", "")
        }
    }

    private static func attributes(_ when: String, _ gives: String, _ clients: String) -> [Attribute] {
        [Attribute("when", when), Attribute("gives", gives), Attribute("clients", clients)]
    }

    var line: String {
        switch self {
        case .architecture(let architecture, let type):
            "dhcp-match=set:\(Tag.architecture)\(architecture.rawValue),option:client-arch,\(type)"
        case .iPXE: "dhcp-match=set:\(Tag.iPXE),175"
        // By itself, since a reservation can't set a tag (see FixedAddress).
        case .armed(let mac): "dhcp-mac=set:\(Tag.netboot),\(mac)"
        case .file(let architecture, let path, let clients):
            "dhcp-boot=tag:\(Tag.architecture)\(architecture.rawValue),tag:!\(Tag.iPXE),\(clients.condition)\(path)"
        case .chain(let url, let clients): "dhcp-boot=tag:\(Tag.iPXE),\(clients.condition)\(url)"
        case .noProxyWait: "dhcp-option=tag:\(Tag.iPXE),encap:175,176,1b"
        }
    }

    /// Reads a directive; nil when it isn't such a rule.
    init?(directive: Substring, value: Substring) {
        let fields = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        switch (directive, fields.count) {
        case ("dhcp-option", _): self = .noProxyWait
        case ("dhcp-match", 2): self = .iPXE
        case ("dhcp-match", 3):
            guard let architecture = Self.architecture(fields[0], after: "set:"), let type = UInt16(fields[2]) else { return nil }
            self = .architecture(architecture, type: type)
        case ("dhcp-mac", 2):
            guard let mac = try? MACAddress(fields[1]) else { return nil }
            self = .armed(mac)
        case ("dhcp-boot", 2...): self.init(boot: fields)
        default: return nil
        }
    }

    private init?(boot fields: [String]) {
        let (last, tag) = (fields[fields.count - 1], fields[fields.count - 2] + ",")
        let clients = Netboot.Clients.allCases.first { $0.condition == tag } ?? .all
        if let architecture = Self.architecture(fields[0], after: "tag:") {
            guard let path = PathText(last) else { return nil }
            self = .file(architecture, path, clients)
        } else {
            guard let url = URLText(last) else { return nil }
            self = .chain(url, clients)
        }
    }

    private static func architecture(_ field: String, after verb: String) -> BootArchitecture? {
        let start = verb + Tag.architecture
        return field.hasPrefix(start) ? BootArchitecture(rawValue: String(field.dropFirst(start.count))) : nil
    }
}

extension Netboot.Clients {
    /// What a client must have to be given a boot file. dnsmasq tags those with a reservation as known by itself.
    fileprivate var condition: String {
        switch self {
        case .provisioning: "tag:\(Tag.netboot),"
        case .reserved: "tag:known,"
        case .all: ""
        }
    }
}
