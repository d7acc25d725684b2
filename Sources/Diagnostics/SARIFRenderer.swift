/// Findings as SARIF 2.1.0 (OASIS, 27 March 2020), for platforms that follow findings over time.
///
/// One run: the rules that were broken, each with what the catalogue says about it, and a result for each finding. Paths are relative to the
/// inventory's root, which is called `ROOT`; columns count Unicode scalars.
public enum SARIFRenderer {
    private static let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

    /// The log of one run of the program of a version.
    public static func document(_ diagnostics: [Diagnostic], sources: (any SourceTexts)?, programVersion: String) -> String {
        let rules = Set(diagnostics.map(\.code)).sorted { $0.rawValue < $1.rawValue }
        let indices = Dictionary(uniqueKeysWithValues: zip(rules, rules.indices))
        let fingerprints = Fingerprints.of(diagnostics, sources: sources)
        var json = JSONWriter()
        json.object { json in
            json.member("$schema", schema)
            json.member("version", "2.1.0")
            json.array("runs") { json in
                json.object { json in
                    json.object("tool") { json in
                        json.object("driver") { json in
                            json.member("name", "deevnet")
                            json.member("semanticVersion", programVersion)
                            json.array("rules") { json in for rule in rules { write(rule, &json) } }
                        }
                    }
                    json.member("columnKind", "unicodeCodePoints")
                    json.object("originalUriBaseIds") { json in
                        json.object("ROOT") { json in
                            json.object("description") { json in json.member("text", "the folder that has inventory/ and sites/") }
                        }
                    }
                    json.array("results") { json in
                        for (diagnostic, fingerprint) in zip(diagnostics, fingerprints) {
                            write(diagnostic, ruleIndex: indices[diagnostic.code], fingerprint, sources, &json)
                        }
                    }
                }
            }
        }
        return json.text
    }

    private static func write(_ rule: DiagnosticCode, _ json: inout JSONWriter) {
        json.object { json in
            json.member("id", rule.rawValue)
            json.member("name", "\(rule)")
            json.object("defaultConfiguration") { json in json.member("level", rule.severity.rawValue) }
            guard let entry = rule.entry else { return }
            json.object("shortDescription") { json in json.member("text", entry.title) }
            json.object("fullDescription") { json in json.member("text", entry.why) }
            json.object("help") { json in
                json.member("text", "\(entry.why)\n\nMend: \(entry.mend)\n\nFor example:\n\n\(entry.example)")
                json.member("markdown", "\(entry.why)\n\n*Mend:* \(entry.mend)\n\n```\n\(entry.example)\n```")
            }
        }
    }

    private static func write(
        _ diagnostic: Diagnostic, ruleIndex: Int?, _ fingerprint: String, _ sources: (any SourceTexts)?, _ json: inout JSONWriter
    ) {
        json.object { json in
            json.member("ruleId", diagnostic.code.rawValue)
            json.member("ruleIndex", ruleIndex)
            // The severities are called what the levels are: error, warning, note.
            json.member("level", diagnostic.severity.rawValue)
            let mend = diagnostic.mend ?? diagnostic.code.entry?.mend
            json.object("message") { json in json.member("text", diagnostic.message + (mend.map { "\nMend: \($0)" } ?? "")) }
            json.array("locations") { json in
                if let span = diagnostic.span, let sources { json.object { json in place(span, sources, &json) } }
            }
            json.array("relatedLocations") { json in
                for (index, note) in diagnostic.notes.enumerated() {
                    json.object { json in
                        json.member("id", index)
                        json.object("message") { json in json.member("text", note.message) }
                        if let span = note.span, let sources { place(span, sources, &json) }
                    }
                }
            }
            json.object("partialFingerprints") { json in json.member(Fingerprints.name, fingerprint) }
            if let waiver = diagnostic.waiver {
                json.array("suppressions") { json in
                    json.object { json in
                        json.member("kind", "external")
                        json.member("status", "accepted")
                        json.member("justification", waiver)
                    }
                }
            }
            if let site = diagnostic.site { json.object("properties") { json in json.member("site", site) } }
        }
    }

    private static func place(_ span: SourceSpan, _ sources: any SourceTexts, _ json: inout JSONWriter) {
        json.object("physicalLocation") { json in
            json.object("artifactLocation") { json in
                json.member("uri", relativeReference(sources.path(of: span.file)))
                json.member("uriBaseId", "ROOT")
            }
            json.object("region") { json in
                json.member("startLine", span.line)
                json.member("startColumn", span.column)
                json.member("endColumn", span.column + span.length)
            }
        }
    }

    /// A path as a relative reference (RFC 3986 §4.2): everything but unreserved characters and `/` is percent-encoded.
    private static func relativeReference(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
    }
}
