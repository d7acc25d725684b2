/// A text or number that breaks the rules of the type it was meant for.
///
/// The parts are kept apart so that a diagnostic can lay them out; `description` is the whole sentence:
/// `"10.20.300.1" is not an IPv4 address: octet 2 is 300, the largest is 255`.
public struct AddressingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the text was meant to be.
    public enum Kind: String, Hashable, Sendable {
        /// A MACAddress.
        case macAddress = "a MAC address"
        /// An IPv4Address.
        case ipv4Address = "an IPv4 address"
        /// An IPv6Address.
        case ipv6Address = "an IPv6 address"
        /// An IPAddress of either family.
        case ipAddress = "an IP address"
        /// A Prefix.
        case prefix = "a prefix"
        /// An AddressRange.
        case addressRange = "an address range"
        /// A DomainName.
        case domainName = "a domain name"
        /// One label of a DomainName.
        case label = "a label"
        /// A VLANID.
        case vlanID = "a VLAN id"
        /// A TransportPort.
        case transportPort = "a port"
    }

    /// What the text was meant to be.
    public let kind: Kind
    /// The text as it was written. It may hold anything; print `quotedText`.
    public let text: String
    /// The rule that was broken, as a phrase: "octet 2 is 300, the largest is 255".
    public let rule: String
    /// What to write in its place, where only one thing can have been meant.
    public let correction: String?
    /// Whether the text is a good prefix but for bits that are set after its length; `correction` is the network then.
    public let hasHostBits: Bool

    init(_ kind: Kind, _ text: String, _ broken: BrokenRule) {
        self.kind = kind
        self.text = text
        rule = broken.phrase
        correction = broken.correction
        hasHostBits = broken.isHostBits
    }

    /// The text in double quotes, with all that could disturb a terminal or a log line escaped, cut after 80 characters.
    public var quotedText: String {
        var quoted = "\""
        for scalar in text.unicodeScalars.prefix(80) {
            if scalar == "\"" || scalar == "\\" {
                quoted += "\\"
            } else if Self.mustBeEscaped(scalar) {
                quoted += "\\u{" + String(scalar.value, radix: 16) + "}"
                continue
            }
            quoted.unicodeScalars.append(scalar)
        }
        if text.unicodeScalars.count > 80 { quoted += "…" }
        return quoted + "\""
    }

    /// The whole sentence, without a full stop.
    public var description: String {
        let sentence = "\(quotedText) is not \(kind.rawValue): \(rule)"
        guard let correction else { return sentence }
        return "\(sentence); write \(correction)"
    }

    private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // Format characters can turn the direction of the text that follows, and a mark can hide in the character before it.
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark:
            true
        case .spaceSeparator: scalar != " "
        default: false
        }
    }
}
