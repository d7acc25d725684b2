import Diagnostics
import TestSupport
import Testing

@Suite struct CatalogueTests {
    @Test(arguments: DiagnosticCode.allCases)
    func `every code is explained`(_ code: DiagnosticCode) throws {
        let entry = try #require(code.entry, "\(code) has no entry in the catalogue")
        for text in [entry.title, entry.why, entry.mend, entry.example] {
            #expect(!text.isEmpty && text.first?.isWhitespace == false && text.last?.isWhitespace == false, "\(code): '\(text)'")
        }
        #expect(
            entry.title.count <= 100 && !entry.title.hasSuffix(".") && entry.title.first?.isUppercase != false, "\(code): '\(entry.title)'")
        #expect(entry.why.hasSuffix("."), "\(code): '\(entry.why)'")
        #expect(!entry.mend.contains("\n"), "\(code): '\(entry.mend)'")
    }

    @Test func `no two codes have one title`() {
        let titles = DiagnosticCode.allCases.compactMap(\.entry?.title)
        #expect(Set(titles).count == titles.count)
    }

    @Test func `a code is DVN and four digits, and stands in the order of its number`() {
        let codes = DiagnosticCode.allCases.map(\.rawValue)
        #expect(codes == codes.sorted())
        #expect(codes.allSatisfy { $0.wholeMatch(of: /DVN[0-9]{4}/) != nil })
    }

    @Test func `the reference page is what the catalogue says`() {
        expectGolden(DiagnosticReference.markdown(), at: "../../docs/diagnostics.md")
    }
}
