import Foundation
import Testing

/// Addresses and what comes with them, asked for by real DHCP clients.
@Suite(.needsLab, .site, .serialized)
struct AddressTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    @Test(arguments: ["udhcpc", "dhclient"])
    func `a known machine gets its reserved address and all that its segment says`(client: String) async throws {
        let lease = try #require(try await site.lease(on: "hv01", client: client))
        #expect(lease.address == "10.20.99.21")
        #expect(lease.netmask == "255.255.255.0")
        #expect(lease.router == "10.20.99.1")
        #expect(lease.dns == "10.20.99.95")
        #expect(lease.domain == "dvntm.deevnet.net")
        #expect(lease.hostname == "hv01")
        #expect(lease.ntp == "10.20.99.31")
        #expect(lease.lease == "43200")
        #expect(lease.server == "10.20.99.95")
    }

    @Test func `a client is told where to search for short names`() async throws {
        let lease = try #require(try await site.rawLease(on: "hv01"))
        // RFC 3397: dvntm.deevnet.net, then dvntm.mgmt and a pointer to the deevnet.net of the first.
        #expect(lease.search == "0564766e746d07646565766e6574036e6574000564766e746d046d676d74c006")
    }

    @Test func `a machine finds others by name with nothing but its lease`() async throws {
        _ = try #require(try await site.lease(on: "hv01"))
        #expect(try await site.ask("console.dvntm.deevnet.net", from: "hv01").data.last == "10.20.99.31")
        let found = try await site.run(on: "hv01", "getent", "ahostsv4", "pve")
        #expect(found.results.hasPrefix("10.20.99.21"), "\(found)")
    }

    @Test(arguments: ["udhcpc", "dhclient"])
    func `a stranger gets an address of the pool, the same options and no name`(client: String) async throws {
        let lease = try #require(try await site.lease(on: "stranger", client: client))
        let address = try #require(lease.address)
        let last = try #require(address.split(separator: ".").last.flatMap { Int($0) })
        #expect(address.hasPrefix("10.20.99.") && (100...200).contains(last), "\(address)")
        #expect(lease.router == "10.20.99.1")
        #expect(lease.dns == "10.20.99.95")
        #expect(lease.domain == "dvntm.deevnet.net")
        #expect(lease.hostname == nil)
    }

    @Test func `a stranger can't put a name of its own into the zone`() async throws {
        _ = try #require(try await site.lease(on: "stranger", "--hostname", "wpad"))
        #expect(try await site.ask("wpad.dvntm.deevnet.net").status == "NXDOMAIN")
    }

    @Test func `a stranger that calls itself the builder changes nothing about the builder`() async throws {
        let lease = try #require(try await site.rawLease(on: "stranger", "--hostname", "provisioner-ph01"))
        #expect(try await site.ask("provisioner-ph01.dvntm.deevnet.net").data == ["10.20.99.95"])
        let reverse = try await site.run("dig", "@10.20.99.95", "+short", "-x", lease.address)
        #expect(reverse.results == "")
    }

    @Test func `nobody but the builder offers addresses`() async throws {
        let found = try await site.lab(["dhcp", "hv02", "discover", "--wait", "1"])
        #expect(found.results.contains("\"10.20.99.95\""))
        #expect(found.results.components(separatedBy: "\"server\":").count == 2, "\(found)")
    }
}
