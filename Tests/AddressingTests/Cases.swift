import Testing

@testable import Addressing

/// A text that is read, what it is printed as, and why it stands in the table.
struct GoodText: Sendable, CustomTestStringConvertible {
    var text: String
    var printed: String
    var reason: String

    init(_ text: String, _ printed: String, _ reason: String) {
        (self.text, self.printed, self.reason) = (text, printed, reason)
    }

    var testDescription: String { "\(text): \(reason)" }
}

/// A text that is refused, the rule its error names, and what the error says to write instead.
struct BadText: Sendable, CustomTestStringConvertible {
    var text: String
    var rule: String
    var correction: String?

    init(_ text: String, _ rule: String, write correction: String? = nil) {
        (self.text, self.rule, self.correction) = (text, rule, correction)
    }

    var testDescription: String { "\(text.debugDescription): \(rule)" }

    /// Expects that reading the text fails with just this rule.
    func expectRefusal<T>(
        as kind: AddressingError.Kind, sourceLocation: SourceLocation = #_sourceLocation, _ read: (String) throws(AddressingError) -> T
    ) {
        do throws(AddressingError) {
            let value = try read(text)
            Issue.record("\(text.debugDescription) was read as \(value)", sourceLocation: sourceLocation)
        } catch {
            #expect(error.rule == rule, sourceLocation: sourceLocation)
            #expect(error.correction == correction, sourceLocation: sourceLocation)
            #expect(error.kind == kind, sourceLocation: sourceLocation)
            #expect(error.text == text, sourceLocation: sourceLocation)
        }
    }
}
