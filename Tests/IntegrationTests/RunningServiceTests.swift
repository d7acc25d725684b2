import Foundation
import Testing

/// What a change costs: nothing, a reload, or a restart; and what survives it.
@Suite(.needsLab, .site, .serialized)
struct RunningServiceTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    @Test func `after an apply there is nothing left to plan, on the disk and in the process`() async throws {
        try await site.settle()
        let plan = try await site.plan()
        #expect(plan.status == 0, "\(plan)")
        #expect(plan.results.contains("no changes"))
    }

    @Test func `an apply with nothing to do changes nothing`() async throws {
        try await site.settle()
        let (process, live) = (site.dnsmasq, site.liveLink)
        let applied = try await site.apply()
        #expect(applied.status == 0)
        #expect(site.dnsmasq == process)
        #expect(site.liveLink == live)
    }

    @Test func `a changed address is reloaded into the same process, and every lease survives`() async throws {
        try await site.settle()
        let before = try #require(site.dnsmasq)
        let known = try #require(try await site.lease(on: "hv01"))
        let stranger = try #require(try await site.rawLease(on: "stranger"))
        try await site.commit("sites/dvntm/hosts.yml", replacing: "[10.20.99.41]", with: "[10.20.99.42]")
        let plan = try await site.plan()
        #expect(plan.status == 2)
        #expect(plan.results.contains("reload") && !plan.results.contains("restart"), "\(plan)")

        let applied = try await site.apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(site.dnsmasq == before)
        #expect(try await site.ask("store-ph01.dvntm.deevnet.net").data == ["10.20.99.42"])
        #expect(try await site.ask("42.99.20.10.in-addr.arpa", "PTR").data == ["store-ph01.dvntm.deevnet.net."])
        #expect(try await site.ask("41.99.20.10.in-addr.arpa", "PTR").status == "NXDOMAIN")
        let leases = try #require(site.text(LabSite.leaseFile))
        #expect(leases.contains(" 10.20.99.21 hv01 ") && leases.contains(" \(stranger.address) "), "\(leases)")
        #expect(try await site.lease(on: "hv01")?.address == known.address)
        #expect(try await site.rawLease(on: "stranger", "--request", stranger.address)?.address == stranger.address)
        #expect(try await site.plan().status == 0)
    }

    @Test func `a new service costs the one restart that the plan announced, and every lease survives it`() async throws {
        try await site.settle()
        let before = try #require(site.dnsmasq)
        let stranger = try #require(try await site.rawLease(on: "stranger"))
        _ = try #require(try await site.lease(on: "hv01"))
        try await site.commit(
            "sites/dvntm/services.yml", replacing: "  mail: { host: app-vm01 }",
            with: "  mail: { host: app-vm01 }\n  chat: { host: app-vm01 }")
        let plan = try await site.plan()
        #expect(plan.status == 2)
        #expect(plan.results.contains("one restart"), "\(plan)")

        let applied = try await site.apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(site.dnsmasq != nil && site.dnsmasq != before)
        #expect(try await site.ask("chat.dvntm.deevnet.net").data == ["app-vm01.dvntm.deevnet.net.", "10.20.25.11"])
        #expect(try await site.rawLease(on: "stranger", "--request", stranger.address)?.address == stranger.address)
        #expect(try await site.lease(on: "hv01")?.address == "10.20.99.21")
        #expect(try await site.plan().status == 0)
    }

    @Test func `while names are reloaded no question stays without its answer`() async throws {
        try await site.settle()
        try await site.commit("sites/dvntm/hosts.yml", replacing: "[10.20.99.41]", with: "[10.20.99.42]")
        let apply = try await site.begin(deevnet: ["apply", "dvntm", "--auto-approve"])
        var answers: Set<String> = []
        while apply.isRunning { answers.insert(try await site.ask("hv01.dvntm.deevnet.net").data.joined(separator: ",")) }
        #expect(try await apply.ended().status == 0)
        #expect(answers == ["10.20.99.21"])
    }

    @Test func `what is applied is remembered on the machine and in git`() async throws {
        try await site.settle()
        try await site.commit("sites/dvntm/records.yml", replacing: "203.0.113.10", with: "203.0.113.11")
        #expect(try await site.apply().status == 0)
        let commit = try await site.run("git", "-C", site.repository, "rev-parse", "HEAD").results.trimmingCharacters(
            in: .whitespacesAndNewlines)
        let recorded = try await site.run("git", "-C", site.repository, "rev-parse", "refs/deevnet/applied/dvntm").results
        #expect(recorded.trimmingCharacters(in: .whitespacesAndNewlines) == commit)
        let live = try #require(site.liveLink)
        #expect(try #require(site.text("/etc/deevnet/\(live)/records.json")).contains(commit))
    }

    @Test func `the builder's machine is the only one that may apply`() async throws {
        try await site.settle()
        try site.write("self: core-rt01\n", to: "/etc/deevnet/config.yml")
        let applied = try await site.apply()
        try site.write("self: provisioner-ph01\n", to: "/etc/deevnet/config.yml")
        #expect(applied.status == 3, "\(applied)")
        #expect(applied.complaints.contains("core-rt01"), "\(applied)")
    }
}
