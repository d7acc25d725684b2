import Diagnostics
import Foundation
import GitRevisions
import InventorySchema
import Testing

/// What is read of files of every size, and what is refused for it.
struct SizeTests {
    private static func text(_ count: Int) -> [UInt8] { (0..<count).map { $0 % 80 == 79 ? UInt8(ascii: "\n") : UInt8(ascii: "#") } }

    @Test(arguments: [0, 1, 4_095, 4_096, 4_097, 65_535, 65_536, 69_632, 200_000])
    func `a file is read whole, whatever its size`(count: Int) throws {
        let sandbox = try Sandbox()
        try sandbox.write("inventory/a.yml", Self.text(count))
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "a file")
        var limits = SnapshotLimits()
        limits.fileBytes = count
        for limits in [SnapshotLimits(), limits] {
            let snapshot = try sandbox.open(limits: limits).snapshot(.workingTree, identifying: true).snapshot
            #expect(try snapshot.bytes(of: FileID(rawValue: 0)) == Self.text(count))
            #expect(try !snapshot.revision().isDirty)
        }
        limits.fileBytes = count - 1
        guard count > 0 else { return }
        let snapshot = try sandbox.open(limits: limits).snapshot(.workingTree).snapshot
        #expect(refusal { _ = try snapshot.text("inventory/a.yml") }?.code == .yamlFileTooLarge)
    }

    @Test func `a pipe in the place of a file is refused, also with something in it`() throws {
        let sandbox = try Sandbox.withInventory()
        let snapshot = try sandbox.open().snapshot(.workingTree).snapshot
        try sandbox.remove("sites/dvntm/site.yml")
        try sandbox.makePipe("sites/dvntm/site.yml")
        let pipe = try #require(FileHandle(forUpdatingAtPath: sandbox.repository + "/sites/dvntm/site.yml"))
        try pipe.write(contentsOf: Data("site:\n  name: dvntm\n".utf8))
        #expect(refusal { _ = try snapshot.text("sites/dvntm/site.yml") }?.message.hasSuffix("it is no regular file") == true)
        try pipe.close()
    }

    @Test func `a file that can't be read makes the state dirty, and nothing else fails for it`() async throws {
        let sandbox = try Sandbox.withInventory()
        try sandbox.write("sites/other/large.yml", Self.text(5_000))
        try sandbox.git("add", ".")
        try sandbox.git("commit", "-qm", "a large file")
        var limits = SnapshotLimits()
        limits.fileBytes = 4_999
        let snapshot = try sandbox.open(limits: limits).snapshot(.workingTree, identifying: true).snapshot
        let found = await InventoryLoader.load(snapshot, workers: 2).diagnostics.all.filter { $0.code == .yamlFileTooLarge }
        #expect(found.map(\.site) == ["other"])
        #expect(try snapshot.revision().isDirty)
        #expect(snapshot.blobIDs().count { $0 == nil } == 1)
    }

    @Test(arguments: [1, 2, 5]) func `of an inventory that is too large only that is told`(workers: Int) async throws {
        let sandbox = try Sandbox.withInventory()
        for number in 0..<40 { try sandbox.write("sites/dvntm/\(number).yml", Self.text(3_000)) }
        var limits = SnapshotLimits()
        limits.totalBytes = 60_000
        let snapshot = try sandbox.open(limits: limits).snapshot(.workingTree, identifying: true).snapshot
        let (inventory, findings) = await InventoryLoader.load(snapshot, workers: workers)
        #expect(findings.all.map(\.code) == [.inventoryTooLarge])
        #expect(findings.all.allSatisfy { $0.site == nil })
        #expect(inventory.sites.isEmpty)
        #expect(try snapshot.revision().isDirty)
        // What a file has that is refused by itself doesn't count.
        limits.fileBytes = 2_999
        let other = try sandbox.open(limits: limits).snapshot(.workingTree).snapshot
        #expect(await !InventoryLoader.load(other, workers: workers).diagnostics.all.contains { $0.code == .inventoryTooLarge })
    }

    @Test func `of very many files that are refused a thousand are told, and the rest is counted`() async throws {
        let sandbox = try Sandbox.withInventory()
        for number in 0..<1_003 { try sandbox.write("sites/dvntm/\(number).yml", Self.text(100)) }
        var limits = SnapshotLimits()
        limits.fileBytes = 99
        let snapshot = try sandbox.open(limits: limits).snapshot(.workingTree).snapshot
        let found = await InventoryLoader.load(snapshot, workers: 1).diagnostics.all.filter { $0.code == .yamlFileTooLarge }
        #expect(found.count == 1_001)
        #expect(found.last?.message == "3 further findings about the inventory's files are left out")
    }
}
