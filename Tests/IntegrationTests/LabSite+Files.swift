import Foundation

extension LabSite {
    /// A file of the builder as text; nil when it isn't there.
    func text(_ path: String) -> String? { try? String(contentsOfFile: root + path, encoding: .utf8) }

    func write(_ text: String, to path: String) throws {
        // In place: what people do with an editor must not be undone by a file appearing whole.
        let handle = FileHandle(forWritingAtPath: root + path)
        guard let handle else { return try Data(text.utf8).write(to: URL(fileURLWithPath: root + path)) }
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: root + path) }

    func exists(_ path: String) -> Bool { (try? FileManager.default.attributesOfItem(atPath: root + path)) != nil }

    /// What the live link names.
    var liveLink: String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/etc/deevnet/current") }

    /// The process of dnsmasq's pid file, when it runs.
    var dnsmasq: Int32? {
        guard let text = text(Self.pidFile), let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) else { return nil }
        return Self.isAlive(pid) ? pid : nil
    }

    /// Whether a process runs; one that nobody has waited for yet runs no program any more.
    static func isAlive(_ pid: Int32) -> Bool { (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe")) != nil }

    /// Ends dnsmasq without a word and waits until it is gone.
    func killDnsmasq() async throws {
        guard let pid = dnsmasq else { throw Trouble("dnsmasq doesn't run") }
        kill(pid, SIGKILL)
        _ = try await eventually("dnsmasq is gone") { Self.isAlive(pid) ? nil : true }
    }

    static let pidFile = "/run/deevnet/dnsmasq-dvntm.pid"
    static let leaseFile = "/var/lib/deevnet/dnsmasq-dvntm.leases"
    static let journal = "/var/lib/deevnet/journal.json"
    static let lock = "/run/deevnet/lock"
    static let generations = "/etc/deevnet/generations"
    static let place = "/etc/deevnet/current/dnsmasq/dvntm"
}
