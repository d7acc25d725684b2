import Diagnostics
import Foundation
import GitRevisions
import Testing

struct RepositoryKindTests {
    @Test func `a directory outside of any repository is refused with the way to make one`() throws {
        let sandbox = try Sandbox(initialising: nil)
        let finding = refusal { _ = try sandbox.open() }
        #expect(finding?.code == .notARepository)
        #expect(finding?.mend?.contains("deevnet init") == true)
        try sandbox.write("inventory/a.yml", "x\n")
        #expect(refusal { _ = try sandbox.open() }?.mend == "git -C \(sandbox.repository) init")
        #expect(refusal { _ = try sandbox.open("/nowhere/at/all") }?.code == .notARepository)
    }

    @Test func `the root is the nearest directory upward that holds an inventory`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write("labs/one/inventory/a.yml", "one\n")
        try sandbox.write("labs/one/sites/x/site.yml", "x\n")
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "labs")
        for start in ["", "/sites", "/sites/dvntm", "/labs"] {
            #expect(try sandbox.open(sandbox.repository + start).root == sandbox.repository, "\(start)")
        }
        for start in ["/labs/one", "/labs/one/sites/x"] {
            let repository = try sandbox.open(sandbox.repository + start)
            #expect(repository.root == sandbox.repository + "/labs/one")
            #expect(repository.top == sandbox.repository)
            for selector in [RevisionSelector.workingTree, .index, .revision("HEAD")] {
                let snapshot = try repository.snapshot(selector).snapshot
                #expect(snapshot.paths == ["inventory/a.yml", "sites/x/site.yml"])
                #expect(try snapshot.text("inventory/a.yml") == "one\n")
                let revision = try snapshot.revision()
                #expect(!revision.isDirty)
                #expect(try revision.inventoryTrees?.inventory?.description == sandbox.git("rev-parse", "HEAD:labs/one/inventory"))
            }
            // The directory came with the second commit.
            #expect(try repository.snapshot(.revision("HEAD~1")).findings.map(\.code) == [.inventoryEmpty])
        }
    }

    @Test func `one of the two directories is enough`() throws {
        let sandbox = try Sandbox()
        try sandbox.write("sites/dvntm/site.yml", "x\n")
        let (snapshot, findings) = try sandbox.open().snapshot(.workingTree)
        #expect(snapshot.paths == ["sites/dvntm/site.yml"])
        #expect(findings.isEmpty)
    }

    @Test func `a bare repository gives its commits and nothing else`() throws {
        let sandbox = try Sandbox.withInventory()
        let bare = sandbox.path + "/bare.git"
        try sandbox.git("clone", "-q", "--bare", sandbox.repository, bare)
        let repository = try sandbox.open(bare)
        #expect(repository.isBare)
        #expect(try repository.snapshot(.revision("main")).snapshot.files.count == 3)
        for selector in [RevisionSelector.workingTree, .index] {
            #expect(refusal { _ = try repository.snapshot(selector) }?.code == .notARepository)
        }
    }

    @Test func `a linked worktree has its own files, index and HEAD`() throws {
        let sandbox = try Sandbox.withInventory()
        let linked = sandbox.path + "/linked"
        try sandbox.git("worktree", "add", "-q", "-b", "side", linked)
        try Data("staged\n".utf8).write(to: URL(fileURLWithPath: linked + "/sites/dvntm/site.yml"))
        try sandbox.git("commit", "-qam", "side", in: linked)
        let repository = try sandbox.open(linked)
        #expect(repository.root == linked)
        let side = try sandbox.git("rev-parse", "side")
        for selector in [RevisionSelector.workingTree, .index, .revision("HEAD")] {
            let snapshot = try repository.snapshot(selector).snapshot
            #expect(try snapshot.text("sites/dvntm/site.yml") == "staged\n")
            #expect(try snapshot.revision().commit?.description == side)
            #expect(try !snapshot.revision().isDirty)
        }
    }

    @Test func `a shallow clone reads like any other`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write("sites/dvntm/site.yml", "second\n")
        try sandbox.git("commit", "-qam", "second")
        let clone = sandbox.path + "/clone"
        try sandbox.git("clone", "-q", "--depth", "1", "file://" + sandbox.repository, clone)
        let repository = try sandbox.open(clone)
        #expect(try repository.snapshot(.revision("HEAD")).snapshot.text("sites/dvntm/site.yml") == "second\n")
        #expect(try !repository.snapshot(.workingTree).snapshot.revision().isDirty)
        #expect(refusal { _ = try repository.snapshot(.revision("HEAD~1")) }?.code == .unknownRevision)
    }

    @Test func `a repository with SHA-256 names is refused by that name`() throws {
        let sandbox = try Sandbox(initialising: ["--object-format=sha256"])
        try sandbox.write("inventory/a.yml", "a: 1\n")
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "first")
        let finding = refusal { _ = try sandbox.open().snapshot(.revision("HEAD")) }
        #expect(finding?.code == .unsupportedRepository)
        #expect(finding?.message.contains("names its objects by sha256") == true)
        // The files on disk need no object.
        #expect(try sandbox.open().snapshot(.workingTree).snapshot.paths == ["inventory/a.yml"])
    }

    @Test func `an extension that changes nothing here is allowed, an unknown one refused`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.git("config", "core.repositoryformatversion", "1")
        try sandbox.git("config", "extensions.worktreeConfig", "true")
        #expect(try sandbox.open().snapshot(.revision("HEAD")).snapshot.files.count == 3)
        try sandbox.git("config", "extensions.refStorage", "reftable")
        let finding = refusal { _ = try sandbox.open().snapshot(.revision("HEAD")) }
        #expect(finding?.code == .unsupportedRepository)
        #expect(finding?.notes.first?.message.contains("refstorage") == true)
    }

    @Test func `a split index is read right or refused, never misread`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.git("update-index", "--split-index")
        #expect(refusal { _ = try sandbox.open().snapshot(.index) }?.code == .unsupportedRepository)
    }

    @Test func `a damaged index or HEAD is named as the repository's fault`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write(".git/index", "DIRC garbage")
        #expect(refusal { _ = try sandbox.open().snapshot(.index) }?.code == .repositoryBroken)
        let snapshot = try sandbox.open().snapshot(.workingTree).snapshot
        #expect(snapshot.files.count == 3)
        #expect(try !snapshot.revision().isDirty, "what is staged isn't read for the working tree")
        try sandbox.write(".git/HEAD", "garbage\n")
        #expect(refusal { _ = try sandbox.open().snapshot(.workingTree).snapshot.revision() }?.code == .repositoryBroken)
    }

    @Test func `the index of a commit in progress can be read instead`() throws {
        let sandbox = try Sandbox.withInventory()
        let other = sandbox.repository + "/.git/next-index"
        try FileManager.default.copyItem(atPath: sandbox.repository + "/.git/index", toPath: other)
        try sandbox.write("inventory/new.yml", "new\n")
        try sandbox.git("add", ".")
        #expect(try sandbox.open().snapshot(.index).snapshot.files.count == 4)
        #expect(try sandbox.open(indexFile: other).snapshot(.index).snapshot.files.count == 3)
    }
}
