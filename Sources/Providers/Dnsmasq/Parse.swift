import Addressing
import Planning
import Targets

/// The states in the files of the place. What isn't exactly what we would have written comes back as foreign, so that it is undone.
struct Parsing {
    private(set) var states: [DnsmasqState] = []
    private var foreign: [DnsmasqState] = []
    private var seen: Set<StateID> = []
    /// The files without their marks, and the marks.
    private var bodies: [FileName: [UInt8]] = [:]
    private var marks: [FileName: Substring] = [:]
    private var hosts = HostsReading()

    init(_ files: [PlaceFile]) {
        guard !files.isEmpty else { return }
        let known = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for file in files where FileName(rawValue: file.name) == nil { foreign.append(.foreign(ForeignLine(file: file.name))) }
        for name in FileName.allCases {
            guard let file = known[name.rawValue] else {
                foreign.append(.foreign(ForeignLine(file: name.rawValue, aspect: "missing", "the file isn't there")))
                continue
            }
            if file.mode != FileName.mode {
                let mode = String(file.mode, radix: 8)
                foreign.append(
                    .foreign(
                        ForeignLine(file: name.rawValue, aspect: "mode", "mode \(mode); the process can't read it, or others can write it"))
                )
            }
            read(name, file.bytes)
        }
        states += hosts.states
        checkMarks()
        states += foreign
    }

    private mutating func read(_ name: FileName, _ bytes: [UInt8]) {
        var body: [UInt8] = []
        body.reserveCapacity(bytes.count)
        var start = 0
        var number = 0
        while start < bytes.count {
            number += 1
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
            let line = bytes[start..<(end ?? bytes.count)]
            start = (end ?? bytes.count) + 1
            let text = Substring(decoding: line, as: UTF8.self)
            if number == 2, Self.isMark(text, of: name) {
                marks[name] = text
                if end != nil { continue }
            }
            body += line
            body.append(UInt8(ascii: "\n"))
            // Texts are compared below, and to Swift some characters outside ASCII are equal to some inside it.
            let isOurs = line.allSatisfy({ (0x20...0x7E).contains($0) }) && take(text, number, of: name)
            if !isOurs { foreign.append(.foreign(ForeignLine(file: name.rawValue, line: number, String(text)))) }
            if isOurs, end == nil {
                foreign.append(.foreign(ForeignLine(file: name.rawValue, line: number, "no line break at the end: \(text)")))
            }
        }
        bodies[name] = body
        if number == 0 { foreign.append(.foreign(ForeignLine(file: name.rawValue, aspect: "empty", "the file is empty"))) }
    }

    private static func isMark(_ text: Substring, of name: FileName) -> Bool {
        switch name {
        case .configuration: text.hasPrefix(Marker.configurationStart)
        case .hosts: text.hasSuffix(" \(Marker.reloadableName)")
        case .reservations, .options: false
        }
    }

    /// Takes a line; false when it isn't one of ours, or says once more what another has said.
    private mutating func take(_ text: Substring, _ number: Int, of name: FileName) -> Bool {
        if number == 1 { return text == FileName.header }
        let state: DnsmasqState?
        switch name {
        case .hosts: return hosts.take(text)
        case .configuration: state = ConfigurationLine(text)?.state
        case .reservations: state = FixedAddress(line: text).map { .reservation($0) }
        case .options: state = SegmentOption(line: text).map { .option($0) }
        }
        guard let state, seen.insert(StateID(state)).inserted else { return false }
        states.append(state)
        return true
    }

    /// A mark that doesn't fit its files would let a process that has loaded something else pass for one that has loaded these. Where lines are
    /// foreign the misfit is their doing, and needn't be told twice.
    private mutating func checkMarks() {
        guard foreign.isEmpty else { return }
        let marker = marker
        for (name, line) in [(FileName.configuration, marker.configurationLine), (.hosts, marker.reloadableLine)]
        where marks[name] != line[...] {
            let text = marks[name].map { "the mark doesn't fit the files: \($0)" } ?? "the mark is missing"
            foreign.append(.foreign(ForeignLine(file: name.rawValue, line: 2, text)))
        }
    }

    private var marker: Marker {
        Marker(
            configuration: bodies[.configuration] ?? [], hosts: bodies[.hosts] ?? [], reservations: bodies[.reservations] ?? [],
            options: bodies[.options] ?? [])
    }

    /// The marks that files should have.
    static func marker(of files: [PlaceFile]) -> Marker { Parsing(files).marker }
}

/// The names of a hosts file as they are read, line by line.
private struct HostsReading {
    private var addresses: [DomainName: [IPAddress]] = [:]
    private var reverse: [DomainName: [IPAddress]] = [:]
    private var named: Set<IPAddress> = []

    /// The first name of an address is its reverse name.
    mutating func take(_ text: Substring) -> Bool {
        guard let line = HostLine(text, isReverse: { !named.contains($0) }), !line.name.isSubdomain(of: Marker.zone) else { return false }
        guard addresses[line.name]?.contains(line.address) != true else { return false }
        addresses[line.name, default: []].append(line.address)
        if line.isReverse {
            named.insert(line.address)
            reverse[line.name, default: []].append(line.address)
        }
        return true
    }

    var states: [DnsmasqState] {
        addresses.map { .host(HostAddresses($0.key, addresses: $0.value, reverse: reverse[$0.key] ?? [])) }
    }
}

/// A line of `dnsmasq.conf`.
private struct ConfigurationLine {
    let state: DnsmasqState

    init?(_ text: Substring) {
        let equals = text.utf8.firstIndex(of: UInt8(ascii: "="))
        let directive = equals.map { text[..<$0] } ?? text
        let value = equals.map { text[text.utf8.index(after: $0)...] }
        guard let state = Self.state(directive, value), state.fileLine?.1 == String(text) else { return nil }
        self.state = state
    }

    private static func state(_ directive: Substring, _ value: Substring?) -> DnsmasqState? {
        guard let value else { return Setting(directive: directive, value: nil).map { .setting($0) } }
        switch directive {
        case "local": return (try? DomainName(underscored: String(value.dropFirst().dropLast()))).map { .zone($0) }
        case "cname":
            let names = value.split(separator: ",", omittingEmptySubsequences: false).map { try? DomainName(underscored: String($0)) }
            guard names.count == 2, let owner = names[0], let target = names[1] else { return nil }
            return .alias(Alias(owner, target: target))
        case "mx-host", "txt-record", "srv-host", "dns-rr", "ptr-record":
            guard let record = OtherRecord(directive: directive, value: value), !record.owner.isSubdomain(of: Marker.zone) else {
                return nil
            }
            return .record(record)
        case "dhcp-range": return LeaseRange(value: value).map { .range($0) }
        case "dhcp-match", "dhcp-mac", "dhcp-boot", "dhcp-option": return BootRule(directive: directive, value: value).map { .boot($0) }
        default: return Setting(directive: directive, value: value).map { .setting($0) }
        }
    }
}
