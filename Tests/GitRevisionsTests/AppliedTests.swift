import Diagnostics
import Foundation
import GitRevisions
import Testing

struct AppliedTests {
    @Test func `an applied commit is recorded as a reference that git shows`() throws {
        let sandbox = try Sandbox.withInventory()
        let repository = try sandbox.open()
        let first = try #require(ObjectID(sandbox.git("rev-parse", "HEAD")))
        #expect(try repository.applied(site: "dvntm") == nil)
        try repository.recordApplied(site: "dvntm", commit: first)
        #expect(try repository.applied(site: "dvntm") == first)
        #expect(try repository.applied(site: "dvnt") == nil)
        #expect(try sandbox.git("rev-parse", "refs/deevnet/applied/dvntm") == first.description)

        try sandbox.write("sites/dvntm/site.yml", "second\n")
        try sandbox.git("commit", "-qam", "second")
        let second = try #require(ObjectID(sandbox.git("rev-parse", "HEAD")))
        try repository.recordApplied(site: "dvntm", commit: second)
        #expect(try repository.applied(site: "dvntm") == second)
        // An older commit is recorded too: that is what a rollback is.
        try repository.recordApplied(site: "dvntm", commit: first)
        #expect(try repository.applied(site: "dvntm") == first)
        #expect(try repository.snapshot(.revision("refs/deevnet/applied/dvntm")).snapshot.revision().commit == first)
    }

    @Test func `what isn't a commit of the repository can't be recorded`() throws {
        let sandbox = try Sandbox.withInventory()
        let repository = try sandbox.open()
        for id in [String(repeating: "12", count: 20), try sandbox.git("rev-parse", "HEAD:inventory")] {
            let id = try #require(ObjectID(id))
            #expect(refusal { try repository.recordApplied(site: "dvntm", commit: id) }?.code == .writeFailed)
        }
        #expect(try repository.applied(site: "dvntm") == nil)
    }

    @Test(arguments: ["", "..", "../../heads/main", "a/b", "A", "a.lock", "-x", "a b", String(repeating: "a", count: 64)])
    func `a site's name that could leave the directory of references is refused`(site: String) throws {
        let sandbox = try Sandbox.withInventory()
        let repository = try sandbox.open()
        let head = try #require(ObjectID(sandbox.git("rev-parse", "HEAD")))
        #expect(refusal { try repository.recordApplied(site: site, commit: head) }?.code == .badName)
        #expect(refusal { _ = try repository.applied(site: site) }?.code == .badName)
    }

    @Test func `a reference that another process holds is named`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write(".git/refs/deevnet/applied/dvntm.lock", "")
        let head = try #require(ObjectID(sandbox.git("rev-parse", "HEAD")))
        let finding = refusal { try sandbox.open().recordApplied(site: "dvntm", commit: head) }
        #expect(finding?.code == .writeFailed)
        #expect(finding?.message.contains("another git process") == true)
    }
}
