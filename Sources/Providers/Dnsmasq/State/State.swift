public import Addressing
public import Planning

/// What dnsmasq can have of ours, in the order in which it is shown and applied.
public enum DnsmasqKind: String, ResourceKind {
    case setting, zone, host, alias, record, range, option, boot, reservation, service, foreign

    /// The place among the kinds.
    public var order: Int {
        switch self {
        case .setting: 0
        case .zone: 1
        case .host: 2
        case .alias: 3
        case .record: 4
        case .range: 5
        case .option: 6
        case .boot: 7
        case .reservation: 8
        case .service: 9
        case .foreign: 10
        }
    }

    /// All of it is ours by where it stands: in our place, or loaded by our service.
    public var ownership: Ownership { .place }

    /// What the process has loaded follows from the files.
    public var followsFromOthers: Bool { self == .service }
}

/// The smallest thing that a plan can change in dnsmasq.
public enum DnsmasqState: ResourceState {
    /// A directive of the process itself.
    case setting(Setting)
    /// A zone that is answered from our data alone (`local=`).
    case zone(DomainName)
    /// A name with addresses.
    case host(HostAddresses)
    /// Another name for a name (`cname=`).
    case alias(Alias)
    /// Any other record.
    case record(OtherRecord)
    /// DHCP on a segment (`dhcp-range=`).
    case range(LeaseRange)
    /// What clients of a segment are told (`dhcp-option=`).
    case option(SegmentOption)
    /// A rule of network boot.
    case boot(BootRule)
    /// A fixed address (`dhcp-host=`).
    case reservation(FixedAddress)
    /// The process, and what it has loaded.
    case service(RunningService)
    /// What stands in our place and isn't what we write; never desired.
    case foreign(ForeignLine)

    /// Its kind.
    public var kind: DnsmasqKind {
        switch self {
        case .setting: .setting
        case .zone: .zone
        case .host: .host
        case .alias: .alias
        case .record: .record
        case .range: .range
        case .option: .option
        case .boot: .boot
        case .reservation: .reservation
        case .service: .service
        case .foreign: .foreign
        }
    }

    /// Its key. Kinds that can have many states store theirs, because sorting asks for it again and again.
    public var key: String {
        switch self {
        case .setting(let setting): setting.key
        case .zone(let apex): apex.description
        case .host(let host): host.name.description
        case .alias(let alias): alias.owner.description
        case .record(let record): record.key
        case .range(let range): range.key
        case .option(let option): option.key
        case .boot(let rule): rule.key
        case .reservation(let reservation): reservation.key.description
        case .service(let service): service.unit
        case .foreign(let line): line.key
        }
    }

    /// An alias stands on the name it ends at, and what a segment's clients are told on the segment's range. What a reservation stands on isn't
    /// written in it.
    public var needs: [ResourceKey<DnsmasqKind>] {
        switch self {
        case .alias(let alias): [ResourceKey(.host, alias.target.description), ResourceKey(.alias, alias.target.description)]
        case .option(let option): [ResourceKey(.range, LeaseRange.key(of: option.segment))]
        case .setting, .zone, .host, .record, .range, .boot, .reservation, .service, .foreign: []
        }
    }

    /// What it says.
    public var attributes: [Attribute] {
        switch self {
        case .setting(let setting): [Attribute("value", setting.value)]
        case .zone: [Attribute("answered", "from the inventory alone")]
        case .host(let host): host.attributes
        case .alias(let alias): [Attribute("target", alias.target.description)]
        case .record(let record): record.attributes
        case .range(let range): range.attributes
        case .option(let option): [Attribute("value", option.value)]
        case .boot(let rule): rule.attributes
        case .reservation(let reservation): reservation.attributes
        case .service(let service): service.attributes
        case .foreign(let line): [Attribute("text", line.text)]
        }
    }
}

/// One state of a kind and key, to find two of them.
struct StateID: Hashable {
    var kind: DnsmasqKind
    var key: String

    init(_ state: DnsmasqState) {
        kind = state.kind
        key = state.key
    }
}
