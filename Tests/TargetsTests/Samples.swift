import Foundation
import Targets

/// What the tests of this folder apply.
enum Samples {
    static let place = Place(provider: "dnsmasq", site: "dvntm")
    static let other = Place(provider: "dnsmasq", site: "dvnt")

    static let holder = LockHolder(
        host: "provisioner-ph01", pid: ProcessInfo.processInfo.processIdentifier, user: "root", since: "2030-01-02T03:04:05Z",
        revision: "abc123")

    static func record(_ site: String, digest: String = "d1") -> AppliedRecord {
        AppliedRecord(site: site, commit: "abc123", isDirty: false, desiredDigest: digest, places: ["dnsmasq/\(site)"])
    }

    static func file(_ name: String, _ text: String, mode: UInt32 = 0o644) -> PlaceFile {
        PlaceFile(name: name, bytes: Array(text.utf8), mode: mode)
    }

    /// The files before and after a change of `hosts`; `dnsmasq.conf` stays.
    static let old = [file("dnsmasq.conf", "port=53\n"), file("hosts", "192.0.2.1 old.example.org\n")]
    static let new = [
        file("dnsmasq.conf", "port=53\n"), file("hosts", "192.0.2.2 new.example.org\n"), file("leases.conf", "x\n", mode: 0o600),
    ]

    static let unit = ServiceUnit(name: "deevnet-dnsmasq@dvntm", command: ["/usr/sbin/dnsmasq"], pidFile: "/run/dnsmasq.pid")

    static func journal(_ phase: Journal.Phase = .switching, from: UInt64? = 1, to: UInt64 = 2) -> Journal {
        Journal(phase: phase, from: from, to: to, services: [unit], holder: holder)
    }
}

/// A directory that is removed with its contents when the test lets go of it.
final class Scratch: Sendable {
    let path: String

    /// Makes a directory on the disk, or in memory where there are thousands of syncs to make.
    init(inMemory: Bool = false) throws {
        let isShared = inMemory && FileManager.default.isWritableFile(atPath: "/dev/shm")
        let parent = isShared ? URL(fileURLWithPath: "/dev/shm") : FileManager.default.temporaryDirectory
        let url = parent.appendingPathComponent("targets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func text(_ relative: String) -> String? { try? String(contentsOfFile: "\(path)/\(relative)", encoding: .utf8) }

    func write(_ text: String, to relative: String) throws {
        let file = URL(fileURLWithPath: "\(path)/\(relative)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func link(_ relative: String, to destination: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(relative)", withDestinationPath: destination)
    }

    func remove(_ relative: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(relative)") }

    func exists(_ relative: String) -> Bool { (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(relative)")) != nil }

    func names(_ relative: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(relative)").sorted()) ?? []
    }

    func attribute(_ key: FileAttributeKey, of relative: String) -> Int? {
        ((try? FileManager.default.attributesOfItem(atPath: "\(path)/\(relative)"))?[key] as? NSNumber)?.intValue
    }

    /// Every path below, directories with a slash at their end.
    var tree: [String] {
        var all: [String] = []
        func walk(_ relative: String) {
            for name in names(relative) {
                let child = relative.isEmpty ? name : "\(relative)/\(name)"
                let type = (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(child)"))?[.type] as? FileAttributeType
                all.append(type == .typeDirectory ? child + "/" : child)
                if type == .typeDirectory { walk(child) }
            }
        }
        walk("")
        return all
    }
}
