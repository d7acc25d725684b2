public import Planning
public import Targets

/// What the file daemon of the tests can have.
public enum FileDaemonKind: String, ResourceKind {
    case setting, entry, service, foreign

    /// The place among the kinds.
    public var order: Int {
        switch self {
        case .setting: 0
        case .entry: 1
        case .service: 2
        case .foreign: 3
        }
    }

    /// All of it is ours by where it stands.
    public var ownership: Ownership { .place }

    /// What the process has loaded follows from the files.
    public var followsFromOthers: Bool { self == .service }
}

/// One resource of the file daemon.
public enum FileDaemonState: ResourceState {
    /// Read at the start, and never again.
    case setting(name: String, value: String)
    /// Read again at a reload.
    case entry(name: String, value: String)
    /// The process, and the digests of the two files that it has loaded.
    case service(unit: String, settings: String, entries: String)
    /// What isn't ours in our place.
    case foreign(key: String, text: String)

    /// Its kind.
    public var kind: FileDaemonKind {
        switch self {
        case .setting: .setting
        case .entry: .entry
        case .service: .service
        case .foreign: .foreign
        }
    }

    /// Its key.
    public var key: String {
        switch self {
        case .setting(let name, _), .entry(let name, _): name
        case .service(let unit, _, _): unit
        case .foreign(let key, _): key
        }
    }

    /// What it says.
    public var attributes: [Attribute] {
        switch self {
        case .setting(_, let value), .entry(_, let value): [Attribute("value", value)]
        case .service(_, let settings, let entries): [Attribute("settings", settings), Attribute("entries", entries)]
        case .foreign(_, let text): [Attribute("text", text)]
        }
    }
}

/// The two files of a place of the file daemon, as text of `name=value` lines.
public enum FileDaemonFiles {
    /// The file that is read at the start only; its name ends so that the daemons in memory know it.
    public static let settings = "daemon.conf"
    /// The file that a reload reads again.
    public static let entries = "entries"
    /// What asks a running daemon for the digests of what it has loaded.
    public static let question: [UInt8] = [63]

    static func render(_ states: some Sequence<FileDaemonState>) -> [PlaceFile] {
        var lines: [FileDaemonKind: [String]] = [:]
        for state in states {
            if let line = line(of: state) { lines[state.kind, default: []].append(line.line) }
        }
        return [(settings, FileDaemonKind.setting), (entries, .entry)].map { name, kind in
            PlaceFile(name: name, bytes: Array((lines[kind] ?? []).sorted().map { $0 + "\n" }.joined().utf8))
        }
    }

    static func line(of state: FileDaemonState) -> (file: String, line: String)? {
        switch state {
        case .setting(let name, let value): (settings, "\(name)=\(value)")
        case .entry(let name, let value): (entries, "\(name)=\(value)")
        case .service, .foreign: nil
        }
    }

    static func parse(_ files: [PlaceFile]) -> [FileDaemonState] {
        guard !files.isEmpty else { return [] }
        var states: [FileDaemonState] = []
        for name in [settings, entries] where !files.contains(where: { $0.name == name }) {
            states.append(.foreign(key: "\(name):missing", text: "the file isn't there"))
        }
        for file in files {
            guard [settings, entries].contains(file.name) else {
                states.append(.foreign(key: file.name, text: "a file of somebody else"))
                continue
            }
            if file.mode != 0o644 { states.append(.foreign(key: "\(file.name):mode", text: String(file.mode, radix: 8))) }
            for (number, line) in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").enumerated() {
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                if parts.count != 2 {
                    states.append(.foreign(key: "\(file.name):\(number + 1)", text: String(line)))
                } else {
                    states.append(
                        file.name == settings ? .setting(name: parts[0], value: parts[1]) : .entry(name: parts[0], value: parts[1]))
                }
            }
        }
        return states
    }

    static func digest(_ name: String, of files: [PlaceFile]) -> String {
        String(ContentDigest.hex(of: files.first { $0.name == name }?.bytes ?? []).prefix(16))
    }

    /// How a daemon in memory answers for what it has loaded.
    public static func answer(_ loaded: [PlaceFile], _ question: [UInt8]) -> [UInt8]? {
        question == self.question ? Array("\(digest(settings, of: loaded)) \(digest(entries, of: loaded))".utf8) : nil
    }
}
