import Diagnostics
import Foundation
import Testing

@testable import GitRevisions

struct OwnershipTests {
    private func allow(_ path: String, in sandbox: Sandbox) throws {
        try sandbox.git("config", "--global", "--add", "safe.directory", path)
    }

    @Test(.enabled(if: geteuid() == 0, "changing an owner takes root"))
    func `a repository of another user is refused with both users and the mend`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.giveAway(to: 65_534)
        let finding = refusal { _ = try sandbox.open().snapshot(.revision("HEAD")) }
        #expect(finding?.code == .repositoryOwner)
        #expect(finding?.message == "'\(sandbox.repository)' belongs to uid 65534, and this program runs as uid 0")
        #expect(finding?.mend == "if you trust it: git config --global --add safe.directory \(sandbox.repository)")
        // Files on disk are read without opening the repository.
        let snapshot = try sandbox.open().snapshot(.workingTree).snapshot
        #expect(snapshot.files.count == 3)
        #expect(refusal { _ = try snapshot.revision() }?.code == .repositoryOwner)
        try allow(sandbox.repository, in: sandbox)
        #expect(try !snapshot.revision().isDirty)
    }

    @Test func `the user's own configuration decides, and its last word counts`() throws {
        let sandbox = try Sandbox.withInventory()
        let stranger = sandbox.trust(user: geteuid() + 1)
        func isAllowed() throws -> Bool {
            do throws(RevisionError) {
                _ = try InventoryRepository(at: sandbox.repository, trust: stranger).snapshot(.revision("HEAD"))
                return true
            } catch {
                #expect(error.diagnostic.code == .repositoryOwner)
                return false
            }
        }
        #expect(try !isAllowed())
        try sandbox.git("config", "safe.directory", "*")
        #expect(try !isAllowed(), "the repository's own configuration doesn't count")
        try allow(sandbox.path, in: sandbox)
        #expect(try !isAllowed(), "a directory above doesn't count")
        try allow(sandbox.repository + "/", in: sandbox)
        #expect(try isAllowed())
        try allow("", in: sandbox)
        #expect(try !isAllowed(), "an empty value takes back what stood before")
        try allow("~/repo", in: sandbox)
        #expect(try isAllowed())
        try allow("", in: sandbox)
        try allow("*", in: sandbox)
        #expect(try isAllowed())
    }

    @Test(.enabled(if: geteuid() == 0, "changing an owner takes root"))
    func `root may open the repository of the user who called sudo`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.giveAway(to: 65_534)
        var trust = sandbox.trust()
        trust.sudoUser = 65_534
        #expect(try InventoryRepository(at: sandbox.repository, trust: trust).snapshot(.revision("HEAD")).snapshot.files.count == 3)
        trust.sudoUser = 65_533
        #expect(
            refusal { _ = try InventoryRepository(at: sandbox.repository, trust: trust).snapshot(.revision("HEAD")) }?.code
                == .repositoryOwner)
    }
}
