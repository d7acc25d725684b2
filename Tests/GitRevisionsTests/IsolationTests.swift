import Diagnostics
import Foundation
import GitRevisions
import Testing

/// Nothing in a repository acts: no filter, attribute, hook or configuration.
struct IsolationTests {
    @Test func `attributes, filters and line-end settings change no byte and run nothing`() throws {
        let sandbox = try Sandbox()
        let marker = sandbox.path + "/ran"
        try sandbox.write("inventory/a.yml", "a: 1\r\nb: $Id$\n")
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "first")
        try sandbox.write(".gitattributes", "*.yml text eol=crlf ident filter=evil working-tree-encoding=UTF-16\n")
        try sandbox.git("config", "filter.evil.clean", "touch \(marker)")
        try sandbox.git("config", "filter.evil.smudge", "touch \(marker)")
        try sandbox.git("config", "filter.evil.required", "true")
        try sandbox.git("config", "core.autocrlf", "true")
        try sandbox.git("config", "core.fsmonitor", "touch \(marker)")
        try sandbox.git("config", "core.hooksPath", sandbox.path + "/hooks")
        for hook in ["post-checkout", "reference-transaction", "post-index-change"] {
            let file = sandbox.path + "/hooks/" + hook
            try FileManager.default.createDirectory(atPath: sandbox.path + "/hooks", withIntermediateDirectories: true)
            try Data("#!/bin/sh\ntouch \(marker)\n".utf8).write(to: URL(fileURLWithPath: file))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        }
        let repository = try sandbox.open()
        for selector in [RevisionSelector.workingTree, .index, .revision("HEAD")] {
            let snapshot = try repository.snapshot(selector).snapshot
            #expect(try snapshot.text("inventory/a.yml") == "a: 1\r\nb: $Id$\n", "\(selector)")
            #expect(try !snapshot.revision().isDirty, "\(selector)")
        }
        let head = try #require(try repository.snapshot(.revision("HEAD")).snapshot.revision().commit)
        try repository.recordApplied(site: "dvntm", commit: head)
        #expect(!FileManager.default.fileExists(atPath: marker))
        // The same settings make git itself run the program, so the test would notice.
        try sandbox.write("inventory/b.yml", "b\n")
        try sandbox.git(["add", "inventory/b.yml"], mayFail: true)
        #expect(FileManager.default.fileExists(atPath: marker))
    }

    @Test func `core worktree can't move the working tree elsewhere`() throws {
        let sandbox = try Sandbox.withInventory()
        try FileManager.default.createDirectory(atPath: sandbox.path + "/elsewhere/inventory", withIntermediateDirectories: true)
        try Data("x\n".utf8).write(to: URL(fileURLWithPath: sandbox.path + "/elsewhere/inventory/x.yml"))
        try sandbox.git("config", "core.worktree", sandbox.path + "/elsewhere")
        let snapshot = try sandbox.open().snapshot(.workingTree).snapshot
        #expect(snapshot.root == sandbox.repository)
        #expect(snapshot.files.count == 3)
        #expect(try !snapshot.revision().isDirty)
    }

    @Test func `reading leaves the repository as it was`() throws {
        let sandbox = try Sandbox.withInventory()
        func state() throws -> [String] {
            let names = try FileManager.default.subpathsOfDirectory(atPath: sandbox.repository).sorted()
            return try names.map { name in
                let attributes = try FileManager.default.attributesOfItem(atPath: sandbox.repository + "/" + name)
                return "\(name) \(attributes[.modificationDate] ?? "") \(attributes[.size] ?? "")"
            }
        }
        let before = try state()
        for selector in [RevisionSelector.workingTree, .index, .revision("HEAD")] {
            let snapshot = try sandbox.open().snapshot(selector).snapshot
            _ = try snapshot.revision()
            _ = snapshot.blobIDs()
        }
        #expect(try state() == before)
    }
}
