import Foundation
import TestSupport
import Testing

/// The samples' plans against an empty tree, and what they would render: `plans/` shows a reader what comes out of `inventory/` and `sites/`.
@Suite struct SamplePlanTests {
    /// Texts without what is no property of the plan: which commit it was made from, and the digest that a comment in the inventory changes.
    private func stable(_ text: String, in sandbox: Sandbox) async throws -> String {
        try await sandbox.stable(text).replacing("COMMIT1", with: "…").replacing(
            /"inventory_digest": "[0-9a-f]{64}"/, with: #""inventory_digest": "…""#)
    }

    private func expect(_ text: String, at path: String) {
        expectGolden(text, at: "plans/\(path)", testFile: "\(Project.folder)/Package.swift")
    }

    @Test(arguments: ["dvnt", "dvntm"])
    func `a sample's plan is the one that was reviewed`(_ site: String) async throws {
        let sandbox = try await Sandbox(.samples)
        let text = try await sandbox.run("deevnet plan \(site) --ref main --root $ROOT")
        #expect(text.status == 0, "\(text.complaints)")
        expect(try await stable(text.results, in: sandbox), at: "\(site).plan.txt")
        let json = try await sandbox.run("deevnet plan \(site) --ref main --root $ROOT --format json")
        #expect(json.status == 0, "\(json.complaints)")
        _ = try JSONSerialization.jsonObject(with: Data(json.results.utf8))
        expect(try await stable(json.results, in: sandbox), at: "\(site).plan.json")
    }

    @Test(arguments: [("dvnt", "store-ph01@dvnt", "store-ph01"), ("dvntm", "provisioner-ph01", "provisioner-ph01")])
    func `a sample renders the files that were reviewed`(_ site: String, _ tree: String, _ host: String) async throws {
        let sandbox = try await Sandbox(.samples)
        try await sandbox.mustRun("deevnet apply \(site) --root $ROOT --auto-approve")
        let place = "\(sandbox.root)/\(tree)/etc/deevnet/current/dnsmasq/\(site)"
        let files = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
        #expect(files == ["dnsmasq.conf", "hosts", "options", "reservations"])
        for file in files {
            try FileManager.default.createDirectory(atPath: "\(Project.folder)/plans/\(site)/\(host)", withIntermediateDirectories: true)
            expect(try sandbox.read("\(place)/\(file)"), at: "\(site)/\(host)/\(file)")
        }
    }

    /// The core router with a trunk to every segment, its DNS, DHCP and TFTP all dnsmasq's.
    @Test func `a whole site behind one dnsmasq renders the files that were reviewed, and dnsmasq takes them`() async throws {
        let sandbox = try await Sandbox(.samples)
        let file = "sites/dvnt/site.yml"
        var text = try sandbox.read("\(sandbox.repository)/\(file)")
        for provider in ["core-rt01, provider: unbound", "core-rt01, provider: kea", "store-ph01, provider: dnsmasq"] {
            try #require(text.contains(provider))
            text.replace(provider, with: "core-rt01, provider: dnsmasq")
        }
        try sandbox.write(text, to: file)
        try await sandbox.mustRun("git commit -qam 'dnsmasq serves all'")
        let golden = { (text: String, name: String) in expectGolden(text, at: "Goldens/dnsmasq-serves-all/\(name)") }
        let plan = try await sandbox.run("deevnet plan dvnt --ref main --root $ROOT --all")
        #expect(plan.status == 0, "\(plan.complaints)")
        golden(try await stable(plan.results, in: sandbox), "plan.txt")
        try await sandbox.mustRun("deevnet apply dvnt --root $ROOT --auto-approve")
        let place = "\(sandbox.root)/core-rt01@dvnt/etc/deevnet/current/dnsmasq/dvnt"
        let configuration = try sandbox.read("\(place)/dnsmasq.conf")
        #expect(configuration.matches(of: /(?m)^interface=eth1\.\d+$/).count == 11)
        #expect(configuration.matches(of: /(?m)^dhcp-range=/).count == 10, "tenant2 has no DHCP")
        for name in ["dnsmasq.conf", "hosts", "options", "reservations"] { golden(try sandbox.read("\(place)/\(name)"), name) }
    }

    @Test func `the same commit gives the same bytes in another repository`() async throws {
        var made: [[String: String]] = []
        for _ in 0..<2 {
            let sandbox = try await Sandbox(.samples)
            try await sandbox.mustRun("deevnet apply --ref main --root $ROOT --auto-approve")
            made.append(try sandbox.listing().filter { $0.key.hasPrefix("root/") && $0.key.contains("/dnsmasq/") })
        }
        #expect(made[0] == made[1])
        #expect(made[0].count >= 8)
    }
}
