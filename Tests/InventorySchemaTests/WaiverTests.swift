import Diagnostics
import InventorySchema
import TestSupport
import Testing

/// What the inventory accepts of its findings, on a day that the test names.
@Suite struct WaiverTests {
    @Test(arguments: refusals)
    func `a waiver that can't be one is told with its place and its mend`(_ refusal: InventoryCase) async throws {
        try await refusal.check()
    }

    static let refusals: [InventoryCase] = [
        .init(
            "a code that no finding has is refused with the nearest one", .waiverOfUnknownCode, mend: "DVN0305",
            entry("{ code: «DVN3305», reason: known, until: 2027-03-31 }")),
        .init(
            "an error can't be waived", .notWaivable, mend: "remove the waiver",
            entry("{ code: «DVN0804», reason: known, until: 2027-03-31 }")),
        .init(
            "nor can what is told of waivers", .notWaivable, entry("{ code: «DVN1303», reason: known, until: 2027-03-31 }")),
        .init(
            "nor what is seen on a target", .notWaivable, entry("{ code: «DVN1106», reason: known, until: 2027-03-31 }")),
        .init(
            "a waiver for the whole inventory stops every site when it is wrong", .notWaivable, site: nil,
            .init(add: "ignore: [{ code: «DVN0804», reason: known, until: 2027-03-31 }]\n", to: "inventory/z.yml")),
        .init("a reason of blanks is none", .emptyValue, mend: "why", entry("{ code: DVN0305, reason: «\"  \"», until: 2027-03-31 }")),
        .init("a reason is required", .missingKey, mend: "reason", entry("«{ code: DVN0305, until: 2027-03-31 }»")),
        .init("an end is required", .missingKey, mend: "until", entry("«{ code: DVN0305, reason: known }»")),
        .init(
            "a code is waived once", .duplicateEntry,
            entry("{ code: DVN0305, reason: a, until: 2027-03-31 }, { code: «DVN0305», reason: b, until: 2027-03-31 }")),
        .init(
            "ignored drift is named by a whole address", .badDriftAddress, mend: "SITE/HOST/PROVIDER/KIND/KEY",
            .init(add: "ignore_drift: [{ address: «reservation/hv01.mgmt», reason: known }]\n", to: "sites/lab/z.yml")),
        .init(
            "with a provider that there is", .badDriftAddress,
            .init(add: "ignore_drift: [{ address: «lab/builder-ph01/bind9/host/a», reason: known }]\n", to: "sites/lab/z.yml")),
        .init(
            "of the site in whose folder it stands", .badDriftAddress, mend: "sites/away/",
            .init(add: "ignore_drift: [{ address: «away/builder-ph01/dnsmasq/host/a», reason: known }]\n", to: "sites/lab/z.yml")),
        .init(
            "on a host that stands there", .badDriftAddress, mend: "builder-ph01",
            .init(add: "ignore_drift: [{ address: «lab/builder-ph02/dnsmasq/host/a», reason: known }]\n", to: "sites/lab/z.yml")),
        .init(
            "and once", .duplicateEntry,
            .init(
                add: "ignore_drift: [{ address: lab/builder-ph01/dnsmasq/host/a, reason: a }, "
                    + "{ address: «lab/builder-ph01/dnsmasq/host/a», reason: b }]\n", to: "sites/lab/z.yml")),
    ]

    private static func entry(_ text: String) -> InventoryCase.Edit { .init(add: "ignore: [\(text)]\n", to: "sites/lab/z.yml") }

    // MARK: On a day

    private static let found = [
        Diagnostic(.macUnknown, "of lab", site: "lab"), Diagnostic(.macUnknown, "of away", site: "away"),
        Diagnostic(.macUnknown, "of none"), Diagnostic(.hostNameStyle, "a name", site: "lab"),
        Diagnostic(.notExpressible, "an error", site: "lab"), Diagnostic(.notExpressible, "a warning", site: "lab", severity: .warning),
    ]

    private func waivers(lab: String = "", all: String = "", on day: String) throws -> Waivers {
        let files = [("inventory/ignore.yml", "ignore: [\(all)]\n"), ("sites/lab/ignore.yml", "ignore: [\(lab)]\n")]
        let (inventory, findings) = InventoryLoader.load(files: files.map { ($0.0, Array($0.1.utf8)) })
        #expect(findings.all.filter { $0.span != nil }.isEmpty)
        return Waivers(of: inventory, on: try #require(CalendarDate(day)))
    }

    private static let ofLab = "{ code: DVN0305, reason: ordered, until: 2027-03-31 }"

    @Test func `a site's waiver is for that site alone, and one of the inventory for all`() throws {
        let ofSite = try waivers(lab: Self.ofLab, on: "2027-03-31").mark(Self.found)
        #expect(ofSite.map(\.waiver) == ["ordered", nil, nil, nil, nil, nil])
        let both = try waivers(lab: Self.ofLab, all: "{ code: DVN0305, reason: known, until: 2027-03-31 }", on: "2027-03-31")
        #expect(both.mark(Self.found).map(\.waiver) == ["ordered", "known", "known", nil, nil, nil])
    }

    @Test func `an error is never waived, also where others of its code are`() throws {
        let marked = try waivers(lab: "{ code: DVN1101, reason: IPv6 is by hand, until: 2027-03-31 }", on: "2027-01-01").mark(Self.found)
        #expect(marked.map(\.waiver) == [nil, nil, nil, nil, nil, "IPv6 is by hand"])
    }

    @Test func `from the day after its last the finding is back, and the waiver is a warning, or an error where it is strict`() throws {
        let last = try waivers(lab: Self.ofLab, on: "2027-03-31")
        #expect(last.expired(isStrict: true).isEmpty)
        let after = try waivers(lab: Self.ofLab, on: "2027-04-01")
        #expect(after.mark(Self.found) == Self.found)
        let told = try #require(after.expired(isStrict: false).first)
        #expect((told.code, told.severity, told.site) == (.waiverExpired, .warning, "lab"))
        #expect(told.message.contains("2027-03-31") && told.message.contains("ordered"))
        #expect(after.expired(isStrict: true).map(\.severity) == [.error])
        // It is told once, and not also as one that nothing needs.
        #expect(after.unused(by: []).isEmpty)
    }

    @Test func `a waiver that no finding needs is a note, where everything was looked at`() throws {
        let waivers = try waivers(
            lab: "{ code: DVN1003, reason: known, until: 2027-03-31 }", all: "{ code: DVN0310, reason: known, until: 2027-03-31 }",
            on: "2027-01-01")
        #expect(waivers.unused(by: []).map(\.severity) == [.note, .note])
        #expect(waivers.unused(by: [Self.found[3]]).map(\.site) == ["lab"])
        let elsewhere = Diagnostic(.badMAC, "an error", site: "away")
        #expect(waivers.unused(by: [elsewhere]).map(\.site) == ["lab"])
        #expect(waivers.unused(by: [Diagnostic(.badMAC, "an error")]).isEmpty)
    }
}
