public import Diagnostics

/// A finding that is known and accepted for a time: an entry of `ignore`.
public struct Waiver: Sendable {
    /// The site whose findings it is about; nil: those of the whole inventory.
    public var site: String?
    /// The code of the findings.
    public var code: Located<DiagnosticCode>
    /// Why they are accepted.
    public var reason: String
    /// The last day on which they are.
    public var until: Located<CalendarDate>
}
