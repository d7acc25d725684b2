public import Addressing

/// A directive of the process itself; a change of one needs a restart.
public enum Setting: Hashable, Sendable {
    /// A directive without a value.
    public enum Flag: String, Sendable, CaseIterable {
        /// Listens on each interface by itself, also on those that appear later, and never on the wildcard address.
        case bindDynamic = "bind-dynamic"
        /// Upstream resolvers are ours alone, never those of the machine's `resolv.conf`.
        case noResolv = "no-resolv"
        /// The machine's `/etc/hosts` isn't published.
        case noHosts = "no-hosts"
        /// Names without dots are never forwarded.
        case domainNeeded = "domain-needed"
        /// Reverse questions about private addresses are never forwarded.
        case bogusPriv = "bogus-priv"
        /// We are the only DHCP server, and may refuse what an unknown lease asks.
        case dhcpAuthoritative = "dhcp-authoritative"
        /// Leases are published below their domain only, never as plain names.
        case dhcpFQDN = "dhcp-fqdn"
        /// Names that clients give themselves are never published.
        case dhcpIgnoreNames = "dhcp-ignore-names"
        /// Serves files over TFTP.
        case enableTFTP = "enable-tftp"
        /// A missing TFTP directory doesn't keep DNS and DHCP from starting.
        case tftpNoFail = "tftp-no-fail"
    }

    /// A directive with a number.
    public enum Number: String, Sendable, CaseIterable {
        /// Answers kept in memory.
        case cacheSize = "cache-size"
        /// The most leases at once.
        case leaseMaximum = "dhcp-lease-max"
        /// Seconds for which our answers may be kept.
        case localTTL = "local-ttl"
        /// The port of DNS; 0 switches DNS off.
        case port
    }

    /// A directive with a path.
    public enum PathRole: String, Sendable, CaseIterable {
        /// Names and addresses, read again on reload.
        case hosts = "addn-hosts"
        /// Reservations, read again on reload.
        case reservations = "dhcp-hostsfile"
        /// Options, read again on reload.
        case options = "dhcp-optsfile"
        /// Where leases are kept.
        case leases = "dhcp-leasefile"
        /// Where the process writes its number.
        case pid = "pid-file"
        /// The directory that TFTP serves.
        case tftpRoot = "tftp-root"
    }

    /// A directive with a name of the system.
    public enum AccountRole: String, Sendable, CaseIterable {
        /// The user that the process becomes.
        case user
        /// The group that it becomes.
        case group
    }

    case flag(Flag)
    case account(AccountRole, TagText)
    case number(Number, UInt32)
    case path(PathRole, PathText)
    /// An interface that is listened on.
    case interface(DeviceName)
    /// The domain of leases that no other line gives one.
    case domain(DomainName)
    /// The domain of leases in a prefix.
    case prefixDomain(Prefix, DomainName)
    /// A resolver for everything that isn't in our zones.
    case upstream(IPAddress)

    /// The directive, with what tells it from others of its name.
    public var key: String {
        switch self {
        case .flag(let flag): flag.rawValue
        case .account(let role, _): role.rawValue
        case .number(let number, _): number.rawValue
        case .path(let role, _): role.rawValue
        case .interface(let device): "interface.\(device)"
        case .domain: "domain"
        case .prefixDomain(let prefix, _): "domain.\(prefix)"
        case .upstream(let address): "server.\(address)"
        }
    }

    /// Its value.
    public var value: String {
        switch self {
        case .flag: "on"
        case .account(_, let name): name.description
        case .number(_, let value): String(value)
        case .path(_, let path): path.description
        case .interface(let device): device.description
        case .domain(let name), .prefixDomain(_, let name): name.description
        case .upstream(let address): address.description
        }
    }

    var line: String {
        switch self {
        case .flag(let flag): flag.rawValue
        case .account(let role, let name): "\(role.rawValue)=\(name)"
        case .number(let number, let value): "\(number.rawValue)=\(value)"
        case .path(let role, let path): "\(role.rawValue)=\(path)"
        case .interface(let device): "interface=\(device)"
        case .domain(let name): "domain=\(name)"
        case .prefixDomain(let prefix, let name): "domain=\(name),\(prefix)"
        case .upstream(let address): "server=\(address)"
        }
    }

    /// Reads a directive; nil when it isn't a setting of ours.
    init?(directive: Substring, value: Substring?) {
        let name = String(directive)
        guard let value = value.map(String.init) else {
            guard let flag = Flag(rawValue: name) else { return nil }
            self = .flag(flag)
            return
        }
        if let number = Number(rawValue: name) {
            guard let count = UInt32(value) else { return nil }
            self = .number(number, count)
        } else if let role = PathRole(rawValue: name) {
            guard let path = PathText(value) else { return nil }
            self = .path(role, path)
        } else if let role = AccountRole(rawValue: name) {
            guard let account = TagText(value) else { return nil }
            self = .account(role, account)
        } else {
            self.init(named: name, value)
        }
    }

    private init?(named name: String, _ value: String) {
        switch name {
        case "interface":
            guard let device = DeviceName(value) else { return nil }
            self = .interface(device)
        case "server":
            guard let address = try? IPAddress(value) else { return nil }
            self = .upstream(address)
        case "domain":
            let fields = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard fields.count <= 2, let domain = try? DomainName(underscored: fields[0]) else { return nil }
            guard fields.count == 2 else {
                self = .domain(domain)
                return
            }
            guard let prefix = try? Prefix(fields[1]) else { return nil }
            self = .prefixDomain(prefix, domain)
        default: return nil
        }
    }
}
