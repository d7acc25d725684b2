import Addressing
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

    static let ignoredDrift = Shape(
        "ignored drift",
        [
            Key(
                "address", .resource, required: true, "the resource, as a plan's JSON names it",
                example: "dvntm/provisioner-ph01/dnsmasq/reservation/hv01.mgmt"),
            Key("reason", .reason, required: true, "why it stays", example: "\"A replacement card on trial\""),
        ])
}

extension FileDecoder {
    mutating func ignoredDrift(_ node: NodeID) -> IgnoredDrift? {
        guard let fields = fields(node, .ignoredDrift) else { return nil }
        let reason = reason(fields["reason"], "the reason why drift is ignored")
        guard let node = fields["address"], let text = scalar(node, "the address of ignored drift") else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let provider = ProviderName(rawValue: parts[2]), parts[..<2].allSatisfy(Self.isName), isKind(parts[3]),
            isEncoded(parts[4])
        else {
            report(
                .badDriftAddress, "the address of ignored drift is \(quoted(text))", at: node,
                mend: "write SITE/HOST/PROVIDER/KIND/KEY, as `deevnet plan --format json` has it")
            return nil
        }
        return reason.map { IgnoredDrift(address: located(text, node), site: parts[0], host: parts[1], provider: provider, reason: $0) }
    }

    private static func isName(_ text: String) -> Bool { DomainName.labelProblem(text) == nil && text == text.lowercased() }

    private func isKind(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == UInt8(ascii: "_") }
    }

    /// Percent-encoded UTF-8, as addresses are shown.
    private func isEncoded(_ text: String) -> Bool {
        guard text.wholeMatch(of: /(?:[A-Za-z0-9._:\-]|%[0-9A-F]{2})+/) != nil else { return false }
        var bytes: [UInt8] = []
        for (index, part) in text.split(separator: "%", omittingEmptySubsequences: false).enumerated() {
            if index > 0, let byte = UInt8(part.prefix(2), radix: 16) { bytes.append(byte) }
            bytes += part.dropFirst(index > 0 ? 2 : 0).utf8
        }
        return String(validating: bytes, as: UTF8.self) != nil
    }

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
        guard text.value.contains(where: { !$0.isWhitespace }) else {
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
