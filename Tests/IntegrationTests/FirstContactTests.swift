import Foundation
import Testing

/// Another server that is already there.
@Suite(.needsLab, .site, .serialized)
struct FirstContactTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    @Test func `another DNS server on our port is named and left alone, and once it is gone the apply goes on`() async throws {
        try await site.settle()
        try await site.killDnsmasq()
        let (conf, pidFile) = ("/run/other.conf", "/run/other.pid")
        let lines = ["port=53", "no-resolv", "pid-file=\(pidFile)", "address=/dvntm.deevnet.net/10.9.9.9"]
        try site.write(lines.joined(separator: "\n") + "\n", to: conf)
        #expect(try await site.run("dnsmasq", "--conf-file=\(conf)").status == 0)
        let other = try #require(site.text(pidFile).flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
        defer { kill(other, SIGKILL) }

        let plan = try await site.plan()
        #expect(plan.status == 3, "\(plan)")
        #expect(plan.results.contains("process/dnsmasq.\(other)") && plan.results.contains("udp 0.0.0.0:53"), "\(plan)")
        let applied = try await site.apply()
        #expect(applied.status == 3 && applied.complaints.contains("[DVN1218]"), "\(applied)")
        #expect(applied.complaints.contains("dvntm/provisioner-ph01/dnsmasq/process/dnsmasq.\(other)"), "\(applied)")
        let adopted = try await site.deevnet(
            "apply", "dvntm", "--auto-approve", "--adopt", "dvntm/provisioner-ph01/dnsmasq/process/dnsmasq.\(other)")
        #expect(adopted.status == 1 && adopted.complaints.contains("[DVN1219]"), "\(adopted)")
        #expect(LabSite.isAlive(other) && site.dnsmasq == nil)
        #expect(try await site.ask("hv01.dvntm.deevnet.net").data == ["10.9.9.9"])

        kill(other, SIGTERM)
        _ = try await eventually("the other is gone") { LabSite.isAlive(other) ? nil : true }
        #expect(try await site.apply().status == 0)
        #expect(try await site.servesTheSamples())
    }

    @Test func `a server of another network beside ours is in nobody's way`() async throws {
        try await site.settle()
        try await site.killDnsmasq()
        #expect(try await site.run("ip", "link", "add", "virbr0", "type", "veth", "peer", "name", "virbr1").status == 0)
        #expect(try await site.run("ip", "address", "add", "192.168.122.1/24", "dev", "virbr0").status == 0)
        #expect(try await site.run("ip", "link", "set", "virbr0", "up").status == 0)
        let (conf, pidFile) = ("/run/libvirt.conf", "/run/libvirt.pid")
        // As libvirt's default network has it.
        let lines = [
            "port=53", "no-resolv", "pid-file=\(pidFile)", "bind-dynamic", "interface=virbr0", "except-interface=lo",
            "dhcp-range=192.168.122.2,192.168.122.254", "dhcp-leasefile=/run/libvirt.leases",
        ]
        try site.write(lines.joined(separator: "\n") + "\n", to: conf)
        #expect(try await site.run("dnsmasq", "--conf-file=\(conf)").status == 0)
        let other = try #require(site.text(pidFile).flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
        defer { kill(other, SIGKILL) }
        let applied = try await site.apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(LabSite.isAlive(other))
        #expect(try await site.servesTheSamples())
        #expect(try await site.run("ip", "link", "delete", "virbr0").status == 0)
    }
}
