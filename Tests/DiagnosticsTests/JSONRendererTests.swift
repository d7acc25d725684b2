import Diagnostics
import Foundation
import Testing

@Suite struct JSONRendererTests {
    @Test func `a document has the counts and each finding with all its keys`() throws {
        let found = [
            Diagnostic(
                .reservationInPool, "inside 'the' pool", at: .at(3, 47, 11),
                notes: [.init("the pool", at: .at(1, 2, 3)), .init("no place")],
                mend: "choose another", site: "lab"),
            Diagnostic(.hostUnbound, "stands nowhere"),
        ]
        let reservation = try #require(DiagnosticCode.reservationInPool.entry), unbound = try #require(DiagnosticCode.hostUnbound.entry)
        let fingerprints = Fingerprints.of(found, sources: Texts("a: b"))
        #expect(
            JSONRenderer.document(found, sources: Texts("a: b")) == """
                {
                  "format_version": "1.2",
                  "valid": false,
                  "error_count": 1,
                  "warning_count": 0,
                  "note_count": 1,
                  "waived_count": 0,
                  "diagnostics": [
                    {
                      "code": "DVN0804",
                      "severity": "error",
                      "message": "inside 'the' pool",
                      "file": "sites/lab/hosts.yml",
                      "line": 3,
                      "column": 47,
                      "length": 11,
                      "site": "lab",
                      "notes": [
                        {
                          "message": "the pool",
                          "file": "sites/lab/hosts.yml",
                          "line": 1,
                          "column": 2,
                          "length": 3
                        },
                        {
                          "message": "no place",
                          "file": null,
                          "line": null,
                          "column": null,
                          "length": null
                        }
                      ],
                      "mend": "choose another",
                      "title": "\(reservation.title)",
                      "explanation": "docs/diagnostics.md#dvn0804",
                      "fingerprint": "\(fingerprints[0])",
                      "waiver": null
                    },
                    {
                      "code": "DVN1005",
                      "severity": "note",
                      "message": "stands nowhere",
                      "file": null,
                      "line": null,
                      "column": null,
                      "length": null,
                      "site": null,
                      "notes": [],
                      "mend": "\(unbound.mend)",
                      "title": "\(unbound.title)",
                      "explanation": "docs/diagnostics.md#dvn1005",
                      "fingerprint": "\(fingerprints[1])",
                      "waiver": null
                    }
                  ]
                }

                """)
    }

    @Test func `nothing found is a valid document`() throws {
        let text = JSONRenderer.document([], sources: nil)
        let read = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(read["valid"] as? Bool == true)
        #expect((read["diagnostics"] as? [Any])?.isEmpty == true)
    }
}
