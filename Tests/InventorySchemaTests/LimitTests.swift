import Diagnostics
import GitRevisions
import InventorySchema
import Testing
import YAMLSyntax

@Suite struct LimitTests {
    @Test func `a file may be as large for git as for the parser, and the parser's limit is the one that is documented`() {
        #expect(SnapshotLimits().fileBytes == YAMLLimits.standard.fileBytes)
        #expect(YAMLLimits.standard.fileBytes == 64 << 20)
    }

    @Test(arguments: [100, 101, 50_000]) func `of one file's findings a hundred are told, and the rest is counted`(_ count: Int) {
        let bad = (0..<count).map { "k\($0): 1\n" }.joined()
        let other = ("inventory/b.yml", Array("also: 1\n".utf8))
        let found = InventoryLoader.load(files: [("inventory/a.yml", Array(bad.utf8)), other]).diagnostics
        let rest = found.all.filter { $0.code == .moreFindings }
        #expect(found.all.count { $0.code == .unknownKey } == 101)
        #expect(found.all.filter { [.unknownKey, .moreFindings].contains($0.code) }.total == count + 1)
        #expect(rest.map(\.count) == (count == 100 ? [] : [count - 100]))
        #expect(rest.allSatisfy { $0.severity == .error && $0.span?.line == 101 })
    }
}
