import Addressing
public import Diagnostics
public import InventorySchema
public import Planning
public import Reconciling
public import SiteCompiler
public import Targets

/// The smallest provider of a daemon with files: settings that need a restart and entries that need a reload, on the daemons in memory.
public struct FileDaemonProvider: Provider {
    /// The name; two of different names can stand on one target.
    public let name: ProviderName
    private let needsChecker: Bool

    /// Makes a provider under one of the names that have no module yet.
    public init(name: ProviderName = .nsd, needsChecker: Bool = false) {
        self.name = name
        self.needsChecker = needsChecker
    }

    /// All or nothing, and no limits.
    public var declaration: ProviderDeclaration {
        ProviderDeclaration(roles: [.dns], guarantee: .transaction, limits: [], unrehearsed: "it is a daemon in memory")
    }

    /// What the file daemon can't express: a site without a resolver for everything else.
    public func check(_ graph: SiteGraph, _ placement: Placement) -> [Diagnostic] {
        guard graph.upstreams.isEmpty else { return [] }
        return [Diagnostic(.notExpressible, "the file daemon needs an upstream", at: placement.span, mend: "name one", site: graph.site)]
    }

    /// The site's settings, its records by owner, and the process that has loaded them.
    public func desired(_ graph: SiteGraph, _ placement: Placement) -> DesiredSet<FileDaemonState> {
        var all = [Desired(FileDaemonState.setting(name: "ttl", value: String(graph.ttlSeconds)), from: .site)]
        for (index, address) in graph.upstreams.enumerated() {
            all.append(Desired(.setting(name: "upstream.\(index)", value: address.description), from: .site))
        }
        var values: [String: (value: String, subject: Subject)] = [:]
        for record in graph.records {
            guard let (type, value) = record.data.text else { continue }
            let name = "\(record.owner)/\(type)"
            values[name] = (values[name].map { $0.value + " " + value } ?? value, record.subject)
        }
        for (name, entry) in values { all.append(Desired(.entry(name: name, value: entry.value), from: entry.subject)) }
        let files = FileDaemonFiles.render(all.map(\.state))
        all.append(Desired(running(placement, loaded: files), from: .site))
        return DesiredSet(all)
    }

    /// The files, and what the process says it has loaded.
    public func observe(
        _ placement: Placement, desired: DesiredSet<FileDaemonState>, on target: any Target
    ) async throws(TargetError) -> ObservedSet<FileDaemonState> {
        guard let files = target.files else { throw TargetError(.unexpectedShape, "\(target.host) has no files") }
        let mechanism = fileMechanism(placement)
        let contents = try await files.read(mechanism.place)
        var states = FileDaemonFiles.parse(contents.files)
        var unread: [FileDaemonKind: String] = [:]
        var inapplicable: [FileDaemonKind: String] = [:]
        for reason in contents.unread { for kind in FileDaemonKind.allCases where kind != .service { unread[kind] = reason } }
        guard let services = target.services else {
            return ObservedSet(states, unread: unread, inapplicable: [.service: "no services here"])
        }
        switch await services.status(of: mechanism.unit) {
        case .running: states.append(await mechanism.running(services))
        case .stopped: if !services.canStart { inapplicable[.service] = "a dry tree" }
        case .unknown(let why): unread[.service] = why
        }
        return ObservedSet(states, unread: unread, inapplicable: inapplicable)
    }

    /// A restart for settings, a reload for entries.
    public func cost(of action: Action, before: FileDaemonState?, after: FileDaemonState?) -> Cost {
        if case .service(_, let old, _)? = before, case .service(_, let new, _)? = after { return old == new ? .reload : .restart }
        return switch after ?? before {
        case .setting, .service, nil: .restart
        case .entry: .reload
        case .foreign(let key, _):
            if key.hasPrefix(FileDaemonFiles.settings) { .restart } else { key.hasPrefix(FileDaemonFiles.entries) ? .reload : .live }
        }
    }

    /// Settings are structural.
    public func risk(of action: Action, before: FileDaemonState?, after: FileDaemonState?) -> Risk {
        if case .setting? = after ?? before { .structural } else { .routine }
    }

    /// Two files of one place.
    public func mechanism(_ placement: Placement) -> Mechanism<FileDaemonState> { .files(fileMechanism(placement)) }

    private func fileMechanism(_ placement: Placement) -> FileDaemonMechanism {
        FileDaemonMechanism(provider: name.rawValue, site: placement.site, needsChecker: needsChecker)
    }

    private func running(_ placement: Placement, loaded files: [PlaceFile]) -> FileDaemonState {
        fileMechanism(placement).running(files)
    }
}

/// How the file daemon's states come to be.
struct FileDaemonMechanism: FileMechanism {
    let provider: String
    let site: String
    let needsChecker: Bool

    var place: Targets.Place { Targets.Place(provider: provider, site: site) }
    var unit: ServiceUnit {
        ServiceUnit(
            name: "deevnet-\(provider)@\(site)", command: [provider, "/etc/deevnet/current/\(place)"],
            pidFile: "/run/deevnet/\(provider)-\(site).pid")
    }
    var service: ServiceUnit? { unit }

    func render(_ desired: DesiredSet<FileDaemonState>) -> [PlaceFile] { FileDaemonFiles.render(desired.resources.map(\.state)) }

    func lines(of state: FileDaemonState) -> [(file: String, line: String)] { FileDaemonFiles.line(of: state).map { [$0] } ?? [] }

    func parse(_ files: [PlaceFile]) -> ObservedSet<FileDaemonState> {
        ObservedSet(FileDaemonFiles.parse(files), unread: [.service: "a process isn't seen in files"])
    }

    func checks(directory: String, files: [PlaceFile]) -> [[String]] {
        needsChecker ? [["\(provider)-check", "\(directory)/\(FileDaemonFiles.settings)"]] : []
    }

    func activation(from old: [PlaceFile], to new: [PlaceFile]) -> Cost {
        func file(_ name: String, _ list: [PlaceFile]) -> PlaceFile? { list.first { $0.name == name } }
        if file(FileDaemonFiles.settings, old) != file(FileDaemonFiles.settings, new) { return .restart }
        return file(FileDaemonFiles.entries, old) == file(FileDaemonFiles.entries, new) ? .live : .reload
    }

    func health(_ files: [PlaceFile], on target: any Target) async -> String? {
        guard let services = target.services else { return "nothing can be asked" }
        let found = await running(services)
        return found == running(files) ? nil : "\(unit.name) has loaded other files: \(found.attributes)"
    }

    func running(_ files: [PlaceFile]) -> FileDaemonState {
        .service(
            unit: unit.name, settings: FileDaemonFiles.digest(FileDaemonFiles.settings, of: files),
            entries: FileDaemonFiles.digest(FileDaemonFiles.entries, of: files))
    }

    func running(_ services: any ServiceControl) async -> FileDaemonState {
        let answer = await services.ask(unit, dns: FileDaemonFiles.question, port: 53, within: 100)
        let parts = answer.map { String(decoding: $0, as: UTF8.self).split(separator: " ").map(String.init) } ?? []
        guard parts.count == 2 else { return .service(unit: unit.name, settings: "no answer", entries: "no answer") }
        return .service(unit: unit.name, settings: parts[0], entries: parts[1])
    }
}

extension RecordData {
    /// The type and data of the records that the test providers serve; nil for the others.
    var text: (type: String, value: String)? {
        switch self {
        case .a(let address): ("a", address.description)
        case .aaaa(let address): ("aaaa", address.description)
        case .cname(let target): ("cname", target.description)
        case .txt(let text): ("txt", text)
        case .mx, .srv, .ns: nil
        }
    }
}
