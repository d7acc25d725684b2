/// An absolute domain name in lower case, without the final dot: `hv01.dvntm.deevnet.net`.
///
/// A name has at least one label, a label 1 to 63 characters, the name at most 253 (RFC 1035 §2.3.4, less the length octets). The
/// initialisers choose between two rules for what a label is made of. Upper case is folded (RFC 4343), so equal names are equal values; the
/// order is the canonical one of RFC 4034 §6.1, which sorts a zone's apex first and keeps subtrees together.
public struct DomainName: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name: canonical, and all that is stored.
    public let description: String

    /// Reads a name of host-name labels (RFC 952, RFC 1123 §2.1): letters, digits, and hyphens that aren't at an end.
    ///
    /// One final dot is taken and dropped. A-labels (`xn--…`) are labels like any other; characters outside ASCII are refused, because
    /// which A-label they mean depends on tables. A last label of digits alone is refused, since that is an address (RFC 1123 §2.1).
    public init(_ text: String) throws(AddressingError) { try self.init(text, .host, within: nil) }

    /// Reads a name whose labels may begin with an underscore: `_sip._tcp.example.org` (RFC 2782, RFC 8552). All else is as for hosts.
    public init(underscored text: String) throws(AddressingError) { try self.init(text, .underscored, within: nil) }

    /// Makes the name one host-name label below another name. Only the label and the whole length are checked.
    public init(label: String, in parent: DomainName) throws(AddressingError) {
        if let problem = Self.labelProblem(label) { throw AddressingError(.label, label, BrokenRule(problem)) }
        try self.init(joining: Self.isLowercase(label) ? label : label.lowercased(), parent, written: label)
    }

    /// Reads one or more labels, which may begin with an underscore, below another name: `_sip._tcp`. A final dot is refused.
    public init(underscored relative: String, in parent: DomainName) throws(AddressingError) {
        try self.init(relative, .underscored, within: parent)
    }

    /// A name known to be canonical.
    init(canonical: String) { description = canonical }

    private init(_ text: String, _ rules: LabelRules, within parent: DomainName?) throws(AddressingError) {
        let utf8 = text.utf8
        let form: WrittenForm
        do throws(BrokenRule) {
            form = try Self.scan(utf8.span, rules, isRelative: parent != nil)
        } catch {
            throw AddressingError(.domainName, text, error)
        }
        let canonical =
            switch form {
            case .canonical: text
            case .finalDot: String(text.dropLast())
            case .upperCase: text.lowercased()
            case .upperCaseAndFinalDot: text.dropLast().lowercased()
            }
        if let parent {
            try self.init(joining: canonical, parent, written: text)
        } else {
            self.init(canonical: canonical)
        }
    }

    private init(joining relative: String, _ parent: DomainName, written: String) throws(AddressingError) {
        let length = relative.utf8.count + 1 + parent.description.utf8.count
        guard length <= Self.maximumLength else {
            let rule = BrokenRule("below \(parent) it is \(length) characters long, the longest is \(Self.maximumLength)")
            throw AddressingError(.domainName, written, rule)
        }
        let (first, rest) = (relative.utf8, parent.description.utf8)
        description = unsafe String(unsafeUninitializedCapacity: length) { buffer in
            _ = unsafe buffer.initialize(from: first)
            unsafe buffer[first.count] = UInt8(ascii: ".")
            _ = unsafe UnsafeMutableBufferPointer(rebasing: buffer[(first.count + 1)...]).initialize(from: rest)
            return length
        }
    }
}
