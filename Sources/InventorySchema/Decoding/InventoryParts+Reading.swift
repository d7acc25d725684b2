import Diagnostics
import YAMLSyntax

extension InventoryParts {
    /// Parses a file and adds its entries. What the parser finds in a site's folder stops that site, not the others.
    mutating func read(_ bytes: [UInt8], _ file: FileID, path: String, with parser: inout YAMLParser) {
        var findings = DiagnosticList()
        let tree = parser.parse(bytes, file: file, into: &findings)
        let site = Self.site(ofPath: path)
        for var finding in findings.all {
            finding.site = site
            diagnostics.add(finding)
        }
        if let tree { decode(tree, path: path) }
    }

    /// The site in whose folder a file lies; nil below `inventory/`.
    static func site(ofPath path: String) -> String? {
        let folders = path.split(separator: "/")
        return folders.count > 2 && folders[0] == "sites" ? String(folders[1]) : nil
    }
}
