import Addressing
import Diagnostics
import YAMLSyntax

/// Scalars are read by the type the schema expects, from the text as written: `no`, `012` and `12:34:56:12:34:56` are what the key says they are.
extension FileDecoder {
    /// The text of a scalar; collections, nulls and template expressions are reported.
    mutating func scalar(_ node: NodeID, _ what: @autoclosure () -> String) -> String? {
        switch tree.scalar(node) {
        case .text(let text): return text
        case .nothing: report(.emptyValue, "\(what()) is empty", at: node, mend: "write a value, or remove the key")
        case .template:
            report(
                .templateExpression, "\(what()) holds a template expression, and nothing in an inventory is evaluated", at: node,
                mend: "write the value itself")
        case .collection:
            if tree.kind(node) == .mapping, looksLikeTemplate(node) {
                report(
                    .templateExpression, "\(what()) is a template expression, and nothing in an inventory is evaluated", at: node,
                    mend: "write the value itself")
            } else {
                report(.wrongShape, "\(what()) is \(describe(node)) here", at: node, mend: "write a single value")
            }
        }
        return nil
    }

    /// `key: {{ var }}` parses as a mapping whose only key is a mapping.
    private func looksLikeTemplate(_ node: NodeID) -> Bool {
        for (key, _) in tree.pairs(of: node) where tree.kind(key) == .mapping { return true }
        return false
    }

    /// Text for people: no control, bidirectional or invisible characters, at most 200 characters.
    mutating func text(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<String>? {
        guard let node, let text = scalar(node, what()) else { return nil }
        if let problem = displayTextProblem(text) {
            report(.badText, "\(what()) \(problem)", at: node, mend: "write plain text on one line")
            return nil
        }
        return located(text, node)
    }

    /// A DNS label (RFC 1123): the name of a host, segment, service, interface.
    mutating func label(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<String>? {
        guard let node, let text = scalar(node, what()) else { return nil }
        if let problem = DomainName.labelProblem(text) {
            report(.badName, "\(what()) is \(quoted(text)): \(problem)", at: node, mend: "use lowercase letters, digits and hyphens")
            return nil
        }
        if !DomainName.isLowercase(text) {
            report(.badName, "\(what()) is \(quoted(text)), with capital letters", at: node, mend: "write '\(text.lowercased())'")
            return nil
        }
        return located(text, node)
    }

    /// An entry's name that may hold underscores (segments, hardware types, firewall zones are not DNS names).
    mutating func identifier(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<String>? {
        guard let node, let text = scalar(node, what()) else { return nil }
        let allowed = text.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x5f }
        guard allowed, let first = text.utf8.first, first != 0x2d, first != 0x5f, text.utf8.count <= 63 else {
            report(
                .badName, "\(what()) is \(quoted(text))", at: node,
                mend: "use lowercase letters, digits, '-' and '_', starting with a letter or digit, at most 63 characters")
            return nil
        }
        return located(text, node)
    }

    mutating func boolean(_ node: NodeID?, _ what: @autoclosure () -> String, default fallback: Bool) -> Bool {
        guard let node, let text = scalar(node, what()) else { return fallback }
        switch text {
        case "true": return true
        case "false": return false
        default:
            let meant = ["yes": "true", "on": "true", "True": "true", "no": "false", "off": "false", "False": "false"][text]
            report(.badBoolean, "\(what()) is \(quoted(text))", at: node, mend: meant.map { "write '\($0)'" } ?? "write 'true' or 'false'")
            return fallback
        }
    }

    mutating func integer(_ node: NodeID?, _ what: @autoclosure () -> String, in bounds: ClosedRange<Int>) -> Int? {
        guard let node, let text = scalar(node, what()) else { return nil }
        let isCanonical = text == "0" || (text.utf8.first != 0x30 && text.utf8.allSatisfy { (0x30...0x39).contains($0) })
        guard isCanonical, let value = Int(text), bounds.contains(value) else {
            report(
                .badInteger, "\(what()) is \(quoted(text))", at: node,
                mend: "write a whole number from \(bounds.lowerBound) to \(bounds.upperBound), without leading zeros")
            return nil
        }
        return value
    }

    /// A whole number within the bounds that the key is declared with.
    mutating func integer(_ key: String, of fields: borrowing Fields, _ what: @autoclosure () -> String) -> Int? {
        guard case .integer(let bounds) = fields.type(of: key) else { preconditionFailure("'\(key)' isn't declared as an integer") }
        return integer(fields[key], what(), in: bounds)
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ node: NodeID?, _ what: @autoclosure () -> String, _: Choice.Type = Choice.self
    ) -> Choice?
    where Choice.RawValue == String {
        guard let node, let text = scalar(node, what()) else { return nil }
        if let value = Choice(rawValue: text) { return value }
        let known = Choice.allCases.map(\.rawValue)
        let mend = nearestName(to: text, among: known).map { "did you mean '\($0)'?" } ?? "write one of: \(known.joined(separator: ", "))"
        report(.unknownValue, "\(what()) is \(quoted(text))", at: node, mend: mend)
        return nil
    }

    /// Seconds: `30s`, `5m`, `12h`, `7d`; `infinite` is the largest value (RFC 2131 §3.3).
    mutating func duration(_ key: String, of fields: borrowing Fields, _ what: @autoclosure () -> String) -> UInt32? {
        guard case .duration(let allowsInfinite) = fields.type(of: key) else {
            preconditionFailure("'\(key)' isn't declared as a duration")
        }
        guard let node = fields[key], let text = scalar(node, what()) else { return nil }
        if text == "infinite", allowsInfinite { return .max }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let digits = text.dropLast()
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(digits), count > 0, digits.utf8.first != 0x30,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), count <= 10_000_000, count * unit < Int(Int32.max)
        else {
            report(
                .badDuration, "\(what()) is \(quoted(text))", at: node,
                mend: "write a number with its unit: 30s, 5m, 12h, 7d\(allowsInfinite ? ", or infinite" : "")")
            return nil
        }
        return UInt32(count * unit)
    }

    /// A path of `[A-Za-z0-9._/-]` that stays where it starts.
    mutating func path(_ key: String, of fields: borrowing Fields, _ what: @autoclosure () -> String) -> Located<String>? {
        guard case .path(let absolute) = fields.type(of: key) else { preconditionFailure("'\(key)' isn't declared as a path") }
        guard let node = fields[key], let text = scalar(node, what()) else { return nil }
        let allowed = text.utf8.allSatisfy {
            (0x61...0x7a).contains($0) || (0x41...0x5a).contains($0) || (0x2d...0x39).contains($0) || $0 == 0x5f
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst(absolute ? 1 : 0)
        let isWhole = !parts.isEmpty && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        guard allowed, text.hasPrefix("/") == absolute, isWhole, text.utf8.count <= 255 else {
            report(
                .badPath, "\(what()) is \(quoted(text))", at: node,
                mend:
                    "write \(absolute ? "an absolute" : "a relative") path of letters, digits, '.', '_', '-' and '/', without '..' or '//'")
            return nil
        }
        return located(text, node)
    }

    // MARK: Addresses

    mutating func domainName(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<DomainName>? {
        read(node, what(), .badDomainName, "write a name such as dvntm.deevnet.net") { (text) throws(AddressingError) in
            try DomainName(text)
        }
    }

    mutating func address(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<IPAddress>? {
        read(node, what(), .badAddress, "write an address such as 10.20.99.21 or fd00:20:99::21") { (text) throws(AddressingError) in
            try IPAddress(text)
        }
    }

    mutating func prefix(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<Prefix>? {
        guard let node, let text = scalar(node, what()) else { return nil }
        do { return located(try Prefix(text), node) } catch {
            if let whole = try? Prefix.parseLenient(text) {
                report(
                    .prefixHasHostBits, "\(what()) is \(quoted(text)), which names an address inside the prefix", at: node,
                    mend: "write \(whole.prefix)")
            } else {
                report(.badPrefix, "\(what()) is \(quoted(text)): \(error.rule)", at: node, mend: "write a prefix such as 10.20.99.0/24")
            }
            return nil
        }
    }

    mutating func range(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<AddressRange>? {
        read(node, what(), .badRange, "write a range such as 10.20.99.100-10.20.99.200") { (text) throws(AddressingError) in
            try AddressRange(text)
        }
    }

    mutating func vlan(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<VLANID>? {
        guard let node, let text = scalar(node, what()) else { return nil }
        guard let number = Int(text).flatMap({ 1...4094 ~= $0 ? nil : $0 }) ?? integer(node, what(), in: 1...4094) else { return nil }
        do { return located(try VLANID(number), node) } catch {
            report(.badVLAN, "\(what()) is \(number): \(error.rule)", at: node, mend: "write a number from 1 to 4094")
            return nil
        }
    }

    mutating func port(_ node: NodeID, _ what: @autoclosure () -> String) -> Located<TransportPort>? {
        guard let text = scalar(node, what()) else { return nil }
        if Int(text) != nil {
            report(
                .firewallPortsWithoutProtocol, "\(what()) is \(quoted(text)), without its protocol", at: node,
                mend: "write tcp/\(text) or udp/\(text)")
            return nil
        }
        return read(node, what(), .badPort, "write tcp/80 or udp/5000-5010") { (text) throws(AddressingError) in try TransportPort(text) }
    }

    /// `unknown`, or a MAC address in canonical form that belongs to one card.
    mutating func mac(_ node: NodeID?, _ what: @autoclosure () -> String) -> Located<MACFact>? {
        guard let node, let text = scalar(node, what()) else { return nil }
        if text == "unknown" { return located(.unknown, node) }
        let address: MACAddress
        do { address = try MACAddress(text) } catch {
            report(
                .badMAC, "\(what()) is \(quoted(text)): \(error.rule)", at: node,
                mend: "write six pairs such as 02:de:20:01:00:01, or 'unknown'")
            return nil
        }
        if !MACAddress.isCanonicalText(text) {
            report(.macNotCanonical, "\(what()) is \(quoted(text)), not in canonical form", at: node, mend: "write \(address)")
        } else if address.isMulticast || address.bits == 0 {
            report(
                .macMulticast, "\(what()) is \(address), which is \(address.bits == 0 ? "all zeros" : "a group address"), not one card's",
                at: node,
                mend: "copy the address that `ip link` shows for the interface, or write 'unknown'")
        }
        return located(.known(address), node)
    }

    private mutating func read<Value>(
        _ node: NodeID?, _ what: @autoclosure () -> String, _ code: DiagnosticCode, _ mend: String,
        _ parse: (String) throws(AddressingError) -> Value
    ) -> Located<Value>? {
        guard let node, let text = scalar(node, what()) else { return nil }
        do { return located(try parse(text), node) } catch {
            report(code, "\(what()) is \(quoted(text)): \(error.rule)", at: node, mend: mend)
            return nil
        }
    }
}
