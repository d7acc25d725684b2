import Addressing
import InventorySchema
import TestSupport
import Testing

@testable import Dnsmasq

/// States as they can come out of a derivation, chosen at random: sparse names, so that names and addresses meet often.
struct RandomStates {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func states() throws -> [DnsmasqState] {
        var states: [StateID: DnsmasqState] = [:]
        func add(_ state: DnsmasqState?) {
            if let state { states[StateID(state)] = state }
        }
        for _ in 0..<number(0...8) { add(.setting(try setting())) }
        for _ in 0..<number(0...4) { add(.zone(try name())) }
        for host in try hosts() { add(.host(host)) }
        for _ in 0..<number(0...5) { add(.alias(Alias(try name(), target: try name()))) }
        for _ in 0..<number(0...8) { add(.record(try record())) }
        for _ in 0..<number(0...3) { add(try range().map { .range($0) }) }
        for _ in 0..<number(0...5) { add(.option(try option())) }
        for _ in 0..<number(0...5) { add(try boot().map { .boot($0) }) }
        for _ in 0..<number(0...6) { add(try reservation().map { .reservation($0) }) }
        return Array(states.values)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }
    private mutating func coin() -> Bool { Bool.random(using: &random) }

    private mutating func name() throws -> DomainName {
        let labels = ["a", "hv01", "_sip", "x-1", "xn--bcher-kva", "1", String(repeating: "l", count: 63)]
        let zone = pick(["example.org", "lab.example.org", "2.0.192.in-addr.arpa", "d.c.b.a.ip6.arpa"])
        return try DomainName(underscored: (0..<number(0...3)).map { _ in pick(labels) }.joined(separator: ".").appendingDot + zone)
    }

    private mutating func v4() -> IPv4Address { IPv4Address(bits: UInt32(0xC000_0200) | UInt32(number(0...31))) }
    private mutating func v6() -> IPv6Address {
        IPv6Address(high: pick([0x2001_0db8_0000_0000, 0xfd00_0000_0000_0000, 0]), low: UInt64(number(1...9)))
    }
    private mutating func address() -> IPAddress { coin() ? .v4(v4()) : .v6(v6()) }
    private mutating func list<Value>(_ make: (inout Self) throws -> Value) rethrows -> [Value] {
        try (0..<number(0...3)).map { _ in try make(&self) }
    }

    /// Each address has one reverse name among its names.
    private mutating func hosts() throws -> [HostAddresses] {
        var addresses: [DomainName: Set<IPAddress>] = [:]
        for _ in 0..<number(0...12) { addresses[try name(), default: []].insert(address()) }
        let names = addresses.keys.sorted()
        var reverse: [DomainName: [IPAddress]] = [:]
        for address in Set(addresses.values.joined()).sorted() {
            reverse[pick(names.filter { addresses[$0]?.contains(address) == true }), default: []].append(address)
        }
        return names.map { HostAddresses($0, addresses: Array(addresses[$0] ?? []), reverse: reverse[$0] ?? []) }
    }

    private mutating func setting() throws -> Setting {
        switch number(0...7) {
        case 7: return .account(pick(Setting.AccountRole.allCases), try segment())
        case 0: return .flag(pick(Setting.Flag.allCases))
        case 1: return .number(pick(Setting.Number.allCases), UInt32(number(0...65_535)))
        case 2: return .path(pick(Setting.PathRole.allCases), try #require(PathText("/srv/\(pick(["a", "b.c", "d_e-f"]))")))
        case 3: return .interface(try #require(DeviceName(pick(["eth0", "eth1.99", "br-lan", "wlp3s0"]))))
        case 4: return .domain(try name())
        case 5: return .prefixDomain(try Prefix(containing: address(), length: number(1...32)), try name())
        default: return .upstream(address())
        }
    }

    private mutating func record() throws -> OtherRecord {
        let port = { (random: inout SeededGenerator) in UInt16.random(in: 0...UInt16.max, using: &random) }
        switch number(0...4) {
        case 0: return OtherRecord(try name(), .mx(preference: port(&random), exchange: try name()))
        case 1:
            return OtherRecord(try name(), .srv(priority: port(&random), weight: port(&random), port: port(&random), target: try name()))
        case 2: return OtherRecord(try name(), .ns(try name()))
        case 3: return OtherRecord(try name(), .ptr(try name()))
        default:
            let bytes = (0..<number(0...255)).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
            return OtherRecord(try name(), .txt(try #require(RecordText(String(decoding: bytes, as: UTF8.self)))))
        }
    }

    private mutating func segment() throws -> TagText { try #require(TagText(pick(["management", "iot_backend", "travel-lan", "s.1"]))) }
    private mutating func lease() -> LeaseTime { LeaseTime(seconds: pick([120, 43_200, 2_147_483_647, .max])) }

    private mutating func range() throws -> LeaseRange? {
        let prefix = try Prefix(containing: .v4(v4()), length: number(8...30))
        let pool = coin() ? try AddressRange(prefix.firstUsable, prefix.lastUsable) : nil
        return LeaseRange(segment: try segment(), prefix: prefix, pool: pool, lease: lease())
    }

    private mutating func option() throws -> SegmentOption {
        let value: SegmentOption.Value =
            switch number(0...4) {
            case 0: .router(list { $0.v4() })
            case 1: .dnsServer(list { $0.v4() })
            case 2: .domainName(try name())
            case 3: .domainSearch(try list { try $0.name() })
            default: .ntpServer(list { $0.v4() })
            }
        return SegmentOption(segment: try segment(), value)
    }

    private mutating func boot() throws -> BootRule? {
        let architecture = pick(BootArchitecture.allCases)
        switch number(0...5) {
        case 0: return .architecture(architecture, type: pick(architecture.types))
        case 1: return .iPXE
        case 2: return .file(architecture, try #require(PathText(pick(["ipxe.efi", "a/b-c_d.0"]))), pick(Netboot.Clients.allCases))
        case 3:
            let url = URLText(
                pick(["http://a.example.org/x.ipxe", "https://a.example.org:8443/~b/?c=d&e=%20+@", "http://a/${net0/mac:hexhyp}"]))
            return .chain(try #require(url), pick(Netboot.Clients.allCases))
        case 4: return .armed(mac())
        default: return .noProxyWait
        }
    }

    private mutating func mac() -> MACAddress {
        MACAddress(octets: InlineArray<6, UInt8> { _ in UInt8.random(in: 0...255, using: &random) })
    }

    private mutating func reservation() throws -> FixedAddress? {
        FixedAddress(
            key: try #require(TagText(pick(["hv01.mgmt", "a-b.lan.iot_1", "x"]))), mac: mac(), address: v4(),
            name: try #require(ClientName(pick(["hv01", "a-1", "1a", "12hh"]))), lease: lease())
    }
}

extension String {
    fileprivate var appendingDot: String { isEmpty ? "" : self + "." }
}
