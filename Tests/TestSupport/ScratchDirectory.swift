import Foundation

/// A directory that goes away with everything in it when the test lets go of it; in memory where that can be had, since tests sync a lot.
public final class ScratchDirectory: Sendable {
    /// Its path.
    public let path: String

    /// Makes a directory.
    public init() throws {
        let isShared = FileManager.default.isWritableFile(atPath: "/dev/shm")
        let parent = isShared ? URL(fileURLWithPath: "/dev/shm") : FileManager.default.temporaryDirectory
        let url = parent.appendingPathComponent("deevnet-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What a file holds; nil when it isn't there.
    public func text(_ relative: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(relative)").map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file, with the directories above it.
    public func write(_ text: String, to relative: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(relative)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: url.path)
    }

    /// Makes a directory.
    public func makeDirectory(_ relative: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(relative)", withIntermediateDirectories: true)
    }

    /// Moves something.
    public func move(_ relative: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: "\(path)/\(relative)", toPath: "\(path)/\(other)")
    }

    /// Removes something.
    public func remove(_ relative: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(relative)") }

    /// A line for every path below: inode, mode, time of change, and what it holds.
    public var listing: [String] {
        let paths = (FileManager.default.enumerator(atPath: path)?.allObjects ?? []).compactMap { $0 as? String }.sorted()
        return paths.map { relative in
            let full = "\(path)/\(relative)"
            let all = (try? FileManager.default.attributesOfItem(atPath: full)) ?? [:]
            let facts = [FileAttributeKey.systemFileNumber, .posixPermissions, .modificationDate].map { key in
                all[key].map { "\($0)" } ?? "?"
            }
            let contents = FileManager.default.contents(atPath: full)?.base64EncodedString() ?? "directory"
            return "\(relative) \(facts.joined(separator: " ")) \(contents)"
        }
    }
}
