import GitRevisions
import Testing
import YAMLSyntax

@Suite struct LimitTests {
    @Test func `a file may be as large for git as for the parser, and the parser's limit is the one that is documented`() {
        #expect(SnapshotLimits().fileBytes == YAMLLimits.standard.fileBytes)
        #expect(YAMLLimits.standard.fileBytes == 64 << 20)
    }
}
