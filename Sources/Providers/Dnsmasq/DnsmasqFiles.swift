public import Addressing
public import Planning
public import Reconciling
public import Targets

/// How dnsmasq's states come to be: four files of one place, one of them for the start and three that a reload reads again.
public struct DnsmasqFiles: FileMechanism {
    /// The site whose files they are.
    public let site: String
    /// Whether the process serves DNS, and can be asked what it has loaded.
    public let servesDNS: Bool
    /// The server's addresses, one of which clients know it by.
    let servers: [IPv4Address]
    let patience: Duration
    let now: @Sendable () -> UInt64

    /// Makes the mechanism. `servers` are the host's addresses in the segments served; `patience` is how long ``health(_:on:)`` waits for the
    /// process to answer; `now` tells the time in seconds since 1970.
    public init(
        site: String, servesDNS: Bool, servers: [IPv4Address] = [], patience: Duration = .seconds(5),
        now: @escaping @Sendable () -> UInt64 = { 0 }
    ) {
        self.servers = servers
        self.now = now
        self.site = site
        self.servesDNS = servesDNS
        self.patience = patience
    }

    var paths: SitePaths { SitePaths(site: site) }

    /// `dnsmasq/<site>`.
    public var place: Place { paths.place }

    /// `deevnet-dnsmasq@<site>`.
    public var service: ServiceUnit? { paths.unit }

    /// The four files. What the process has loaded isn't written in them; it follows from them.
    public func render(_ desired: DesiredSet<DnsmasqState>) -> [PlaceFile] { Rendering(sorted: desired.resources).files }

    /// The states in the files. The process isn't in them: its kind is named as unread.
    public func parse(_ files: [PlaceFile]) -> ObservedSet<DnsmasqState> {
        ObservedSet(Parsing(files).states, unread: [.service: "a process isn't seen in files"])
    }

    /// `dnsmasq --test` on the configuration; since that never opens the other files, their lines are given to it as options of the command.
    public func checks(directory: String, files: [PlaceFile]) -> [[String]] {
        var commands = [["dnsmasq", "--test", "--conf-file=\(directory)/\(FileName.configuration.rawValue)"]]
        for (file, option) in [(FileName.reservations, "--dhcp-host="), (.options, "--dhcp-option=")] {
            let bytes = files.first { $0.name == file.rawValue }?.bytes ?? []
            let lines = bytes.split(separator: UInt8(ascii: "\n")).map { Self.withoutComment($0) }.filter { !$0.isEmpty }
            // The kernel takes 2 MiB of arguments (execve(2)), and a line has at most a thousand bytes.
            for start in stride(from: 0, to: lines.count, by: 1_000) {
                let batch = lines[start..<min(start + 1_000, lines.count)]
                // An empty --conf-file keeps the machine's own configuration out.
                commands.append(["dnsmasq", "--test", "--conf-file="] + batch.map { option + String(decoding: $0, as: UTF8.self) })
            }
        }
        return commands
    }

    private static func withoutComment(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        if line.first == UInt8(ascii: "#") { return [] }
        return line.prefix { $0 != UInt8(ascii: " ") }
    }

    /// A restart when the configuration differs, else a reload.
    public func activation(from old: [PlaceFile], to new: [PlaceFile]) -> Cost {
        func files(_ list: [PlaceFile]) -> [FileName: PlaceFile] {
            Dictionary(
                list.compactMap { file in FileName(rawValue: file.name).map { ($0, file) } }, uniquingKeysWith: { first, _ in first })
        }
        let (before, after) = (files(old), files(new))
        if before == after { return .live }
        return before[.configuration]?.bytes == after[.configuration]?.bytes && after[.configuration] != nil ? .reload : .restart
    }

    /// Asks the process for both marks until they are those of the files, or patience ends.
    public func health(_ files: [PlaceFile], on target: any Target) async -> String? {
        guard let services = target.services else { return "\(paths.unit.name) can't be looked at: the target controls no services" }
        let wanted = RunningService(unit: paths.unit.name, marker: servesDNS ? Parsing.marker(of: files) : nil)
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while true {
            let problem = await problem(wanted, services)
            guard let problem, clock.now < deadline else { return problem }
            guard (try? await clock.sleep(for: .milliseconds(50))) != nil else {
                return "the check of \(paths.unit.name) was cancelled: \(problem)"
            }
        }
    }

    private func problem(_ wanted: RunningService, _ services: any ServiceControl) async -> String? {
        switch await services.status(of: paths.unit) {
        case .stopped: return "\(paths.unit.name) doesn't run"
        case .unknown(let why): return "\(paths.unit.name) can't be looked at: \(why)"
        case .running: break
        }
        let found = await running(services)
        if found == wanted { return nil }
        let isStart = found.configuration != wanted.configuration
        let (what, has) = isStart ? ("configuration", found.configuration) : ("names, reservations and options", found.reloadable)
        guard has != .unanswered else { return "\(paths.unit.name) runs, but doesn't answer DNS on loopback port 53" }
        return "\(paths.unit.name) runs with other \(what) than those on disk"
    }

    /// What a running process says it has loaded.
    func running(_ services: any ServiceControl) async -> RunningService {
        guard servesDNS else { return RunningService(unit: paths.unit.name, marker: nil) }
        async let text = ask(DNSQuestion(id: .random(in: 0...UInt16.max), name: Marker.configurationName, type: .txt), services)?.text
        async let address = ask(DNSQuestion(id: .random(in: 0...UInt16.max), name: Marker.reloadableName, type: .aaaa), services)?.address
        let configuration = await text.flatMap { $0.utf8.count == 64 ? RunningService.Mark.loaded($0) : nil }
        let reloadable = await address.map { RunningService.Mark.loaded($0.description) }
        return RunningService(unit: paths.unit.name, configuration: configuration ?? .unanswered, reloadable: reloadable ?? .unanswered)
    }

    private func ask(_ question: DNSQuestion, _ services: any ServiceControl) async -> DNSAnswer? {
        let answer = await services.ask(paths.unit, dns: question.bytes, port: 53, within: 500)
        return answer.flatMap { DNSAnswer($0, to: question) }
    }
}
