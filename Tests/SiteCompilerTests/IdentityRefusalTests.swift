import Diagnostics
import TestSupport
import Testing

@Suite struct IdentityRefusalTests {
    @Test(arguments: macs + hosts)
    func `a broken rule about identity is told with its place and its mend`(_ refusal: InventoryCase) async throws {
        try await refusal.check()
    }

    static let macs: [InventoryCase] = [
        .init("a MAC of five pairs is refused", .badMAC, site: nil, .init("\"02:de:10:01:00:01\"", "«02:de:10:01:00»")),
        .init(
            "a MAC in another form is refused with the canonical one", .macNotCanonical, site: nil, mend: "02:de:10:01:00:01",
            .init("\"02:de:10:01:00:01\"", "«02-DE-10-01-00-01»")),
        .init("a group address is no card's", .macMulticast, site: nil, .init("\"02:de:10:01:00:01\"", "«\"01:00:5e:00:00:01\"»")),
        .init("all zeros are no card's", .macMulticast, site: nil, .init("\"02:de:10:01:00:01\"", "«\"00:00:00:00:00:00\"»")),
        .init(
            "a MAC of two hosts is refused, wherever they stand", .duplicateMAC, site: nil,
            .init("\"02:de:20:01:00:01\"", "«\"02:de:10:01:00:01\"»")),
        .init(
            "an unknown MAC is a note that says what waits for it", .macUnknown, severity: .note,
            .init("\"02:de:10:01:00:01\"", "«unknown»")),
        .init(
            "a host whose only MAC is unknown can't be found", .onlyMACUnknown, also: [.macUnknown], mend: "lifecycle: standby",
            .init("\"02:de:10:01:00:01\"", "«unknown»"), .init("\"02:de:10:01:00:02\"", "unknown")),
    ]

    static let hosts: [InventoryCase] = [
        .init(
            "hardware that isn't described is refused with the nearest known one", .unknownHardware, site: nil,
            mend: "did you mean 'opti'?",
            .init("hardware: opti", "hardware: «optl»")),
        .init(
            "a host has the management interface of its hardware", .unknownManagementNIC, site: nil,
            .init("management_nic: mgmt", "management_nic: oob"), .init("  hv01:\n    form", "  «hv01»:\n    form")),
        .init(
            "a host is described in one place", .hostInTwoPlaces,
            .init(
                add: "hosts:\n  «hv01»: { form: hv, interfaces: { mgmt: { mac: \"02:de:10:01:09:01\" }, lan: {} } }\n",
                to: "sites/lab/z.yml")),
        .init(
            "a former name that is in use is refused", .formerlyExists,
            .init("  core-rt01:\n    form: rt\n", "  «core-rt01»:\n    form: rt\n    formerly: hv01\n")),
        .init(
            "a name of another style is a warning", .hostNameStyle, severity: .warning, site: nil, also: [.hostUnbound], mend: "hv01",
            .init(add: "hosts:\n  «zeus»: { form: hv }\n", to: "inventory/z.yml")),
        .init(
            "with two addressed interfaces one is primary", .primaryInterface, .init("primary: true, ", ""),
            .init("  hv01:\n    life", "  «hv01»:\n    life")),
        .init(
            "not two interfaces are primary", .primaryInterface,
            .init("      lan: { segment: iot, ", "      «lan»: { primary: true, segment: iot, ")),
    ]
}
