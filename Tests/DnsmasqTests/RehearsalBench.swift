import Addressing
import Foundation
import Planning
import Reconciling
import Targets
import TestSupport
import Testing

@testable import Dnsmasq

/// Files staged in a directory, and a real dnsmasq tried out on them.
struct RehearsalBench {
    let mechanism: DnsmasqFiles
    private let directory: ScratchDirectory

    /// Makes a bench; the patience is short, since silence is what many tests wait for.
    init(site: String = "lab", servesDNS: Bool = true, servers: [String] = ["192.0.2.1", "192.0.2.129"]) throws {
        directory = try ScratchDirectory()
        mechanism = DnsmasqFiles(site: site, servesDNS: servesDNS, servers: try servers.map { try IPv4Address($0) }, patience: .seconds(1))
    }

    /// Stages the files for some states, changed if that is asked for, and tries them out for all that differs from what was before.
    func rehearse(
        _ desired: DesiredSet<DnsmasqState>, from before: DesiredSet<DnsmasqState> = DesiredSet([]),
        staging change: ([PlaceFile]) throws -> [PlaceFile] = { $0 }
    ) async throws -> RehearsalOutcome {
        let staged = try stage(try change(mechanism.render(desired)))
        let observed = ObservedSet(before.resources.map(\.state))
        let changes = differences(desired: desired, observed: observed).map { difference in
            (
                before: difference.observed.map { observed.resources[$0] }, after: difference.desired.map { desired.resources[$0].state }
            )
        }
        return await mechanism.rehearse(Rehearsal(staged: staged, desired: desired, changes: changes), in: LocalRehearsals())
    }

    /// Writes files to a directory; its path.
    func stage(_ files: [PlaceFile]) throws -> String {
        let name = UUID().uuidString
        try directory.makeDirectory(name)
        let path = "\(directory.path)/\(name)"
        for file in files {
            try Data(file.bytes).write(to: URL(fileURLWithPath: "\(path)/\(file.name)"))
            try FileManager.default.setAttributes([.posixPermissions: file.mode], ofItemAtPath: "\(path)/\(file.name)")
        }
        return path
    }

    /// What a room could leave behind: processes with our directory among their arguments, interfaces, and the files of daemons.
    var machine: [String] {
        let manager = FileManager.default
        let processes = ((try? manager.contentsOfDirectory(atPath: "/proc")) ?? []).filter { Int($0) != nil }.compactMap { pid in
            manager.contents(atPath: "/proc/\(pid)/cmdline").map { String(decoding: $0, as: UTF8.self) }
        }
        let ours = processes.filter { $0.contains(directory.path) }
        let places = ["/sys/class/net", "/run/deevnet", "/var/lib/deevnet", "/etc/deevnet"]
        return ours + places.map { "\($0): \(((try? manager.contentsOfDirectory(atPath: $0)) ?? []).sorted())" }
    }

    /// Why nothing can be rehearsed here; nil: it can.
    static let obstacle: String? = {
        guard DnsmasqBench.isAvailable else { return "dnsmasq isn't installed" }
        return LocalRehearsals().obstacle().map { "nothing can be rehearsed: \($0)" }
    }()
}

extension Trait where Self == ConditionTrait {
    /// Skips, with the reason, where no daemon can be tried out.
    static var needsRehearsals: Self { .enabled(if: RehearsalBench.obstacle == nil, Comment(rawValue: RehearsalBench.obstacle ?? "")) }
}
