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
        var lines: [FileName: [String]] = [:]
        var hosts: [HostLine] = []
        for state in states.sorted(by: Self.precedes) {
            switch state {
            case .host(let host): hosts += Self.lines(of: host)
            case .service, .foreign: continue
            default:
                guard let (file, line) = state.fileLine else { continue }
                lines[file, default: []].append(line)
            }
        }
        lines[.hosts] = hosts.sorted(by: HostLine.precedes).map(\.text)
        let bodies = FileName.allCases.map { Self.bytes([FileName.header] + (lines[$0] ?? [])) }
        marker = Marker(configuration: bodies[0], hosts: bodies[1], reservations: bodies[2], options: bodies[3])
        let marks = [marker.configurationLine, marker.reloadableLine]
        files = zip(FileName.allCases, bodies).enumerated().map { index, file in
            let bytes = index < marks.count ? Self.insert(marks[index], into: file.1) : file.1
            return PlaceFile(name: file.0.rawValue, bytes: bytes, mode: FileName.mode)
        }
    }

    private static func precedes(_ a: DnsmasqState, _ b: DnsmasqState) -> Bool {
        let (x, y) = (a.kind.order, b.kind.order)
        return x == y ? a.key < b.key : x < y
    }

    private static func lines(of host: HostAddresses) -> [HostLine] {
        let reverse = Set(host.reverse)
        return host.addresses.map { HostLine(address: $0, name: host.name, isReverse: reverse.contains($0)) }
    }

    private static func bytes(_ lines: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines {
            bytes.append(contentsOf: line.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
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
