import Diagnostics
import InventorySchema
import SiteCompiler
import TestSupport
import Testing

/// What stops which site, and that a pass tells all that it finds.
@Suite struct IsolationTests {
    @Test(arguments: [
        ("a file that isn't YAML", "vlan: 25", "vlan: [25"), ("a broken schema rule", "vlan: 25", "vlan: none"),
        ("a broken compiler rule", "vlan: 25", "vlan: 99"),
    ])
    func `an error at one site doesn't stop the other`(_ what: String, _ old: String, _ new: String) async throws {
        var inventory = SampleInventory.base
        try inventory.replace(old, with: new)
        let outcome = await inventory.compiled()
        #expect(outcome.findings.filter { $0.severity == .error }.map(\.site) == ["lab"], "\(what)\n\(outcome.report)")
        #expect(outcome.compilation.graphs.map(\.site) == ["away"], "\(what)\n\(outcome.report)")
    }

    @Test(arguments: ["form: vh", "form: [hv"])
    func `an error in what the sites share stops both`(_ mistake: String) async throws {
        var inventory = SampleInventory.base
        try inventory.replace("form: hv\n", with: mistake + "\n")
        let outcome = await inventory.compiled()
        #expect(outcome.findings.contains { $0.severity == .error && $0.site == nil }, Comment(rawValue: outcome.report))
        #expect(outcome.compilation.graphs.isEmpty)
    }

    @Test func `reading tells all its errors at once, by place`() async throws {
        var inventory = SampleInventory.base
        try inventory.replace("vlan: 25", with: "vlan: 5000")
        try inventory.replace("dhcp: { mode: none }", with: "dhcp: { mode: off }")
        try inventory.replace("[10.1.99.5]", with: "[10.1.99.555]")
        try inventory.replace("gateway: 10.2.1.1,", with: "gatway: 10.2.1.1,")
        let outcome = await inventory.compiled()
        #expect(outcome.codes == [.unknownKey, .badAddress, .badVLAN, .unknownValue], Comment(rawValue: outcome.report))
        #expect(outcome.findings.map(\.site) == ["away", "lab", "lab", "lab"])
    }

    @Test func `compiling tells all its errors at once, by place`() async throws {
        var inventory = SampleInventory.base
        try inventory.replace("[10.1.25.21]", with: "[10.1.52.21]")
        try inventory.replace("vlan: 25", with: "vlan: 99")
        try inventory.replace("ntp: { host: builder-ph01 }", with: "ntp: { host: bilder-ph01 }")
        try inventory.replace("10.2.1.100-10.2.1.200", with: "10.2.1.1-10.2.1.4")
        let outcome = await inventory.compiled()
        #expect(
            outcome.codes == [.poolCoversGateway, .addressOutsideSegment, .duplicateVLAN, .aliasUnknownTarget],
            Comment(rawValue: outcome.report))
        #expect(outcome.compilation.graphs.isEmpty)
    }

    @Test func `a file that can't be read isn't told as missing keys`() async throws {
        var inventory = SampleInventory.base
        inventory.files["sites/lab/site.yml"] = "site: { name: lab\n"
        inventory.files["inventory/deevnet.yml"] = "deevnet: { schema: 1\n"
        let outcome = await inventory.compiled()
        #expect(!outcome.codes.contains(.missingKey), Comment(rawValue: outcome.report))
        #expect(Set(outcome.findings.map(\.site)) == [nil, "lab"])
    }

    @Test func `only the sites that are asked for are compiled`() async {
        let inventory = await SampleInventory.base.compiled().inventory
        let compilation = await SiteCompiler.compile(inventory, sites: ["away"])
        #expect(compilation.graphs.map(\.site) == ["away"])
    }
}
