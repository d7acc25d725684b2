import Diagnostics
import TestSupport
import Testing

/// The tables of this target together cover every rule that the compiler proves.
@Suite struct CoverageTests {
    /// Found by the engine, which knows the providers that there are and who serves.
    private static let elsewhere: Set<DiagnosticCode> = [.providerNotYet, .authorityServes]

    @Test func `every rule of the compiler has a case`() {
        let cases =
            IdentityRefusalTests.macs + IdentityRefusalTests.hosts + SegmentRefusalTests.addresses + SegmentRefusalTests.interfaces
            + SegmentRefusalTests.prefixes + NameRefusalTests.names + NameRefusalTests.targets + NameRefusalTests.services
            + NameRefusalTests.aliases
            + ServingRefusalTests.authority + ServingRefusalTests.dhcp + PolicyRefusalTests.firewall + PolicyRefusalTests.intent
        let tested = Set(cases.map(\.code))
        for code in DiagnosticCode.allCases where ("DVN0300"..<"DVN1100").contains(code.rawValue) && !Self.elsewhere.contains(code) {
            #expect(tested.contains(code), "\(code) \(code.rawValue)")
        }
    }
}
