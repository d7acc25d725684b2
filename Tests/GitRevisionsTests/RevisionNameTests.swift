import Diagnostics
@testable import GitRevisions
import Testing

struct RevisionNameTests {
    @Test func `branches, tags, annotated tags, references and beginnings of ids lead to their commit`() throws {
        let sandbox = try Sandbox.withInventory()
        let head = try sandbox.git("rev-parse", "HEAD")
        try sandbox.git("tag", "light")
        try sandbox.git("tag", "-a", "annotated", "-m", "text")
        try sandbox.git("tag", "-a", "nested", "-m", "text", "annotated")
        try sandbox.git("branch", "feature/x")
        try sandbox.write("sites/dvntm/site.yml", "second\n")
        try sandbox.git("commit", "-qam", "second")
        for name in ["light", "annotated", "nested", "feature/x", "refs/heads/feature/x", head, String(head.prefix(8)), "HEAD~1", "main^"] {
            let snapshot = try sandbox.open().snapshot(.revision(name)).snapshot
            #expect(try snapshot.revision().commit?.description == head, "\(name)")
            #expect(try snapshot.text("sites/dvntm/site.yml") == "site:\n  name: dvntm\n", "\(name)")
        }
    }

    @Test func `an unknown name is refused and the nearest one offered`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.git("tag", "release-1")
        let branch = refusal { _ = try sandbox.open().snapshot(.revision("mian")) }
        #expect(branch?.code == .unknownRevision)
        #expect(branch?.message == "no branch, tag or commit is named 'mian'")
        #expect(branch?.mend == "did you mean main?")
        #expect(refusal { _ = try sandbox.open().snapshot(.revision("relase-1")) }?.mend == "did you mean release-1?")
        #expect(refusal { _ = try sandbox.open().snapshot(.revision("zzzzzz")) }?.mend?.contains("branch --all") == true)
    }

    @Test(arguments: ["", ":/first", "HEAD:inventory", "HEAD^{/first}", "a..b", "@{", "-x", "\u{0}", "../../etc/passwd", "HEAD^{tree}"])
    func `a name that isn't a commit's is refused`(name: String) throws {
        let sandbox = try Sandbox.withInventory()
        #expect(refusal { _ = try sandbox.open().snapshot(.revision(name)) }?.code == .unknownRevision)
    }

    @Test func `a beginning of fewer digits than git takes is refused as too short`() throws {
        let sandbox = try Sandbox.withInventory()
        let id = try sandbox.git("rev-parse", "HEAD")
        let finding = refusal { _ = try sandbox.open().snapshot(.revision(String(id.prefix(3)))) }
        #expect(finding?.code == .unknownRevision)
        #expect(finding?.message.contains("too short") == true && finding?.mend == "write at least 4 digits of it")
    }

    @Test func `a beginning that several objects share is refused`() throws {
        let sandbox = try Sandbox.withInventory()
        // 17 texts: two of their ids begin with the same digit, but git wants four digits, so search for a pair.
        var seen: [String: String] = [:]
        var shared: String?
        for number in 0..<2_000 where shared == nil {
            let id = blobName("text \(number)\n")
            let beginning = String(id.prefix(4))
            if let other = seen.updateValue("text \(number)\n", forKey: beginning) {
                for text in [other, "text \(number)\n"] { try sandbox.git("hash-object", "-w", "--stdin", input: text) }
                shared = beginning
            }
        }
        let name = try #require(shared)
        let finding = refusal { _ = try sandbox.open().snapshot(.revision(name)) }
        #expect(finding?.code == .unknownRevision)
        #expect(finding?.mend == "write more digits of it")
    }

    @Test func `a repository without commits has no revision, yet a working tree and an index`() throws {
        let sandbox = try Sandbox()
        try sandbox.write("inventory/a.yml", "a: 1\n")
        let finding = refusal { _ = try sandbox.open().snapshot(.revision("HEAD")) }
        #expect(finding?.code == .noCommitYet)
        let disk = try sandbox.open().snapshot(.workingTree).snapshot
        #expect(disk.paths == ["inventory/a.yml"])
        #expect(try disk.revision().shortDescription == "working tree, no commit yet")
        #expect(try disk.revision().isDirty)
        let index = try sandbox.open().snapshot(.index)
        #expect(index.findings.map(\.code) == [.inventoryEmpty])
        try sandbox.git("add", ".")
        #expect(try sandbox.open().snapshot(.index).snapshot.paths == ["inventory/a.yml"])
    }
}

private func blobName(_ text: String) -> String { ObjectID(ofFile: Array(text.utf8)).description }
