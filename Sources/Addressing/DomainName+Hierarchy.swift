extension DomainName {
    /// The labels in the order they are written, the host's first.
    public var labels: [Substring] { description.split(separator: ".") }

    /// The first label.
    public var firstLabel: Substring {
        let utf8 = description.utf8
        return Substring(utf8.prefix(utf8.span.firstIndex(of: dot) ?? utf8.count))
    }

    /// The name without its first label; nil for a name of one label, whose parent is the root.
    public var parent: DomainName? {
        guard let dot = description.utf8.firstIndex(of: dot) else { return nil }
        return DomainName(canonical: String(description[description.utf8.index(after: dot)...]))
    }

    /// Whether the name is another name or below it, in the sense of RFC 1034 §3.1: a name is a subdomain of itself, as a zone's apex
    /// belongs to the zone. `ahv01.example` isn't below `hv01.example`: whole labels are compared.
    public func isSubdomain(of other: DomainName) -> Bool {
        let (own, others) = (description.utf8.count, other.description.utf8.count)
        guard own > others else { return self == other }
        return description.utf8.dropLast(others).last == dot && description.hasSuffix(other.description)
    }

    /// The labels that stand before another name, as a zone file writes an owner; nil when it isn't the name or below it, "@" for the name.
    public func relative(to zone: DomainName) -> String? {
        guard isSubdomain(of: zone) else { return nil }
        guard self != zone else { return "@" }
        return String(description.utf8.dropLast(zone.description.utf8.count + 1))
    }
}

private let dot: UInt8 = 0x2E
