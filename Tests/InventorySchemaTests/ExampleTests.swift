import Diagnostics
import InventorySchema
import Testing

@Suite struct ExampleTests {
    private static let codes = DiagnosticCode.allCases.filter { ("DVN0200"..<"DVN1100").contains($0.rawValue) }

    @Test(arguments: codes)
    func `the example of a rule about the inventory is YAML`(_ code: DiagnosticCode) throws {
        let example = try #require(code.entry?.example)
        if example.hasPrefix("deevnet ") { return }
        let found = InventoryLoader.load(files: [("sites/lab/example.yml", Array(example.utf8))]).diagnostics.all
        #expect(!found.contains { $0.code.rawValue < "DVN0200" }, "\(example)\n\(found)")
    }
}
