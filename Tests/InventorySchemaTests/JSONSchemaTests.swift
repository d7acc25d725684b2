import Diagnostics
import Foundation
import InventorySchema
import TestSupport
import Testing
import YAMLSyntax

/// The JSON Schemas are what the decoder does, said in another language.
@Suite struct JSONSchemaTests {
    @Test(arguments: DocumentKind.allCases)
    func `the schemas on disk are those of the declarations`(_ kind: DocumentKind) {
        expectGolden(JSONSchema(kind).text, at: "../../schemas/\(kind.rawValue).json")
    }

    @Test(.enabled(if: SchemaJudge.absence == nil, "\(SchemaJudge.absence ?? "")"))
    func `the schemas are schemas, and their examples are right`() async throws {
        #expect(try await SchemaJudge.complaints() == "")
    }

    /// The samples, and what `init` writes.
    private static func documents() throws -> [(path: String, text: String)] {
        let project = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        var files = Starter(organization: "acme", domain: "acme.example", site: "lab").files
        for folder in ["inventory", "sites"] {
            for name in try FileManager.default.subpathsOfDirectory(atPath: "\(project)/\(folder)") where name.hasSuffix(".yml") {
                files.append(("\(folder)/\(name)", try String(contentsOfFile: "\(project)/\(folder)/\(name)", encoding: .utf8)))
            }
        }
        return files.filter { $0.path.hasSuffix(".yml") }
    }

    @Test func `the samples and what init writes name their schema to editors`() throws {
        let documents = try Self.documents()
        #expect(documents.count > 20)
        for (path, text) in documents {
            let up = String(repeating: "../", count: path.count { $0 == "/" })
            let kind: DocumentKind = path.hasPrefix("sites/") ? .site : .inventory
            let line = "# yaml-language-server: $schema=\(up)schemas/\(kind.rawValue).json"
            #expect(text.split(separator: "\n").prefix { $0.hasPrefix("#") }.contains { $0 == line }, "\(path)")
        }
    }

    @Test(.enabled(if: SchemaJudge.absence == nil, "\(SchemaJudge.absence ?? "")"))
    func `the samples and what init writes are right by the schemas`() async throws {
        let documents = try Self.documents()
        let verdicts = try await SchemaJudge.verdicts(
            documents.map { path, text in
                var found = DiagnosticList()
                let tree = YAMLParser.parse(Array(text.utf8), file: FileID(rawValue: 0), into: &found)
                var json = JSONWriter(isPretty: false)
                if let tree, let root = tree.root { json.value(root, of: tree) } else { json.null() }
                return (path.hasPrefix("sites/") ? .site : .inventory, json.text)
            })
        #expect(documents.count > 20)
        #expect(verdicts.count == documents.count)
        #expect(zip(documents, verdicts).filter { !$0.1 }.map(\.0.path) == [])
    }

    @Test(.enabled(if: SchemaJudge.absence == nil, "\(SchemaJudge.absence ?? "")"))
    func `schema and decoder give the same verdict on generated documents`() async throws {
        var cases: [GeneratedCase] = []
        for seed in UInt64(1)...15_000 {
            let made = GeneratedCase(seed: seed)
            if made.isComparable { cases.append(made) }
        }
        let verdicts = try await SchemaJudge.verdicts(cases.map { ($0.kind, $0.json) })
        try #require(verdicts.count == cases.count)
        var disagreements = 0
        for (made, isRight) in zip(cases, verdicts) where isRight != made.refusals.isEmpty {
            disagreements += 1
            if disagreements <= 10 {
                Issue.record("seed \(made.seed), \(made.kind): the schema says \(isRight), the decoder \(made.refusals)\n\(made.yaml)")
            }
        }
        #expect(disagreements == 0)
        // What makes the agreement worth something: enough of both verdicts, and enough of the decoder's rules.
        #expect(cases.count >= 10_000)
        #expect(cases.count { $0.refusals.isEmpty } >= 3000)
        #expect(cases.count { !$0.refusals.isEmpty } >= 3000)
        let seen = Set(cases.flatMap(\.refusals))
        #expect(Set(GeneratedCase.told).subtracting(seen).isEmpty)
    }

    /// What makes the test above worth something: schemas that say a little too much or too little are found out by fewer documents.
    @Test(.enabled(if: SchemaJudge.absence == nil, "\(SchemaJudge.absence ?? "")"))
    func `a damaged schema is found out`() async throws {
        let cases = (UInt64(1)...2000).map { GeneratedCase(seed: $0) }.filter(\.isComparable)
        let damages = [
            ("\"additionalProperties\": false", "\"additionalProperties\": true"), ("\"required\"", "\"desired\""),
            ("{0,61}[a-z0-9]", "{0,61}[a-z0-9_]"), ("\"minimum\"", "\"least\""), ("\"null\"", "\"array\""),
        ]
        for damage in damages {
            let verdicts = try await SchemaJudge.verdicts(cases.map { ($0.kind, $0.json) }, damage: damage)
            #expect(zip(cases, verdicts).contains { $1 != $0.refusals.isEmpty }, "\(damage)")
        }
    }
}
