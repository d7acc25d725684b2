import Diagnostics
import Testing
import YAMLSyntax

@testable import InventorySchema

@Suite struct FactChangeTests {
    private func facts(_ files: [String: String]) throws -> InventoryFacts {
        var facts = InventoryFacts()
        for (path, text) in files {
            var findings = DiagnosticList()
            var parser = YAMLParser()
            facts.add(try #require(parser.parse(Array(text.utf8), file: FileID(rawValue: 0), into: &findings)), path: path)
        }
        return facts
    }

    private func changes(_ before: String, _ after: String) throws -> [String] {
        let path = "sites/lab/hosts.yml"
        return try facts([path: before]).changes(to: facts([path: after])).map { change in
            let what = change.presence?.rawValue ?? "\(change.before ?? "-") → \(change.after ?? "-")"
            return "\(change.path) \(what)" + (change.span.map { " \($0.line):\($0.column)" } ?? "")
        }
    }

    @Test func `an entry that goes is one fact, however much it says`() throws {
        let rest = "bindings:\n  hv01: { lifecycle: active }\n"
        let entry = "  hv02:\n    workloads: [a, b]\n    interfaces: { mgmt: { segment: management, addresses: [10.1.99.22] } }\n"
        #expect(try changes(rest + entry, rest) == ["sites.lab.bindings.hv02 removed"])
        #expect(try changes(rest, rest + entry) == ["sites.lab.bindings.hv02 added 3:3"])
        #expect(try changes(rest, rest + "  hv02: {}\n") == ["sites.lab.bindings.hv02 added 3:3"])
    }

    @Test func `what goes inside an entry is told by the outermost mapping that is gone`() throws {
        let before = "bindings: { hv01: { interfaces: { mgmt: { segment: a, wol: true }, lan: { segment: b } } } }\n"
        let after = "bindings: { hv01: { interfaces: { mgmt: { segment: a } } } }\n"
        #expect(
            try changes(before, after) == [
                "sites.lab.bindings.hv01.interfaces.lan removed", "sites.lab.bindings.hv01.interfaces.mgmt.wol true → -",
            ])
    }

    @Test func `a key whose last entry goes stands in other files`() throws {
        #expect(try changes("bindings: { hv01: { lifecycle: active } }\n", "services: {}\n") == ["sites.lab.bindings.hv01 removed"])
    }

    @Test func `a mapping in the place of a value is an addition, and the value is gone`() throws {
        #expect(
            try changes("segments: { lan: { dhcp: none } }\n", "segments: { lan: { dhcp: { mode: none } } }\n") == [
                "sites.lab.segments.lan.dhcp none → -", "sites.lab.segments.lan.dhcp added 1:20",
            ])
    }

    @Test func `an entry that moves to another file is no change`() throws {
        let entry = "  hv02: { lifecycle: active }\n"
        let before = try facts(["sites/lab/a.yml": "bindings:\n\(entry)", "sites/lab/b.yml": "bindings:\n  hv01: { lifecycle: active }\n"])
        let after = try facts(["sites/lab/b.yml": "bindings:\n  hv01: { lifecycle: active }\n\(entry)"])
        #expect(before.changes(to: after) == [])
    }
}
