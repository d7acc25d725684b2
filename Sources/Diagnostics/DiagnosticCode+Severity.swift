extension DiagnosticCode {
    /// The severity of a finding with this code unless the finding says otherwise.
    public var severity: Diagnostic.Severity {
        switch self {
        case .yamlUnusedAnchor, .yamlDuplicateAnchor, .unexpectedFile, .hostNameStyle, .firewallShadowed, .serviceOnMaintenance,
            .leaseBlocksReservation, .observationIncomplete, .recovered, .interrupted, .waiverExpired, .driftOutdated, .serverWithoutIPv4:
            .warning
        case .macUnknown, .workloadParked, .hostUnbound, .providerNotYet, .waiverUnused, .driftUnmatched: .note
        default: .error
        }
    }

    /// Why a finding with this code can't be waived; nil: it can, as far as it isn't an error.
    public var waiverObstacle: String? {
        switch self {
        case .waiverExpired, .waiverUnused: "it is about waivers"
        case .leaseBlocksReservation, .observationIncomplete, .recovered, .interrupted, .driftUnmatched, .driftOutdated:
            "it is about a target, not about the inventory"
        // What a provider can't express is a warning where the rest goes on.
        case .notExpressible: nil
        default: severity == .error ? "it is an error" : nil
        }
    }
}
