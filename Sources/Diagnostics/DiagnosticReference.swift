/// The reference page of all codes, `docs/diagnostics.md`.
public enum DiagnosticReference {
    /// What the hundreds of the codes are about.
    private static let topics = [
        "00": "YAML", "01": "Files and revisions", "02": "Schema", "03": "Identity", "04": "Addresses and segments",
        "05": "Names and records",
        "06": "Services and aliases", "07": "Authority", "08": "DHCP and network boot", "09": "Firewall", "10": "Lifecycle and intent",
        "11": "Providers", "12": "Plan and apply", "13": "Ignored by choice",
    ]

    /// The page, made from the catalogue; the file is compared with it by a test.
    public static func markdown() -> String {
        var text = head
        var topic = ""
        for code in DiagnosticCode.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
            let number = String(code.rawValue.dropFirst(3).prefix(2))
            if number != topic {
                topic = number
                text += "\n## \(topics[number] ?? number)\n"
            }
            if let entry = code.entry { text += section(code, entry) }
        }
        return text
    }

    private static func section(_ code: DiagnosticCode, _ entry: DiagnosticCode.Entry) -> String {
        let example = entry.example.split(separator: "\n", omittingEmptySubsequences: false).map { escapedForDisplay(String($0)) }
        return """

            ### \(code.rawValue)

            **\(entry.title)** (\(code.severity.rawValue))

            \(entry.why)

            *Mend:* \(entry.mend)

            ```
            \(example.joined(separator: "\n"))
            ```

            """
    }

    private static let head = """
        # Diagnostics

        Every finding of deevnet has a code that never changes its meaning. `deevnet explain CODE` prints what stands here.

        | severity | what it stops |
        |---|---|
        | error | the sites that it names; every site when it names none |
        | warning | nothing, and it is worth mending |
        | note | nothing: it is something to know |

        Places are `file:line:column`, counted from 1, columns in characters. `--format json` gives the same findings with the keys `code`,
        `severity`, `message`, `file`, `line`, `column`, `length`, `site`, `notes`, `mend`, `title`, `explanation`, `fingerprint` and `waiver`, each
        present in every finding and `null` where there is nothing to say; `--format sarif` (SARIF 2.1.0) and `--format github` (annotations of a pull request)
        are for platforms. A fingerprint tells a finding again when lines above it have come or gone. `waiver` is the reason for which a finding is
        [ignored by choice](reference/inventory.md#ignore); SARIF calls it suppressed.

        This page is made from the program's own catalogue; to change it, change the catalogue in `Sources/Diagnostics/Catalogue` and run the
        tests with `DEEVNET_UPDATE_GOLDENS=1`.

        """
}
