import Diagnostics
import Foundation
import GitRevisions
import Testing

struct SnapshotTests {
    private let first = ["inventory/deevnet.yml", "inventory/hosts/hv01.yml", "sites/dvntm/site.yml"]

    @Test func `working tree, index and commit each show their own state`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write("sites/dvntm/site.yml", "staged\n")
        try sandbox.write("inventory/new.yml", "new\n")
        try sandbox.git("add", ".")
        try sandbox.write("sites/dvntm/site.yml", "on disk\n")
        try sandbox.remove("inventory/hosts/hv01.yml")
        let repository = try sandbox.open()

        let disk = try repository.snapshot(.workingTree).snapshot
        #expect(disk.paths == ["inventory/deevnet.yml", "inventory/new.yml", "sites/dvntm/site.yml"])
        #expect(try disk.text("sites/dvntm/site.yml") == "on disk\n")
        #expect(try disk.revision().isDirty)

        let index = try repository.snapshot(.index).snapshot
        #expect(index.paths == ["inventory/deevnet.yml", "inventory/hosts/hv01.yml", "inventory/new.yml", "sites/dvntm/site.yml"])
        #expect(try index.text("sites/dvntm/site.yml") == "staged\n")
        #expect(try index.revision().isDirty)

        let commit = try repository.snapshot(.revision("HEAD")).snapshot
        #expect(commit.paths == first)
        #expect(try commit.text("sites/dvntm/site.yml") == "site:\n  name: dvntm\n")
        #expect(try !commit.revision().isDirty)
    }

    @Test func `a clean working tree has the identity of its commit`() throws {
        let sandbox = try Sandbox.withInventory()
        let (snapshot, findings) = try sandbox.open().snapshot(.workingTree)
        let head = try sandbox.git("rev-parse", "HEAD")
        let revision = try snapshot.revision()
        #expect(findings.isEmpty)
        #expect(!revision.isDirty)
        #expect(revision.commit?.description == head)
        #expect(try revision.tree?.description == sandbox.git("rev-parse", "HEAD^{tree}"))
        #expect(try revision.inventoryTrees?.inventory?.description == sandbox.git("rev-parse", "HEAD:inventory"))
        #expect(try revision.inventoryTrees?.sites?.description == sandbox.git("rev-parse", "HEAD:sites"))
        #expect(revision.shortDescription == "working tree at \(head.prefix(10))")
        #expect(try sandbox.open().snapshot(.revision("main")).snapshot.revision().shortDescription == "commit \(head.prefix(10))")
    }

    @Test(arguments: [
        ("sites/dvntm/site.yml", "other\n", true, "a changed file"), ("sites/dvntm/new.yml", "x\n", true, "an untracked file that is read"),
        ("README.md", "x\n", false, "a file outside the inventory"), ("sites/dvntm/README.md", "x\n", false, "a file that isn't read"),
    ])
    func `a working tree is dirty exactly when what is read differs`(file: String, text: String, dirty: Bool, reason: String) throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write(file, text)
        let revision = try sandbox.open().snapshot(.workingTree).snapshot.revision()
        #expect(revision.isDirty == dirty, "\(reason)")
        #expect((revision.inventoryTrees == nil) == dirty)
        #expect(revision.shortDescription.hasSuffix("(dirty)") == dirty)
    }

    @Test func `what is staged and not in the working tree doesn't make that dirty`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write("sites/dvntm/site.yml", "staged\n")
        try sandbox.git("add", ".")
        try sandbox.write("sites/dvntm/site.yml", "site:\n  name: dvntm\n")
        #expect(try !sandbox.open().snapshot(.workingTree).snapshot.revision().isDirty)
        #expect(try sandbox.open().snapshot(.index).snapshot.revision().isDirty)
    }

    @Test func `what no inventory has doesn't make a working tree dirty`() throws {
        let sandbox = try Sandbox.withInventory()
        for file in ["sites/dvntm/.hidden.yml", "sites/.hidden/a.yml", "inventory/deep/er/a.yml"] { try sandbox.write(file, "x\n") }
        try sandbox.git("add", "-f", ".")
        try sandbox.git("commit", "-qm", "more")
        #expect(try !sandbox.open().snapshot(.workingTree).snapshot.revision().isDirty)
        try sandbox.write("inventory/deep/er/a.yml", "y\n")
        #expect(try sandbox.open().snapshot(.workingTree).snapshot.revision().isDirty)
    }

    @Test func `files are sorted by the bytes of their paths`() throws {
        let sandbox = try Sandbox()
        for file in ["a.yml", "a/z.yml", "a-b.yml", "a0.yml", "B.yml", "é.yml", "z.yml"] { try sandbox.write("inventory/" + file, "x\n") }
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "names")
        for selector in [RevisionSelector.workingTree, .index, .revision("HEAD")] {
            let paths = try sandbox.open().snapshot(selector).snapshot.paths
            #expect(paths.count == 7)
            #expect(paths.map { Array($0.utf8) } == paths.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }, "\(selector)")
        }
    }

    @Test func `object ids of the working tree are those that git computes`() throws {
        let sandbox = try Sandbox.withInventory()
        let ids = try sandbox.open().snapshot(.workingTree).snapshot.blobIDs()
        let expected = try first.map { try sandbox.git("rev-parse", "HEAD:\($0)") }
        #expect(ids.map { $0?.description } == expected)
        let commit = try sandbox.open().snapshot(.revision("HEAD")).snapshot
        #expect(commit.blobIDs() == ids)
        #expect(commit.files.map(\.blob) == ids)
    }

    @Test func `a line is quoted without its break, whatever break it is`() throws {
        let sandbox = try Sandbox()
        try sandbox.write("inventory/a.yml", "\u{FEFF}one\r\ntwo\rthree\u{85}four\u{2028}five\nlast")
        let snapshot = try sandbox.open().snapshot(.workingTree).snapshot
        let file = FileID(rawValue: 0)
        #expect((1...7).map { snapshot.line($0, of: file) } == ["one", "two", "three", "four", "five", "last", nil])
        #expect(snapshot.line(0, of: file) == nil)
        #expect(snapshot.path(of: file) == "inventory/a.yml")
        #expect(snapshot.line(1, of: FileID(rawValue: 9)) == nil)
    }

    @Test func `lines are found among long ones and short ones, and those over 64 KiB aren't quoted`() throws {
        let limit = 64 << 10
        let lengths = [0, limit, 3, limit + 1, 2, 200_000, 1] + (0..<300).map { $0 * 997 % 1500 } + [limit + 3, 5]
        let lines = lengths.enumerated().map { String(repeating: "\($0 % 10)", count: $1) }
        for lineEnd in ["\n", "\r\n", "\u{2028}"] {
            let sandbox = try Sandbox()
            try sandbox.write("inventory/a.yml", lines.joined(separator: lineEnd))
            let snapshot = try sandbox.open().snapshot(.workingTree).snapshot
            for (index, line) in lines.enumerated() {
                let text = snapshot.line(UInt32(index + 1), of: FileID(rawValue: 0))
                #expect(text == (line.utf8.count > limit ? nil : line), "line \(index + 1)")
            }
            #expect(snapshot.line(UInt32(lines.count + 1), of: FileID(rawValue: 0)) == nil)
        }
    }

    @Test func `parallel reads of one snapshot give the same bytes`() async throws {
        let sandbox = try Sandbox()
        for number in 0..<200 {
            try sandbox.write("inventory/hosts/h\(number).yml", String(repeating: "host \(number)\n", count: number + 1))
        }
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "many")
        for selector in [RevisionSelector.workingTree, .index, .revision("HEAD")] {
            let snapshot = try sandbox.open().snapshot(selector).snapshot
            let results = try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
                for _ in 0..<4 { group.addTask { try snapshot.fileIDs.map { try snapshot.bytes(of: $0) } } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let expected = try snapshot.files.map { Array(try Data(contentsOf: URL(fileURLWithPath: sandbox.repository + "/" + $0.path))) }
            #expect(results.count == 4)
            #expect(results.allSatisfy { $0 == expected }, "\(selector)")
        }
    }
}
