import Addressing
import Diagnostics
import InventorySchema
import TestSupport
import Testing

/// What is read as what.
@Suite struct DecodingTests {
    private func lab(_ edits: (String, String)...) async throws -> Site {
        var inventory = SampleInventory.base
        for (old, new) in edits { try inventory.replace(old, with: new) }
        let outcome = await inventory.compiled()
        #expect(!outcome.findings.contains { $0.severity == .error }, Comment(rawValue: outcome.report))
        return try #require(outcome.inventory.sites.first { $0.name == "lab" })
    }

    @Test func `a value is what its key says it is`() async throws {
        // As YAML 1.1 has it, these would be a boolean, a number in base 60 and a null.
        let site = try await lab(
            ("description: \"Cameras and sensors\"", "description: no"), ("description: \"Artifact store\"", "description: 12:34:56"))
        #expect(site.segments.first { $0.name.value == "iot" }?.description == "no")
        #expect(site.services.first { $0.name.value == "artifacts" }?.description == "12:34:56")
    }

    @Test func `entries are sorted by name and keep their places`() async throws {
        let site = try await lab()
        #expect(site.segments.map(\.name.value) == ["blackhole", "iot", "isp", "management", "trusted"])
        #expect(site.bindings.map(\.host.value) == ["builder-ph01", "core-rt01", "edge-rt01", "hv01"])
        #expect(site.segments.map(\.name.span.line) == [19, 13, 20, 2, 8])
    }

    @Test(arguments: [("1h", 3600), ("90s", 90), ("7d", 604_800), ("15m", 900), ("infinite", UInt32.max)])
    func `a lease time has a unit`(_ text: String, _ seconds: UInt32) async throws {
        let site = try await lab(("lease: 1h", "lease: \(text)"))
        #expect(site.segments.first { $0.name.value == "trusted" }?.dhcp?.leaseSeconds == seconds)
    }

    @Test func `one value may stand for a list of one where the schema says so`() async throws {
        let site = try await lab(("from: trusted,", "from: [trusted],"), ("ns: builder-ph01", "ns: [builder-ph01]"))
        let plain = try await lab()
        #expect(site.firewall?.policies.map { $0.from.map(\.value) } == plain.firewall?.policies.map { $0.from.map(\.value) })
        #expect(site.records.map { $0.records.map(\.value) } == plain.records.map { $0.records.map(\.value) })
    }

    @Test func `an empty section is no section`() async throws {
        var inventory = SampleInventory.base
        inventory.files["sites/lab/z.yml"] = "segments:\nhosts:\nbindings:\nservices:\nrecords:\naliases:\n"
        let outcome = await inventory.compiled()
        #expect(outcome.findings.isEmpty, Comment(rawValue: outcome.report))
    }

    @Test func `defaults are those of the reference`() async throws {
        let site = try await lab(
            ("  dns: { upstreams: [192.0.2.53], ttl: 5m }\n", ""), ("    lifecycle: provisioning\n", ""), ("  default: drop\n", ""))
        #expect(site.settings?.dns.ttlSeconds == 300)
        #expect(site.settings?.dns.upstreams.isEmpty == true)
        #expect(site.bindings.first { $0.host.value == "hv01" }?.lifecycle.value == .active)
        #expect(site.firewall?.defaultAction == .drop)
    }
}
