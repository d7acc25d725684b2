import Foundation
import Testing

/// What somebody changes by hand is seen, shown and undone.
@Suite(.needsLab, .site, .serialized)
struct DriftTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    private func file(_ name: String) -> String { "\(LabSite.place)/\(name)" }

    /// Plans, applies, and plans again; returns the first plan.
    private func repair(_ location: SourceLocation = #_sourceLocation) async throws -> String {
        let plan = try await site.plan()
        #expect(plan.status == 2, "\(plan)", sourceLocation: location)
        let applied = try await site.apply()
        #expect(applied.status == 0, "\(applied)", sourceLocation: location)
        let again = try await site.plan()
        #expect(again.status == 0, "\(again)", sourceLocation: location)
        #expect(try await site.servesTheSamples(), sourceLocation: location)
        return plan.results
    }

    @Test func `a foreign directive is shown and removed, and the process that has read it starts again`() async throws {
        try await site.settle()
        let conf = file("dnsmasq.conf")
        try site.write(try #require(site.text(conf)) + "address=/hv01.dvntm.deevnet.net/10.9.9.9\n", to: conf)
        try await site.killDnsmasq()
        #expect(try await site.run("dnsmasq", "--conf-file=\(conf)").status == 0)
        let plan = try await repair()
        #expect(plan.contains("address=/hv01.dvntm.deevnet.net/10.9.9.9"), "\(plan)")
        #expect(try #require(site.text(conf)).contains("address=") == false)
    }

    @Test func `an edited reservation is shown, and the machine gets its own address again`() async throws {
        try await site.settle()
        let reservations = file("reservations")
        let text = try #require(site.text(reservations))
        try site.write(text.replacingOccurrences(of: "10.20.99.21,hv01", with: "10.20.99.29,hv01"), to: reservations)
        kill(try #require(site.dnsmasq), SIGHUP)
        _ = try await eventually("the edited reservation is served") {
            try await site.rawLease(on: "hv01")?.address == "10.20.99.29" ? true : nil
        }
        let plan = try await repair()
        #expect(plan.contains("reservation/hv01.mgmt"), "\(plan)")
        #expect(plan.contains("10.20.99.29") && plan.contains("drift"), "\(plan)")
        #expect(try await site.rawLease(on: "hv01")?.address == "10.20.99.21")
    }

    @Test func `an edit that is ignored by choice stays through other applies, until the choice is taken back`() async throws {
        try await site.settle()
        let reservations = file("reservations")
        let text = try #require(site.text(reservations))
        try site.write(text.replacingOccurrences(of: "10.20.99.21,hv01", with: "10.20.99.29,hv01"), to: reservations)
        let address = "dvntm/provisioner-ph01/dnsmasq/reservation/hv01.mgmt"
        let list = "\(site.repository)/sites/dvntm/ignore.yml"
        try Data("ignore_drift: [{ address: \(address), reason: \"on trial\" }]\n".utf8).write(to: URL(fileURLWithPath: list))
        try await site.git("add", ".")
        try await site.commitAddress()
        let applied = try await site.apply()
        #expect(applied.status == 0 && applied.results.contains("ignored by choice: reservation/hv01.mgmt"), "\(applied)")
        #expect(applied.results.contains("10.20.99.29 instead of 10.20.99.21: on trial"), "\(applied)")
        #expect(try await site.ask("store-ph01.dvntm.deevnet.net").data == ["10.20.99.42"])
        #expect(try await site.rawLease(on: "hv01")?.address == "10.20.99.29")
        let plan = try await site.plan()
        #expect(plan.status == 0 && plan.results.contains("ignored by choice"), "\(plan)")

        try await site.git("rm", "-qf", "sites/dvntm/ignore.yml")
        try await site.git("commit", "-qm", "the trial is over")
        let again = try await site.plan()
        #expect(again.status == 2 && again.results.contains("10.20.99.29 → 10.20.99.21"), "\(again)")
        #expect(try await site.apply().status == 0)
        #expect(try await site.rawLease(on: "hv01")?.address == "10.20.99.21")
    }

    @Test(arguments: ["hosts", "reservations", "options", "dnsmasq.conf"])
    func `a removed file is shown and comes back`(name: String) async throws {
        try await site.settle()
        try site.remove(file(name))
        _ = try await repair()
        #expect(site.exists(file(name)))
    }

    @Test func `a removed place is shown and comes back`() async throws {
        try await site.settle()
        try site.remove(LabSite.place)
        _ = try await repair()
    }

    @Test func `a stray file is shown and removed`() async throws {
        try await site.settle()
        try site.write("10.9.9.9 wpad.dvntm.deevnet.net\n", to: file("mine"))
        let plan = try await repair()
        #expect(plan.contains("mine"), "\(plan)")
        #expect(!site.exists(file("mine")))
    }

    @Test func `a process that somebody ended is shown and started`() async throws {
        try await site.settle()
        try await site.killDnsmasq()
        let plan = try await repair()
        #expect(plan.contains("service/deevnet-dnsmasq"), "\(plan)")
        #expect(site.dnsmasq != nil)
    }

    @Test func `a process that runs with what the files said an hour ago is shown and started again`() async throws {
        try await site.settle()
        let conf = file("dnsmasq.conf")
        let text = try #require(site.text(conf))
        try site.write(
            text.replacingOccurrences(of: "cname=pve.dvntm.deevnet.net,hv01", with: "cname=pve.dvntm.deevnet.net,hv02")
                .replacingOccurrences(of: "static.loaded.deevnet.invalid,\"", with: "static.loaded.deevnet.invalid,\"0"), to: conf)
        try await site.killDnsmasq()
        #expect(try await site.run("dnsmasq", "--conf-file=\(conf)").status == 0)
        try site.write(text, to: conf)
        let before = site.dnsmasq
        let plan = try await repair()
        #expect(plan.contains("service/deevnet-dnsmasq"), "\(plan)")
        #expect(site.dnsmasq != before)
        #expect(try await site.ask("pve.dvntm.deevnet.net").data.last == "10.20.99.21")
    }

    @Test func `a process that has not re-read its names is shown and told to`() async throws {
        try await site.settle()
        let hosts = file("hosts")
        let text = try #require(site.text(hosts))
        try site.write(
            text.replacingOccurrences(of: "10.20.99.21 ", with: "10.20.99.28 ").replacingOccurrences(of: "\nfd", with: "\nfc"), to: hosts)
        kill(try #require(site.dnsmasq), SIGHUP)
        _ = try await eventually("the edited name is served") {
            try await site.ask("hv01.dvntm.deevnet.net").data == ["10.20.99.28"] ? true : nil
        }
        try site.write(text, to: hosts)
        let plan = try await repair()
        #expect(plan.contains("service/deevnet-dnsmasq"), "\(plan)")
    }

    @Test func `a file that dnsmasq may not read is shown and made readable`() async throws {
        try await site.settle()
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: site.root + file("hosts"))
        kill(try #require(site.dnsmasq), SIGHUP)
        _ = try await eventually("names are gone") { try await site.ask("store-ph01.dvntm.deevnet.net").status == "NXDOMAIN" ? true : nil }
        _ = try await repair()
    }

    @Test func `a caller's strict file mode doesn't keep dnsmasq from its files`() async throws {
        try await site.settle()
        try await site.commitAddress()
        let applied = try await site.begin([
            "sh", "-c", "umask 077 && exec \(Lab.deevnet) apply dvntm --auto-approve -C \(site.repository)",
        ]).ended()
        #expect(applied.status == 0, "\(applied)")
        #expect(try await site.ask("store-ph01.dvntm.deevnet.net").data == ["10.20.99.42"])
        #expect(try await site.plan().status == 0)
    }

    @Test func `after a power failure the service runs again and knows its leases`() async throws {
        try await site.settle()
        let stranger = try #require(try await site.rawLease(on: "stranger"))
        try await site.killDnsmasq()
        try site.remove(LabSite.pidFile)
        _ = try await repair()
        #expect(try await site.rawLease(on: "stranger", "--request", stranger.address)?.address == stranger.address)
    }

    @Test func `a process that somebody started with a configuration of their own is shown, and the right one serves again`() async throws {
        try await site.settle()
        try await site.killDnsmasq()
        let other = "/run/deevnet/other.conf"
        let lines = [
            "port=53", "interface=eth0", "bind-dynamic", "no-resolv", "pid-file=\(LabSite.pidFile)", "address=/dvntm.deevnet.net/10.9.9.9",
        ]
        try site.write(lines.joined(separator: "\n") + "\n", to: other)
        #expect(try await site.run("dnsmasq", "--conf-file=\(other)").status == 0)
        #expect(try await site.ask("hv01.dvntm.deevnet.net").data == ["10.9.9.9"])
        let plan = try await repair()
        #expect(plan.contains("service/deevnet-dnsmasq"), "\(plan)")
    }
}
