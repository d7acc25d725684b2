import Diagnostics
import Foundation
import Testing

/// What SARIF 2.1.0 requires of a log, read back from what is written.
///
/// The official JSON Schema isn't in any package of Debian's or of Python's that was looked into (sarif-tools, sarif-om, check-jsonschema, go-sarif; the
/// object model of sarif-om is of a draft in which `suppression.status` was `state`). So what the schema requires is checked by hand here: `version` and
/// `runs`, a run's `tool.driver.name`, an id for each rule, a text for each message, a `kind` for each suppression, levels and kinds that are among
/// those allowed, indices into what is there, lines and columns from 1, and relative references under a base that is declared. Not checked: that no
/// other property is written.
@Suite struct SARIFRendererTests {
    private static let found = [
        Diagnostic(.inventoryEmpty, "no \u{1b}[31m place"),
        Diagnostic(
            .reservationInPool, "inside 'the' pool", at: .at(2, 4, 6), notes: [.init("the pool", at: .at(1, 2, 3)), .init("no place")],
            mend: "choose another", site: "lab"),
        Diagnostic(.reservationInPool, "outside", at: .at(1, 1)),
        Diagnostic(.hostUnbound, "stands nowhere", at: .at(1, 1)),
    ]
    private static let texts = Texts([("sites/lab/a b:ü%.yml", ["hosts:", "  ä: {}"])])

    private func run(_ findings: [Diagnostic] = found) throws -> [String: Any] {
        let text = SARIFRenderer.document(findings, sources: Self.texts, programVersion: "0.1.0")
        let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        #expect((log["$schema"] as? String)?.hasSuffix("/sarif-schema-2.1.0.json") == true)
        let runs = try #require(log["runs"] as? [[String: Any]])
        #expect(runs.count == 1)
        return runs[0]
    }

    @Test func `the tool is named, and each rule that was broken is explained once`() throws {
        let tool = try #require(try run()["tool"] as? [String: Any])
        let driver = try #require(tool["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "deevnet")
        #expect(driver["semanticVersion"] as? String == "0.1.0")
        let rules = try #require(driver["rules"] as? [[String: Any]])
        #expect(rules.map { $0["id"] as? String } == ["DVN0110", "DVN0804", "DVN1005"])
        let levels = rules.map { ($0["defaultConfiguration"] as? [String: Any])?["level"] as? String }
        #expect(levels == ["error", "error", "note"])
        let entry = try #require(DiagnosticCode.reservationInPool.entry)
        for (key, part) in [("shortDescription", entry.title), ("fullDescription", entry.why), ("help", entry.mend)] {
            let text = (rules[1][key] as? [String: Any])?["text"] as? String
            #expect(text?.contains(part) == true, "\(key)")
        }
        #expect(((rules[1]["help"] as? [String: Any])?["markdown"] as? String)?.contains(entry.example) == true)
    }

    @Test func `a result names its rule by id and index, its level, and says what is wrong`() throws {
        let run = try run()
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.count == Self.found.count)
        for (result, diagnostic) in zip(results, Self.found) {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(result["ruleId"] as? String == diagnostic.code.rawValue)
            #expect(rules[index]["id"] as? String == diagnostic.code.rawValue)
            #expect(result["level"] as? String == diagnostic.severity.rawValue)
            let message = try #require((result["message"] as? [String: Any])?["text"] as? String)
            #expect(message.hasPrefix(diagnostic.message) && message.contains("\nMend: "))
        }
    }

    @Test func `what is waived is suppressed, with the reason, and nothing else is`() throws {
        var waived = Self.found[3]
        waived.waiver = "known"
        let results = try #require(try run([waived, Self.found[2]])["results"] as? [[String: Any]])
        let suppressions = try #require(results[0]["suppressions"] as? [[String: String]])
        #expect(suppressions == [["kind": "external", "status": "accepted", "justification": "known"]])
        #expect(results[1]["suppressions"] == nil)
    }

    @Test func `a place is a relative reference with a region, and a finding without one has no location`() throws {
        let run = try run()
        #expect(run["columnKind"] as? String == "unicodeCodePoints")
        let results = try #require(run["results"] as? [[String: Any]])
        #expect((results[0]["locations"] as? [Any])?.isEmpty == true)
        let locations = try #require(results[1]["locations"] as? [[String: Any]])
        let place = try #require(locations[0]["physicalLocation"] as? [String: Any])
        let artifact = try #require(place["artifactLocation"] as? [String: String])
        #expect(artifact == ["uri": "sites/lab/a%20b%3A%C3%BC%25.yml", "uriBaseId": "ROOT"])
        #expect((run["originalUriBaseIds"] as? [String: Any])?["ROOT"] != nil)
        #expect(URL(string: artifact["uri"] ?? "")?.scheme == nil)
        #expect(place["region"] as? [String: Int] == ["startLine": 2, "startColumn": 4, "endColumn": 10])
        let related = try #require(results[1]["relatedLocations"] as? [[String: Any]])
        #expect(related.map { ($0["message"] as? [String: Any])?["text"] as? String } == ["the pool", "no place"])
        #expect(related[0]["physicalLocation"] != nil && related[1]["physicalLocation"] == nil)
    }

    @Test func `each result has the fingerprint that JSON has`() throws {
        let results = try #require(try run()["results"] as? [[String: Any]])
        let written = results.compactMap { ($0["partialFingerprints"] as? [String: String])?[Fingerprints.name] }
        #expect(written == Fingerprints.of(Self.found, sources: Self.texts))
        let json = JSONRenderer.document(Self.found, sources: Self.texts)
        for fingerprint in written { #expect(json.contains(#""fingerprint": "\#(fingerprint)""#)) }
    }

    @Test func `nothing found is a run with no result`() throws {
        let run = try run([])
        #expect((run["results"] as? [Any])?.isEmpty == true)
        #expect(run["tool"] != nil)
    }
}
