import Diagnostics
import Foundation
import GitRevisions
import Testing

/// Commits that git itself wouldn't make, written as raw objects.
struct HostileTreeTests {
    /// Makes a commit whose `inventory` is the given tree.
    private func commit(_ inventory: String, in sandbox: Sandbox) throws -> String {
        let root = try tree([("40000", "inventory", inventory)], in: sandbox)
        return try sandbox.git("commit-tree", "-m", "hostile", root)
    }

    private func tree(_ entries: [(mode: String, name: String, id: String)], in sandbox: Sandbox) throws -> String {
        try rawTree(entries.map { ($0.mode, Array($0.name.utf8), $0.id) }, in: sandbox)
    }

    private func rawTree(_ entries: [(mode: String, name: [UInt8], id: String)], in sandbox: Sandbox) throws -> String {
        var bytes: [UInt8] = []
        for entry in entries {
            let id = try #require(ObjectID(entry.id))
            bytes += Array(entry.mode.utf8) + [UInt8(ascii: " ")] + entry.name + [0] + id.bytes
        }
        let file = sandbox.path + "/tree-\(UUID().uuidString)"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return try sandbox.git("hash-object", "-t", "tree", "--literally", "-w", file)
    }

    private func blob(in sandbox: Sandbox) throws -> String { try sandbox.git("hash-object", "-w", "--stdin", input: "a: 1\n") }

    private static let hostileNames: [(name: [UInt8], reason: String)] = [
        (bytes(".."), "leaves its directory"), (bytes("."), "is the directory itself"), (bytes("a/b.yml"), "has a slash"),
        (bytes("/etc.yml"), "is absolute"), (bytes("a\\b.yml"), "has a backslash"), (bytes("a\u{1B}[2J.yml"), "clears the screen"),
        (bytes("a\n.yml"), "has a line break"), ([0x61, 0xFF, 0x2E], "isn't UTF-8"), (bytes("a\u{202E}lmy.yml"), "turns the text around"),
        (bytes("a\u{200B}.yml"), "has an invisible space"), (bytes(".GIT"), "is git's own on some systems"),
        (bytes(String(repeating: "a", count: 252) + ".yml"), "is longer than any file's"),
    ]

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: hostileNames)
    func `a hostile name is refused and shown harmlessly`(name: [UInt8], reason: String) throws {
        let sandbox = try Sandbox()
        let blob = try blob(in: sandbox)
        let inventory = try rawTree([("100644", name, blob), ("100644", Array("ok.yml".utf8), blob)], in: sandbox)
        let (snapshot, findings) = try sandbox.open().snapshot(.revision(commit(inventory, in: sandbox)))
        #expect(snapshot.paths == ["inventory/ok.yml"], "\(reason)")
        #expect(findings.map(\.code) == [.inventoryPath], "\(reason)")
        let texts = findings.flatMap { [$0.message, $0.mend ?? ""] }
        #expect(texts.allSatisfy { escapedForDisplay($0) == $0 }, "\(reason)")
    }

    @Test func `a name with a slash isn't the file that its path leads to`() throws {
        let sandbox = try Sandbox()
        try sandbox.write("inventory/a/b.yml", "a: 1\n")
        let blob = try blob(in: sandbox)
        let inner = try tree([("100644", "b.yml", blob)], in: sandbox)
        for (entries, isSame) in [
            ([("40000", "a", inner)], true), ([("100644", "a/b.yml", blob)], false),
            ([("40000", ".git", inner), ("40000", "a", inner)], false),
        ] {
            try sandbox.git("update-ref", "HEAD", commit(tree(entries, in: sandbox), in: sandbox))
            #expect(try sandbox.open().snapshot(.workingTree).snapshot.revision().isDirty == !isSame, "\(entries)")
        }
    }

    @Test func `a commit whose trees aren't all there isn't the working tree`() throws {
        let sandbox = try Sandbox.withInventory()
        let id = try sandbox.git("rev-parse", "HEAD:sites/dvntm")
        try sandbox.remove(".git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
        #expect(try sandbox.open().snapshot(.workingTree).snapshot.revision().isDirty)
    }

    @Test func `a directory called dot git makes its parent another repository`() throws {
        let sandbox = try Sandbox()
        let blob = try blob(in: sandbox)
        let inner = try tree([("100644", "config", blob)], in: sandbox)
        let inventory = try tree([("40000", ".git", inner), ("100644", "a.yml", blob)], in: sandbox)
        #expect(try sandbox.open().snapshot(.revision(commit(inventory, in: sandbox))).findings.map(\.code) == [.inventorySubmodule])
    }

    @Test func `a tree that unfolds without end is cut off`() throws {
        let sandbox = try Sandbox()
        let blob = try blob(in: sandbox)
        // Ten directories in each of nine levels: a billion files in nine objects.
        var level = try tree((0..<10).map { ("100644", "f\($0).yml", blob) }, in: sandbox)
        for _ in 0..<8 { level = try tree((0..<10).map { ("40000", "d\($0)", level) }, in: sandbox) }
        var limits = SnapshotLimits()
        limits.entries = 20_000
        let (snapshot, findings) = try sandbox.open(limits: limits).snapshot(.revision(commit(level, in: sandbox)))
        #expect(findings.contains { $0.code == .tooManyFiles && $0.severity == .error })
        #expect(snapshot.files.count <= 20_000)
    }

    @Test func `a file whose object is missing or is no file is named, and the rest is read`() throws {
        let sandbox = try Sandbox()
        let blob = try blob(in: sandbox)
        let missing = String(repeating: "12", count: 20)
        let empty = try tree([], in: sandbox)
        let inventory = try tree(
            [("100644", "a.yml", blob), ("100644", "b.yml", missing), ("40000", "c", missing), ("100644", "d.yml", empty)], in: sandbox)
        let (snapshot, findings) = try sandbox.open().snapshot(.revision(commit(inventory, in: sandbox)))
        #expect(snapshot.paths == ["inventory/a.yml", "inventory/d.yml"])
        #expect(findings.map(\.code) == [.repositoryBroken, .repositoryBroken])
        #expect(refusal { _ = try snapshot.bytes(of: FileID(rawValue: 1)) }?.code == .repositoryBroken)
    }

    @Test func `a damaged object is refused, not read`() throws {
        let sandbox = try Sandbox()
        try sandbox.write("inventory/a.yml", "a: 1\n")
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "first")
        let id = try sandbox.git("rev-parse", "HEAD:inventory/a.yml")
        // A whole object of other content under the first one's name: only its hash tells.
        let other = try sandbox.git("hash-object", "-w", "--stdin", input: "a: 2\n")
        func file(_ id: String) -> String { sandbox.repository + "/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))" }
        try FileManager.default.removeItem(atPath: file(id))
        try FileManager.default.copyItem(atPath: file(other), toPath: file(id))
        let snapshot = try sandbox.open().snapshot(.revision("HEAD")).snapshot
        #expect(refusal { _ = try snapshot.bytes(of: FileID(rawValue: 0)) }?.code == .repositoryBroken)
    }
}
