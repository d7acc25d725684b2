import Foundation
import Testing

/// What the site's DNS server answers, asked over the wire.
@Suite(.needsLab, .site, .serialized)
struct NameTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    @Test(
        arguments: [
            ("hv01.dvntm.deevnet.net", "A", ["10.20.99.21"]),
            ("hv01.dvntm.mgmt.deevnet.net", "A", ["10.20.99.21"]),
            ("HV01.DVNTM.deevnet.net", "A", ["10.20.99.21"]),
            ("core-rt01.dvntm.deevnet.net", "A", ["10.20.99.1"]),
            ("core-rt01-guest.dvntm.deevnet.net", "A", ["10.20.40.1"]),
            ("store-ph01-storage.dvntm.deevnet.net", "A", ["10.20.20.11"]),
            ("vpn.dvntm.deevnet.net", "A", ["203.0.113.10"]),
            ("console-pi01.dvntm.deevnet.net", "AAAA", ["fd00:20:99::31"]),
            ("dvntm.deevnet.net", "MX", ["10 app-vm01.dvntm.deevnet.net."]),
            ("dvntm.deevnet.net", "TXT", ["\"v=spf1 mx -all\""]),
            ("_dmarc.dvntm.deevnet.net", "TXT", ["\"v=DMARC1; p=reject\""]),
            ("dvntm.deevnet.net", "NS", ["core-rt01.dvntm.deevnet.net."]),
            ("_mqtt._tcp.dvntm.deevnet.net", "SRV", ["0 0 1883 broker-pi01.dvntm.deevnet.net."]),
            ("21.99.20.10.in-addr.arpa", "PTR", ["hv01.dvntm.deevnet.net."]),
            ("11.20.20.10.in-addr.arpa", "PTR", ["store-ph01-storage.dvntm.deevnet.net."]),
            (
                "1.3.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.9.9.0.0.0.2.0.0.0.0.d.f.ip6.arpa", "PTR",
                ["console-pi01.dvntm.deevnet.net."]
            ),
        ])
    func `what the inventory says is answered`(name: String, type: String, expected: [String]) async throws {
        let reply = try await site.ask(name, type)
        #expect(reply.status == "NOERROR")
        #expect(reply.data == expected)
    }

    @Test(
        arguments: [
            ("pxe.dvntm.deevnet.net", ["artifacts.dvntm.deevnet.net.", "provisioner-ph01.dvntm.mgmt.deevnet.net.", "10.20.99.95"]),
            ("ntp.dvntm.deevnet.net", ["console-pi01.dvntm.mgmt.deevnet.net.", "10.20.99.31"]),
            ("files.dvntm.deevnet.net", ["store-ph01-storage.dvntm.deevnet.net.", "10.20.20.11"]),
            ("sdr.dvntm.deevnet.net", ["radio-pi01.dvntm.deevnet.net.", "10.20.25.31"]),
            (
                "artifacts.deevnet.net",
                ["artifacts.dvntm.deevnet.net.", "provisioner-ph01.dvntm.mgmt.deevnet.net.", "10.20.99.95"]
            ),
        ])
    func `a service's name is followed to its address in one answer`(name: String, chain: [String]) async throws {
        let reply = try await site.ask(name)
        #expect(reply.status == "NOERROR")
        #expect(reply.data == chain)
        #expect(reply.records.dropLast().allSatisfy { $0.type == "CNAME" })
    }

    @Test func `a service on a host with both families has both addresses`() async throws {
        #expect(try await site.ask("console.dvntm.deevnet.net", "AAAA").data == ["console-pi01.dvntm.mgmt.deevnet.net.", "fd00:20:99::31"])
    }

    @Test func `both authority modes answer under the roles' names`() async throws {
        for role in ["dns", "tftp", "gateway"] {
            #expect(try await site.ask("\(role).dvntm.deevnet.net").data.last == "10.20.99.95")
        }
    }

    @Test(
        arguments: [
            ("nobody.dvntm.deevnet.net", "A"), ("nobody.dvntm.deevnet.net", "TXT"), ("nobody.dvntm.mgmt.deevnet.net", "AAAA"),
            ("77.99.20.10.in-addr.arpa", "PTR"), ("7.7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.9.9.0.0.0.2.0.0.0.0.d.f.ip6.arpa", "PTR"),
            ("77.7.168.192.in-addr.arpa", "PTR"), ("unknown.loaded.deevnet.invalid", "A"),
        ])
    func `a name of ours that isn't there doesn't exist`(name: String, type: String) async throws {
        let reply = try await site.ask(name, type)
        #expect(reply.status == "NXDOMAIN")
        #expect(reply.records == [])
    }

    @Test func `a name that is there has no record of another type`() async throws {
        let reply = try await site.ask("hv01.dvntm.deevnet.net", "AAAA")
        #expect(reply.status == "NOERROR")
        #expect(reply.records == [])
    }

    @Test func `every answer comes over TCP too`() async throws {
        let reply = Reply(
            dig: try await site.run("dig", "@10.20.99.95", "+tcp", "+noall", "+comments", "+answer", "hv01.dvntm.deevnet.net").results)
        #expect(reply.data == ["10.20.99.21"])
    }

    @Test func `only names that aren't ours are asked upstream`() async throws {
        try await startUpstream()
        #expect(try await site.ask("www.example.org").data == ["198.51.100.7"])
        // A global alias is one name: what lies beside and below it is somebody else's.
        #expect(try await site.ask("www.deevnet.net").data == ["198.51.100.7"])
        #expect(try await site.ask("below.artifacts.deevnet.net").data == ["198.51.100.7"])
        let ours = [
            ("nobody.dvntm.deevnet.net", "A"), ("nobody.dvntm.mgmt.deevnet.net", "A"), ("hv01.dvntm.deevnet.net", "AAAA"),
            ("dvntm.deevnet.net", "SOA"), ("77.99.20.10.in-addr.arpa", "PTR"), ("_none._tcp.dvntm.deevnet.net", "SRV"),
            ("pxe.dvntm.deevnet.net", "TXT"),
            ("7.7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.9.9.0.0.0.2.0.0.0.0.d.f.ip6.arpa", "PTR"), ("static.loaded.deevnet.invalid", "A"),
            ("hv01", "A"), ("artifacts.deevnet.net", "TXT"), ("artifacts.deevnet.net", "AAAA"), ("artifacts.deevnet.net", "SOA"),
        ]
        for (name, type) in ours { _ = try await site.ask(name, type) }
        // Asked last, so that what was asked before would be in the log by now.
        #expect(try await site.ask("mail.example.org").data == ["198.51.100.7"])
        let log = try await site.lab(["logs", "stranger", "upstream"]).results
        let asked = log.split(separator: "\n").filter { $0.contains("query[") }
        #expect(asked.count >= 2)
        #expect(
            asked.filter { !$0.contains("example.org") && !$0.contains(" www.deevnet.net ") && !$0.contains(" below.artifacts.") } == [])
    }

    /// A server on another machine that has the upstreams' addresses and answers everything alike.
    private func startUpstream() async throws {
        let setUp =
            "ip addr add 9.9.9.9/32 dev eth0 && ip addr add 149.112.112.112/32 dev eth0 && ip route add 10.20.99.0/24 dev eth0 src 9.9.9.9"
        _ = try await site.run(on: "stranger", "sh", "-c", setUp)
        _ = try await site.run("sh", "-c", "ip route add 9.9.9.9 dev eth0 && ip route add 149.112.112.112 dev eth0")
        let daemon = [
            "dnsmasq", "-k", "--conf-file=", "--no-hosts", "--no-resolv", "--log-queries", "--log-facility=-", "--address=/#/198.51.100.7",
        ]
        let started = try await site.lab(["start", "stranger", "upstream", "--ready", "udp:53", "--"] + daemon)
        try #require(started.status == 0, "\(started)")
    }
}
