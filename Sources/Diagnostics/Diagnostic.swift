/// One finding about an inventory, a plan or a target: what is wrong, where, why, and how to mend it.
///
/// The terminal, JSON and every later format print this same value.
public struct Diagnostic: Hashable, Sendable {
    /// How much a finding stops.
    public enum Severity: String, Sendable, Comparable, CaseIterable {
        /// Stops the sites that the finding names.
        case error
        /// Stops nothing; worth mending.
        case warning
        /// Something to know.
        case note

        /// Orders the gravest first.
        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
        private var rank: Int { self == .error ? 0 : self == .warning ? 1 : 2 }
    }

    /// A further place that belongs to the finding, such as "first written here".
    public struct Note: Hashable, Sendable {
        /// What stands there.
        public var message: String
        /// Where; nil for a remark without a place.
        public var span: SourceSpan?

        /// Makes a note.
        public init(_ message: String, at span: SourceSpan? = nil) {
            self.message = message
            self.span = span
        }
    }

    /// The stable code; it knows the rule's title and explanation.
    public var code: DiagnosticCode
    /// How much it stops.
    public var severity: Severity
    /// One phrase without a full stop that names the thing and quotes what was written.
    public var message: String
    /// Where; nil when the finding has no place in a file.
    public var span: SourceSpan?
    /// Further places.
    public var notes: [Note]
    /// What to type next; nil falls back on the code's own mend.
    public var mend: String?
    /// The site that an error stops; nil stops every site.
    public var site: String?
    /// Why the finding is ignored by choice; nil: it isn't.
    public var waiver: String?
    /// How many findings it stands for: more than one where it says that more aren't told.
    public var count = 1

    /// Makes a finding; the severity is the code's own unless given.
    public init(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan? = nil, notes: [Note] = [], mend: String? = nil, site: String? = nil,
        severity: Severity? = nil
    ) {
        self.code = code
        self.severity = severity ?? code.severity
        self.message = message
        self.span = span
        self.notes = notes
        self.mend = mend
        self.site = site
    }
}

extension Sequence<Diagnostic> {
    /// How many findings there are, those that aren't told one by one included.
    public var total: Int { reduce(0) { $0 + $1.count } }
}

extension Diagnostic: Comparable {
    /// Orders by place, findings without a place first, then by code and text, so that a report never depends on the order of work.
    public static func < (a: Diagnostic, b: Diagnostic) -> Bool {
        switch (a.span, b.span) {
        case (nil, .some): return true
        case (.some, nil): return false
        case (.some(let x), .some(let y)) where x != y: return x < y
        default: return (a.code.rawValue, a.message) < (b.code.rawValue, b.message)
        }
    }
}

/// The findings of one pass, gathered so that all are reported at once.
public struct DiagnosticList: Sendable {
    /// The findings in the order they were made; see ``sorted()``.
    public private(set) var all: [Diagnostic] = []
    /// Whether any finding is an error.
    public private(set) var hasErrors = false

    /// Makes an empty list.
    public init() {}

    /// Adds a finding.
    public mutating func add(_ diagnostic: Diagnostic) {
        all.append(diagnostic)
        if diagnostic.severity == .error { hasErrors = true }
    }

    /// Adds several findings.
    public mutating func add(contentsOf others: [Diagnostic]) {
        for other in others { add(other) }
    }

    /// The findings by place.
    public func sorted() -> [Diagnostic] { all.sorted() }
}
