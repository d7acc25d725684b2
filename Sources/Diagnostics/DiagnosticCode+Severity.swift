extension DiagnosticCode {
    /// The severity of a finding with this code unless the finding says otherwise.
    public var severity: Diagnostic.Severity {
        switch self {
        case .yamlUnusedAnchor, .yamlDuplicateAnchor, .unexpectedFile, .hostNameStyle, .firewallShadowed, .serviceOnMaintenance,
            .leaseBlocksReservation, .observationIncomplete, .recovered, .interrupted:
            .warning
        case .macUnknown, .workloadParked, .hostUnbound, .providerNotYet: .note
        default: .error
        }
    }
}
