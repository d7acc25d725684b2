import Diagnostics
import Foundation
import Testing

@testable import GitRevisions

/// What lies in a git directory and git didn't put there is refused before libgit2 opens it.
@Suite struct GitDirectoryTests {
    @Test(arguments: [
        "HEAD", "config", "index", "packed-refs", "commondir", "refs/heads/x", "objects/info/alternates", "objects/ab/cd", "logs/HEAD",
    ])
    func `a pipe or a link in it is refused`(_ name: String) throws {
        for makesPipe in [true, false] {
            let sandbox = try Sandbox.withInventory()
            let path = ".git/\(name)"
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: "\(sandbox.repository)/\(path)").deletingLastPathComponent().path,
                withIntermediateDirectories: true)
            try? sandbox.remove(path)
            if makesPipe { try sandbox.makePipe(path) } else { try sandbox.link(path, to: "/etc/passwd") }
            let found = refusal { _ = try sandbox.open().snapshot(.revision("HEAD")) }
            // Without a HEAD it is no repository.
            #expect(found?.code == (name == "HEAD" ? .notARepository : .repositoryOdd), "\(makesPipe)")
        }
    }

    @Test(arguments: [
        "[include]\n\tpath = /etc/passwd\n", "[includeIf \"onbranch:**\"] path = x\n", "[core] x = 1\n  [INCLUDE] path = \"y\"\n",
    ])
    func `a configuration that includes others is refused`(_ text: String) throws {
        let sandbox = try Sandbox.withInventory()
        let old = try String(contentsOfFile: "\(sandbox.repository)/.git/config", encoding: .utf8)
        try sandbox.write(".git/config", old + text)
        let found = refusal { _ = try sandbox.open().snapshot(.revision("HEAD")) }
        #expect(found?.code == .repositoryOdd)
        #expect(found?.message.contains("which libgit2 would read wherever they are") == true)
    }

    @Test func `libgit2 reads what a configuration includes, also outside of the repository: that is why it is refused`() throws {
        let sandbox = try Sandbox.withInventory()
        try Data("[evil]\n\tname = outside\n".utf8).write(to: URL(fileURLWithPath: sandbox.path + "/elsewhere"))
        try sandbox.git("config", "include.path", sandbox.path + "/elsewhere")
        #expect(try Libgit2.configuration("evil.name", in: "\(sandbox.repository)/.git/config") == ["outside"])
    }

    @Test func `objects of a clone that shares them are read, and any other directory is refused`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.git("clone", "-q", "--shared", sandbox.repository, sandbox.path + "/shared")
        #expect(try sandbox.open(sandbox.path + "/shared").snapshot(.revision("HEAD")).snapshot.files.count == 3)
        try sandbox.write(".git/objects/info/alternates", "\(sandbox.path)\n")
        #expect(refusal { _ = try sandbox.open().snapshot(.revision("HEAD")) }?.code == .repositoryOdd)
    }

    /// libgit2 1.5 would write the rest behind its buffer.
    @Test(arguments: ["tree", "commit", "blob"]) func `an object that is larger than it says is refused`(_ kind: String) throws {
        let sandbox = try Sandbox.withInventory()
        let name = ["tree": "HEAD^{tree}", "commit": "HEAD", "blob": "HEAD:inventory/deevnet.yml"][kind]
        let id = try sandbox.git("rev-parse", name ?? "HEAD")
        let file = "\(sandbox.repository)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
        try FileManager.default.removeItem(atPath: file)
        let make = "import sys, zlib; open(sys.argv[1], 'wb').write(zlib.compress(sys.argv[2].encode() + b' 10\\0' + b'a' * (1 << 20)))"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", make, file, kind]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        for revision in ["HEAD", String(id.prefix(10))] {
            let found = refusal {
                let snapshot = try sandbox.open().snapshot(.revision(revision)).snapshot
                _ = try snapshot.text("inventory/deevnet.yml")
            }
            #expect(found != nil, "\(revision)")
        }
    }

    @Test func `an inventory of too many bytes is refused, and none of it is read`() throws {
        let sandbox = try Sandbox.withInventory()
        var limits = SnapshotLimits()
        limits.totalBytes = 60
        for selector in [RevisionSelector.index, .revision("HEAD")] {
            let (snapshot, findings) = try sandbox.open(limits: limits).snapshot(selector)
            #expect(findings.map(\.code) == [.inventoryTooLarge], "\(selector)")
            #expect(snapshot.files.isEmpty)
        }
        // The working tree is measured when it is read, once more has been read than may be without.
        let (snapshot, findings) = try sandbox.open(limits: limits).snapshot(.workingTree)
        #expect(findings.isEmpty)
        for path in snapshot.paths { _ = try? snapshot.text(path) }
        for path in snapshot.paths {
            #expect(
                refusal { _ = try snapshot.text(path) }?.message
                    == "the inventory has more than 60 bytes, counted up to 'sites/dvntm/site.yml'; none is read")
        }
    }

    @Test func `a large file of an inventory that is too large is refused before it is read`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write("sites/dvntm/large.yml", [UInt8](repeating: UInt8(ascii: "#"), count: 100_000))
        var limits = SnapshotLimits()
        limits.totalBytes = 99_999
        let snapshot = try sandbox.open(limits: limits).snapshot(.workingTree).snapshot
        #expect(refusal { _ = try snapshot.text("sites/dvntm/large.yml") }?.code == .inventoryTooLarge)
        #expect(refusal { _ = try snapshot.text("sites/dvntm/site.yml") }?.code == .inventoryTooLarge)
        limits.totalBytes = 200_000
        let other = try sandbox.open(limits: limits).snapshot(.workingTree).snapshot
        for _ in 0..<3 { #expect(try other.text("sites/dvntm/large.yml")?.utf8.count == 100_000) }
    }
}
