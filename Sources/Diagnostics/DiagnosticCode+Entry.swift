extension DiagnosticCode {
    /// What is said about the rule; a test holds that every code has an entry.
    public var entry: Entry? { Self.entries[self] }

    /// Where the rule is explained, below the documentation's root.
    public var explanation: String { "docs/diagnostics.md#\(rawValue.lowercased())" }

    private static let entries: [DiagnosticCode: Entry] = [
        yamlEntries, revisionEntries, schemaEntries, identityEntries, segmentEntries, nameEntries, serviceEntries, authorityEntries,
        dhcpEntries,
        firewallEntries, intentEntries, providerEntries, applyEntries, ignoreEntries,
    ].reduce(into: [:]) { all, group in all.merge(group) { first, _ in first } }
}
