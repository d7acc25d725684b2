import Diagnostics
import Foundation
import GitRevisions
import Testing

struct FindingTests {
    private let all = [RevisionSelector.workingTree, .index, .revision("HEAD")]

    @Test func `symbolic links are refused and never followed`() throws {
        let sandbox = try Sandbox.withInventory()
        try Data("secret: 1\n".utf8).write(to: URL(fileURLWithPath: sandbox.path + "/secret.yml"))
        try sandbox.link("sites/dvntm/secret.yml", to: sandbox.path + "/secret.yml")
        try sandbox.link("sites/other", to: "dvntm")
        try sandbox.link("inventory/.lock", to: "nowhere")
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "links")
        for selector in all {
            let (snapshot, findings) = try sandbox.open().snapshot(selector)
            #expect(snapshot.paths.allSatisfy { !$0.contains("secret") && !$0.contains("other") })
            #expect(findings.map(\.code) == [.inventorySymlink, .inventorySymlink], "\(selector)")
            #expect(findings.map(\.site) == ["dvntm", nil], "\(selector)")
        }
    }

    @Test func `a link that replaces a file or directory after listing isn't followed`() throws {
        let sandbox = try Sandbox.withInventory()
        let snapshot = try sandbox.open().snapshot(.workingTree).snapshot
        try Data("secret: 1\n".utf8).write(to: URL(fileURLWithPath: sandbox.path + "/hv01.yml"))
        try sandbox.remove("inventory/hosts")
        try sandbox.link("inventory/hosts", to: sandbox.path)
        try sandbox.remove("sites/dvntm/site.yml")
        try sandbox.link("sites/dvntm/site.yml", to: sandbox.path + "/hv01.yml")
        for index: UInt32 in [1, 2] {
            #expect(refusal { _ = try snapshot.bytes(of: FileID(rawValue: index)) }?.code == .inventorySymlink)
        }
        #expect(snapshot.line(1, of: FileID(rawValue: 1)) == nil)
    }

    @Test func `inventory or sites as a link is refused`() throws {
        let sandbox = try Sandbox()
        try sandbox.write("real/a.yml", "a: 1\n")
        try sandbox.write("inventory/a.yml", "a: 1\n")
        try sandbox.link("sites", to: "real")
        let (snapshot, findings) = try sandbox.open().snapshot(.workingTree)
        #expect(snapshot.paths == ["inventory/a.yml"])
        #expect(findings.map(\.code) == [.inventorySymlink])
    }

    @Test func `a submodule is refused`() throws {
        let sandbox = try Sandbox.withInventory()
        let head = try sandbox.git("rev-parse", "HEAD")
        try sandbox.git("update-index", "--add", "--cacheinfo", "160000,\(head),sites/dvntm/sub")
        try sandbox.git("commit", "-qm", "submodule")
        for selector in [RevisionSelector.index, .revision("HEAD")] {
            let findings = try sandbox.open().snapshot(selector).findings
            #expect(findings.map(\.code) == [.inventorySubmodule], "\(selector)")
            #expect(findings.first?.site == "dvntm")
        }
        try sandbox.git("init", "-q", "sites/dvntm/sub")
        #expect(try sandbox.open().snapshot(.workingTree).findings.map(\.code) == [.inventorySubmodule])
    }

    @Test func `only yml files are read, and others are named`() throws {
        let sandbox = try Sandbox.withInventory()
        for file in [
            "inventory/a.yaml", "inventory/b.YML", "sites/dvntm/c.txt", "inventory/README.md", "inventory/.hidden.yml",
            "inventory/.d/e.yml",
        ] {
            try sandbox.write(file, "x\n")
        }
        try sandbox.git("add", "-f", ".")
        try sandbox.git("commit", "-qm", "others")
        for selector in all {
            let (snapshot, findings) = try sandbox.open().snapshot(selector)
            #expect(snapshot.paths == ["inventory/deevnet.yml", "inventory/hosts/hv01.yml", "sites/dvntm/site.yml"], "\(selector)")
            #expect(findings.map(\.code) == [.unexpectedFile, .unexpectedFile, .unexpectedFile], "\(selector)")
            #expect(findings.allSatisfy { $0.severity == .warning })
            #expect(findings.first?.mend == "rename it: git mv inventory/a.yaml inventory/a.yml")
        }
    }

    @Test func `a mend can be pasted even when a path was made to be harmful`() throws {
        let sandbox = try Sandbox()
        try sandbox.write("inventory/$(touch pwned)'.yaml", "x\n")
        try sandbox.write("inventory/a.yml", "x\n")
        let mend = try #require(try sandbox.open().snapshot(.workingTree).findings.first?.mend)
        #expect(mend == #"rename it: git mv 'inventory/$(touch pwned)'\''.yaml' 'inventory/$(touch pwned)'\''.yml'"#)
    }

    @Test func `a file beyond the limit is refused before it is read`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write("sites/dvntm/huge.yml", [UInt8](repeating: UInt8(ascii: "#"), count: 5_001))
        try sandbox.write("sites/dvntm/fits.yml", [UInt8](repeating: UInt8(ascii: "#"), count: 5_000))
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "huge")
        var limits = SnapshotLimits()
        limits.fileBytes = 5_000
        for selector in all {
            var (snapshot, findings) = try sandbox.open(limits: limits).snapshot(selector)
            if selector == .workingTree { findings.append(try #require(refusal { _ = try snapshot.text("sites/dvntm/huge.yml") })) }
            #expect(findings.map(\.code) == [.yamlFileTooLarge], "\(selector)")
            #expect(findings.first?.message == "'sites/dvntm/huge.yml' has 5001 bytes; at most 5000 are read")
            #expect(try snapshot.text("sites/dvntm/fits.yml")?.utf8.count == 5_000)
        }
        let snapshot = try sandbox.open(limits: limits).snapshot(.workingTree).snapshot
        try sandbox.write("sites/dvntm/fits.yml", [UInt8](repeating: UInt8(ascii: "#"), count: 5_001))
        #expect(refusal { _ = try snapshot.text("sites/dvntm/fits.yml") }?.code == .yamlFileTooLarge)
    }

    @Test func `a binary file is refused when it is read, with the line`() throws {
        let sandbox = try Sandbox()
        try sandbox.write("inventory/a.yml", Array("one\ntwo\n".utf8) + [0, 1, 2])
        try sandbox.git("add", ".")
        for selector in [RevisionSelector.workingTree, .index] {
            let snapshot = try sandbox.open().snapshot(selector).snapshot
            let finding = refusal { _ = try snapshot.bytes(of: FileID(rawValue: 0)) }
            #expect(finding?.code == .inventoryNotText)
            #expect(finding?.span == SourceSpan(file: FileID(rawValue: 0), line: 3, column: 1))
        }
    }

    @Test func `too many files and too deep directories are refused`() throws {
        let sandbox = try Sandbox()
        for number in 0..<20 { try sandbox.write("inventory/a/\(number).yml", "x\n") }
        try sandbox.write("inventory/2/3/4/5/6/7/8/in.yml", "x\n")
        try sandbox.write("inventory/2/3/4/5/6/7/8/9/out.yml", "x\n")
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "many")
        var limits = SnapshotLimits()
        for selector in all {
            let (snapshot, findings) = try sandbox.open(limits: limits).snapshot(selector)
            #expect(snapshot.files.count == 21, "\(selector)")
            #expect(findings.map(\.message) == ["the directory 'inventory/2/3/4/5/6/7/8/9' is nested deeper than 8 levels and isn't read"])
        }
        limits.entries = 20
        for selector in all {
            let findings = try sandbox.open(limits: limits).snapshot(selector).findings
            #expect(findings.contains { $0.code == .tooManyFiles && $0.message.contains("more than 20 files") }, "\(selector)")
        }
    }

    @Test func `names that differ only by case or accents are refused`() throws {
        let sandbox = try Sandbox()
        for file in ["inventory/hosts/a.yml", "inventory/Hosts/b.yml", "inventory/\u{E9}.yml", "inventory/e\u{301}.yml"] {
            try sandbox.write(file, "x\n")
        }
        try sandbox.git("-c", "core.precomposeunicode=false", "add", ".")
        try sandbox.git("commit", "-qm", "twins")
        for selector in all {
            let (snapshot, findings) = try sandbox.open().snapshot(selector)
            #expect(snapshot.files.count == 4)
            #expect(findings.map(\.code) == [.inventoryPath, .inventoryPath], "\(selector)")
            #expect(findings.contains { $0.message.contains("'Hosts' and 'hosts' in 'inventory'") })
        }
    }

    @Test func `an inventory without a yml file is an error`() throws {
        let sandbox = try Sandbox()
        #expect(try sandbox.open().snapshot(.workingTree).findings.map(\.code) == [.inventoryEmpty])
        try sandbox.write("inventory/README.md", "x\n")
        try sandbox.write("other.yml", "x\n")
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "none")
        for selector in all {
            let (snapshot, findings) = try sandbox.open().snapshot(selector)
            #expect(snapshot.files.isEmpty)
            #expect(findings.map(\.code) == [.inventoryEmpty], "\(selector)")
            #expect(findings.first?.severity == .error)
        }
    }

    @Test func `a pipe in the inventory is named and not opened`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.makePipe("sites/dvntm/pipe.yml")
        #expect(try sandbox.open().snapshot(.workingTree).findings.map(\.code) == [.fileUnreadable])
        let snapshot = try sandbox.open().snapshot(.workingTree).snapshot
        try sandbox.remove("sites/dvntm/site.yml")
        #expect(refusal { _ = try snapshot.text("sites/dvntm/site.yml") }?.code == .fileUnreadable)
        try sandbox.makePipe("sites/dvntm/site.yml")
        #expect(
            refusal { _ = try snapshot.text("sites/dvntm/site.yml") }?.message
                == "'sites/dvntm/site.yml' can't be read: it is no regular file")
    }

    @Test func `a conflict in the index is named once for each file`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.git("switch", "-qc", "other")
        try sandbox.write("sites/dvntm/site.yml", "theirs\n")
        try sandbox.git("commit", "-qam", "theirs")
        try sandbox.git("switch", "-q", "main")
        try sandbox.write("sites/dvntm/site.yml", "ours\n")
        try sandbox.git("commit", "-qam", "ours")
        try sandbox.git(["merge", "-q", "other"], mayFail: true)
        let (snapshot, findings) = try sandbox.open().snapshot(.index)
        #expect(snapshot.paths == ["inventory/deevnet.yml", "inventory/hosts/hv01.yml"])
        #expect(findings.map(\.code) == [.indexConflict])
        #expect(findings.first?.severity == .error)
        #expect(findings.first?.site == "dvntm")
        #expect(try snapshot.revision().isDirty)
        #expect(try sandbox.open().snapshot(.workingTree).snapshot.revision().isDirty)
    }

    @Test func `a file that is only announced to git isn't in the index, and is named`() throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write("sites/dvntm/new.yml", "x\n")
        try sandbox.git("add", "-N", "sites/dvntm/new.yml")
        let (snapshot, findings) = try sandbox.open().snapshot(.index)
        #expect(!snapshot.paths.contains("sites/dvntm/new.yml"))
        #expect(findings.map(\.code) == [.indexConflict])
        #expect(findings.first?.severity == .warning)
        #expect(findings.first?.mend == "git add sites/dvntm/new.yml")
    }

    @Test func `findings beyond the limit are counted, and keep the gravest severity`() throws {
        let sandbox = try Sandbox.withInventory()
        for number in 0..<8 { try sandbox.write("inventory/\(number).txt", "x\n") }
        try sandbox.link("sites/z.yml", to: "x")
        var limits = SnapshotLimits()
        limits.findings = 5
        let findings = try sandbox.open(limits: limits).snapshot(.workingTree).findings
        #expect(findings.count == 6)
        #expect(findings.last?.message == "4 further findings about the inventory's files are left out")
        #expect(findings.last?.severity == .error)
        #expect(findings.last?.code == .inventorySymlink)
    }
}
