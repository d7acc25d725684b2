import Diagnostics
import YAMLSyntax

extension Shape {
    static let waiver = Shape(
        "waiver",
        [
            Key(
                "code", .choice(DiagnosticCode.allCases.filter { $0.waiverObstacle == nil }.map(\.rawValue)), required: true,
                "the code of a warning or note", example: "DVN0305"),
            Key("reason", .reason, required: true, "why it is accepted", example: "\"The card is ordered\""),
            Key("until", .date, required: true, "the last day on which it is", example: "2027-03-31"),
        ])
}

extension FileDecoder {
    mutating func waiver(_ node: NodeID) -> Waiver? {
        guard let fields = fields(node, .waiver) else { return nil }
        let code = waivableCode(fields["code"])
        let reason = reason(fields["reason"], "the reason of the waiver")
        let until = date(fields["until"], "the end of the waiver")
        guard let code, let reason, let until else { return nil }
        return Waiver(site: site, code: code, reason: reason, until: until)
    }

    private mutating func waivableCode(_ node: NodeID?) -> Located<DiagnosticCode>? {
        guard let node, let text = scalar(node, "the code of the waiver") else { return nil }
        guard let code = DiagnosticCode(rawValue: text) else {
            let nearest = nearestName(to: text, among: DiagnosticCode.allCases.map(\.rawValue))
            report(
                .waiverOfUnknownCode, "no finding has the code \(quoted(text))", at: node,
                mend: nearest.map { "did you mean '\($0)'?" } ?? "copy the code from the finding: DVN and four digits")
            return nil
        }
        if let obstacle = code.waiverObstacle {
            report(
                .notWaivable, "\(code.rawValue) can't be waived: \(obstacle)", at: node,
                mend: "mend what it tells, and remove the waiver")
            return nil
        }
        return located(code, node)
    }

    /// A text for people that says something.
    private mutating func reason(_ node: NodeID?, _ what: @autoclosure () -> String) -> String? {
        guard let node, let text = text(node, what()) else { return nil }
        guard text.value.contains(where: { $0 != " " }) else {
            report(.emptyValue, "\(what()) is empty", at: node, mend: "write why, in one line")
            return nil
        }
        return text.value
    }

    private mutating func date(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<CalendarDate>? {
        guard let node, let text = scalar(node, what()) else { return nil }
        if let date = CalendarDate(text) { return located(date, node) }
        report(.badDate, "\(what()) is \(quoted(text))", at: node, mend: "write a day that there is as YYYY-MM-DD, such as 2027-03-31")
        return nil
    }
}
