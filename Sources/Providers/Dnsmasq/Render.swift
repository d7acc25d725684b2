import Addressing
import Planning
import Targets

/// States as the four files of the place. The same states give the same bytes, in whatever order they come.
struct Rendering {
    /// The files, by name.
    let files: [PlaceFile]
    /// The marks that stand in them.
    let marker: Marker

    init(_ states: [DnsmasqState]) { self.init(FileBodies(states)) }

    /// Renders states that are sorted by kind and key, as those of a graph are.
    init(sorted resources: [Desired<DnsmasqState>]) {
        var bodies = FileBodies()
        for index in resources.indices { bodies.append(resources[index].state) }
        self.init(bodies)
    }

    private init(_ bodies: consuming FileBodies) {
        bodies.finish()
        marker = Marker(
            configuration: bodies.configuration, hosts: bodies.hosts, reservations: bodies.reservations, options: bodies.options)
        files = [
            Self.file(.configuration, bodies.configuration, mark: marker.configurationLine),
            Self.file(.hosts, bodies.hosts, mark: marker.reloadableLine), Self.file(.reservations, bodies.reservations),
            Self.file(.options, bodies.options),
        ]
    }

    /// Puts the mark below the header.
    private static func file(_ name: FileName, _ body: [UInt8], mark: String? = nil) -> PlaceFile {
        guard let mark else { return PlaceFile(name: name.rawValue, bytes: body, mode: FileName.mode) }
        let end = FileName.header.utf8.count + 1
        return PlaceFile(
            name: name.rawValue, bytes: body[..<end] + Array(mark.utf8) + [UInt8(ascii: "\n")] + body[end...], mode: FileName.mode)
    }
}

/// The files under construction, without their marks.
private struct FileBodies {
    var configuration: [UInt8] = []
    var hosts: [UInt8] = []
    var reservations: [UInt8] = []
    var options: [UInt8] = []
    /// The lines of the hosts file, which stand in the order of their addresses.
    private var addresses: [AddressLine] = []
    private var names: [DomainName] = []

    /// A line of the hosts file; its name stands in `names`, so that sorting moves numbers alone.
    private struct AddressLine {
        var address: IPAddress
        var name: Int
        var isReverse: Bool
    }

    init() {
        for body in [\FileBodies.configuration, \.hosts, \.reservations, \.options] {
            self[keyPath: body].append(contentsOf: FileName.header.utf8)
            self[keyPath: body].append(UInt8(ascii: "\n"))
        }
    }

    /// Takes states in any order.
    init(_ states: [DnsmasqState]) {
        self.init()
        for state in states.sorted(by: { $0.kind == $1.kind ? $0.key < $1.key : $0.kind.order < $1.kind.order }) { append(state) }
    }

    mutating func append(_ state: borrowing DnsmasqState) {
        switch copy state {
        case .host(let host):
            for address in host.addresses {
                addresses.append(AddressLine(address: address, name: names.count, isReverse: host.reverse.contains(address)))
            }
            names.append(host.name)
        case .reservation(let reservation): reservation.write(to: &reservations)
        case .option(let option): Self.append(option.line, to: &options)
        case let other:
            if let line = other.fileLine { Self.append(line.1, to: &configuration) }
        }
    }

    mutating func finish() {
        // Of one address the reverse name first, because the first line makes the PTR record.
        addresses.sort { a, b in
            if a.address != b.address { return a.address < b.address }
            return a.isReverse != b.isReverse ? a.isReverse : names[a.name] < names[b.name]
        }
        for line in addresses {
            line.address.write(to: &hosts)
            hosts.append(UInt8(ascii: " "))
            Self.append(names[line.name].description, to: &hosts)
        }
    }

    private static func append(_ line: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: line.utf8)
        bytes.append(UInt8(ascii: "\n"))
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
