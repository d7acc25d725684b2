import Addressing
import Planning
import Targets

/// States as the four files of the place. The same states give the same bytes, in whatever order they come.
struct Rendering {
    /// The files, by name.
    let files: [PlaceFile]
    /// The marks that stand in them.
    let marker: Marker

    init(_ states: some Sequence<DnsmasqState>) {
        var lines: [FileName: [UInt8]] = [:]
        for name in FileName.allCases { Self.append(FileName.header, to: &lines[name, default: []]) }
        var hosts: [HostLine] = []
        for state in Self.sorted(states) {
            if case .host(let host) = state {
                for address in host.addresses {
                    hosts.append(HostLine(address: address, name: host.name, isReverse: host.reverse.contains(address)))
                }
            } else if let (file, line) = state.fileLine {
                Self.append(line, to: &lines[file, default: []])
            }
        }
        hosts.sort(by: HostLine.precedes)
        for line in hosts { Self.append(line.text, to: &lines[.hosts, default: []]) }
        let bodies = FileName.allCases.map { lines[$0] ?? [] }
        marker = Marker(configuration: bodies[0], hosts: bodies[1], reservations: bodies[2], options: bodies[3])
        let marks = [marker.configurationLine, marker.reloadableLine]
        files = zip(FileName.allCases, bodies).enumerated().map { index, file in
            let bytes = index < marks.count ? Self.insert(marks[index], into: file.1) : file.1
            return PlaceFile(name: file.0.rawValue, bytes: bytes, mode: FileName.mode)
        }
    }

    /// By kind and key; what comes from a graph is sorted already.
    private static func sorted(_ states: some Sequence<DnsmasqState>) -> [DnsmasqState] {
        let states = Array(states)
        let isSorted = states.indices.dropFirst().allSatisfy { !precedes(states[$0], states[$0 - 1]) }
        return isSorted ? states : states.sorted(by: precedes)
    }

    private static func precedes(_ a: DnsmasqState, _ b: DnsmasqState) -> Bool {
        let (x, y) = (a.kind.order, b.kind.order)
        return x == y ? a.key < b.key : x < y
    }

    private static func append(_ line: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: line.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Puts the mark below the header.
    private static func insert(_ mark: String, into body: [UInt8]) -> [UInt8] {
        let end = FileName.header.utf8.count + 1
        return body[..<end] + Array(mark.utf8) + [UInt8(ascii: "\n")] + body[end...]
    }
}

extension DnsmasqState {
    /// The file and line that say a state which takes exactly one line; nil for the others.
    var fileLine: (FileName, String)? {
        switch self {
        case .setting(let setting): (.configuration, setting.line)
        case .zone(let apex): (.configuration, "local=/\(apex)/")
        case .alias(let alias): (.configuration, "cname=\(alias.owner),\(alias.target)")
        case .record(let record): (.configuration, record.line)
        case .range(let range): (.configuration, range.line)
        case .boot(let rule): (.configuration, rule.line)
        case .option(let option): (.options, option.line)
        case .reservation(let reservation): (.reservations, reservation.line)
        case .host, .service, .foreign: nil
        }
    }
}
