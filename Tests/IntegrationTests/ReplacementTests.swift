import Testing

/// A network card is replaced: one line in the inventory, and the new card has the host's address.
@Suite(.needsLab, .site, .serialized)
struct ReplacementTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    @Test func `the new card gets the address at once, though the old one has a running lease`() async throws {
        try await site.settle()
        #expect(try await site.lease(on: "hv01")?.address == "10.20.99.21")
        try await site.commit("inventory/hosts/hv01.yml", replacing: "02:de:20:01:01:01", with: "02:de:20:01:01:99")

        let plan = try await site.plan()
        #expect(plan.status == 2)
        let said = plan.results + plan.complaints
        #expect(said.contains("hosts.hv01.interfaces.mgmt") && said.contains("inventory/hosts/hv01.yml:8"), "\(plan)")
        #expect(said.contains("reservation/hv01.mgmt") && said.contains("02:de:20:01:01:99"), "\(plan)")
        #expect(!said.contains("hosts.hv02"), "\(plan)")
        #expect(said.contains("DVN1106") && said.contains("10.20.99.21") && said.contains("02:de:20:01:01:01"), "\(plan)")

        let applied = try await site.apply()
        #expect(applied.status == 0, "\(applied)")
        let start = ContinuousClock.now
        #expect(try await site.lease(on: "newnic")?.address == "10.20.99.21")
        #expect(ContinuousClock.now - start < .seconds(3))
        #expect(try await site.ask("hv01.dvntm.deevnet.net").data == ["10.20.99.21"])
        let old = try await site.rawLease(on: "hv01")
        #expect(old?.address != "10.20.99.21")
        let again = try await site.plan()
        #expect(again.status == 0 && !(again.results + again.complaints).contains("DVN1106"), "\(again)")
    }

    @Test func `a new card that came too early gets the host's address when it asks again`() async throws {
        try await site.settle()
        _ = try #require(try await site.lease(on: "hv01"))
        let early = try #require(try await site.rawLease(on: "newnic", "--mac", "02:de:20:01:01:98"))
        #expect(early.address != "10.20.99.21")
        try await site.commit("inventory/hosts/hv01.yml", replacing: "02:de:20:01:01:01", with: "02:de:20:01:01:98")
        let applied = try await site.apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(try await site.rawLease(on: "newnic", "--mac", "02:de:20:01:01:98")?.address == "10.20.99.21")
    }
}
