import Diagnostics
import InventorySchema
import YAMLSyntax

/// A generated document with what the decoder says of it.
struct GeneratedCase {
    /// The rules about shape and scalars that a schema can state.
    static let told: [DiagnosticCode] = [
        .unknownKey, .missingKey, .wrongShape, .badBoolean, .badInteger, .unknownValue, .reservedKey, .badText, .badName, .wrongPlace,
        .badDuration, .templateExpression, .emptyValue, .badAddress, .badPrefix, .badRange, .badDomainName, .badVLAN, .badPath, .badPort,
        .schemaVersion, .badMAC, .macNotCanonical, .macMulticast, .interfaceShape, .serviceShape, .firewallPortsWithoutProtocol,
        .badDate, .waiverOfUnknownCode, .notWaivable, .badDriftAddress,
    ]
    /// Findings that take more than one place, or arithmetic, to see.
    private static let untold: [DiagnosticCode] = [.duplicateEntry, .siteNameMismatch, .aliasClaimedTwice, .prefixHasHostBits]

    let seed: UInt64
    let kind: DocumentKind
    let yaml: String
    /// What an editor sees.
    let json: String
    /// The codes of the decoder's errors in the document, without those that a schema can't tell.
    let refusals: [DiagnosticCode]
    /// Whether an editor's values tell how each scalar was written: `012` is the number 12 to it, and the decoder refuses only the one.
    let isComparable: Bool

    init(seed: UInt64) {
        self.seed = seed
        var generator = DocumentGenerator(seed: seed)
        let kind: DocumentKind = seed % 2 == 0 ? .inventory : .site
        let document = generator.document(kind)
        yaml = (seed % 5 == 0 ? document : generator.broken(document, kind)).yaml
        self.kind = kind
        var syntax = DiagnosticList()
        let tree = YAMLParser.parse(Array(yaml.utf8), file: FileID(rawValue: 0), into: &syntax)
        guard let tree, let root = tree.root else {
            (json, refusals, isComparable) = ("null", syntax.all.map(\.code), false)
            return
        }
        var writer = JSONWriter(isPretty: false)
        writer.value(root, of: tree)
        json = writer.text
        isComparable = Self.tellsAll(root, tree)
        let path = kind == .inventory ? "inventory/document.yml" : "sites/lab/document.yml"
        refusals = InventoryLoader.load(files: [(path, Array(yaml.utf8))]).diagnostics.all
            .filter { $0.severity == .error && $0.span != nil && !Self.untold.contains($0.code) }.map(\.code)
    }

    private static func tellsAll(_ node: NodeID, _ tree: YAMLTree) -> Bool {
        switch tree.kind(node) {
        case .scalar: !tree.isPlain(node) || CoreScalar(plain: tree.text(node)).tells(tree.text(node))
        case .sequence: tree.items(of: node).allSatisfy { tellsAll($0, tree) }
        case .mapping: tree.pairs(of: node).allSatisfy { tellsAll($0.value, tree) }
        }
    }
}
