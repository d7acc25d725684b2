public import Diagnostics
public import Testing

/// A mistake in the sample inventory, and what is said about it: the base with a few texts replaced, one of which marks with `«` and `»` the place
/// that the finding must name. Without a mark the finding has no place.
public struct InventoryCase: Sendable, CustomTestStringConvertible {
    /// One replacement.
    public struct Edit: Sendable {
        let old: String
        let new: String
        let path: String?

        /// Replaces a text that stands once in the base, or once in the file `path`.
        public init(_ old: String, _ new: String, in path: String? = nil) {
            self.old = old
            self.new = new
            self.path = path
        }

        /// Adds a text at the end of a file, which need not be there.
        public init(add new: String, to path: String) { self.init("", new, in: path) }
    }

    /// The promise, as a sentence.
    public let testDescription: String
    /// The code that is expected.
    public let code: DiagnosticCode
    let severity: Diagnostic.Severity
    let site: String?
    let also: [DiagnosticCode]
    let mend: String?
    let edits: [Edit]

    /// Makes a case.
    ///
    /// - Parameters:
    ///   - site: the site that the finding names.
    ///   - also: what else is found, and nothing more.
    ///   - mend: a part of the way to mend it.
    public init(
        _ sentence: String, _ code: DiagnosticCode, severity: Diagnostic.Severity = .error, site: String? = "lab",
        also: [DiagnosticCode] = [],
        mend: String? = nil, _ edits: Edit...
    ) {
        testDescription = sentence
        self.code = code
        self.severity = severity
        self.site = site
        self.also = also
        self.mend = mend
        self.edits = edits
    }

    /// Expects the finding: code, severity, site, place to the character, a way to mend it, and nothing else found.
    public func check(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        var inventory = SampleInventory.base
        for edit in edits { try inventory.replace(edit.old, with: edit.new, in: edit.path) }
        let mark = try inventory.takeMark()
        let outcome = await inventory.compiled()
        let comment = Comment(rawValue: outcome.report)
        #expect(outcome.codes.map(\.rawValue).sorted() == ([code] + also).map(\.rawValue).sorted(), comment, sourceLocation: sourceLocation)
        let finding = try #require(outcome.findings.first { $0.code == code }, comment, sourceLocation: sourceLocation)
        #expect(outcome.place(finding.span) == mark, comment, sourceLocation: sourceLocation)
        #expect(finding.severity == severity, comment, sourceLocation: sourceLocation)
        #expect(finding.site == site, comment, sourceLocation: sourceLocation)
        #expect(finding.mend?.isEmpty == false, comment, sourceLocation: sourceLocation)
        if let mend { #expect(finding.mend?.contains(mend) == true, comment, sourceLocation: sourceLocation) }
        #expect(!finding.message.hasSuffix("."), comment, sourceLocation: sourceLocation)
    }
}
