import Diagnostics
import Testing

@Suite struct FingerprintTests {
    private static let text = """
        hosts:
          hv01:
            form: hv
            interfaces:
              mgmt: { mac: "02:de:20:01:01:01", vlan: 7 }
          hv02:
            form: hv
            interfaces:
              mgmt: { mac: "02:de:20:01:02:01", vlan: 7 }
        blocks:
          - 10.20.0.0/16
          - 10.20.0.0/16
        """

    /// What could be said about lines of the text, counted from its beginning.
    private func findings(after lines: UInt32 = 0) -> [Diagnostic] {
        let hv01 = SourceSpan.at(5 + lines, 44, 4), hv02 = SourceSpan.at(9 + lines, 44, 4)
        return [
            Diagnostic(.unknownKey, "there is no key 'vlan' here", at: hv01),
            Diagnostic(.unknownKey, "there is no key 'vlan' here", at: hv02),
            Diagnostic(.badMAC, "there is no key 'vlan' here", at: hv01),
            Diagnostic(.unknownKey, "there is no key 'vlan' here", at: hv01, site: "lab"),
            Diagnostic(.unknownKey, "there is no key 'vlna' here", at: hv01),
            Diagnostic(.unknownKey, "there is no key 'vlan' here", at: .at(5 + lines, 14, 3)),
            Diagnostic(.badPrefix, "stands twice", at: .at(11 + lines, 5, 12)),
            Diagnostic(.badPrefix, "stands twice", at: .at(12 + lines, 5, 12)),
            Diagnostic(.inventoryEmpty, "stands twice"),
        ]
    }

    private func fingerprints(_ findings: [Diagnostic], _ text: String = text) -> [String] {
        Fingerprints.of(findings, sources: Texts(text))
    }

    @Test func `two different findings have two fingerprints, also where all that differs is where they stand`() {
        let all = fingerprints(findings())
        #expect(Set(all).count == all.count)
        #expect(all.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{16}/) != nil })
    }

    @Test(arguments: ["# a comment\n", "\n\n", "  # indented\n", "services:\n  www: { host: hv01 }\n"])
    func `lines that come above leave a fingerprint as it is`(_ above: String) {
        let count = UInt32(above.count { $0 == "\n" })
        #expect(fingerprints(findings(after: count), above + Self.text) == fingerprints(findings()))
    }

    @Test func `an entry that comes above leaves it as it is, and so does a change of another value of its own`() {
        let text = Self.text.replacing("  hv01:", with: "  hv00:\n    form: pi\n  hv01:")
        #expect(fingerprints(findings(after: 2), text) == fingerprints(findings()))
        let other = Self.text.replacing("form: hv", with: "form: sw")
        #expect(fingerprints(findings(), other) == fingerprints(findings()))
    }

    @Test func `the same thing said of another file is another finding`() {
        let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let sources = Texts([("a.yml", lines), ("b.yml", lines)])
        let found = [Diagnostic(.yamlSyntax, "broken", at: .at(3, 5)), Diagnostic(.yamlSyntax, "broken", at: .at(3, 5, file: 1))]
        let all = Fingerprints.of(found, sources: sources)
        #expect(all[0] != all[1])
    }

    @Test func `a place that the file doesn't have any more is no trouble`() {
        let found = [Diagnostic(.yamlSyntax, "broken", at: .at(900, 70, 3)), Diagnostic(.yamlSyntax, "broken", at: .at(2, 1, 900))]
        #expect(Set(fingerprints(found)).count == 2)
        #expect(Fingerprints.of(found, sources: nil).count == 2)
    }
}
