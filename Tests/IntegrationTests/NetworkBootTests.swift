import Testing

/// Which machine is given which boot file.
@Suite(.needsLab, .site, .serialized)
struct NetworkBootTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    @Test(arguments: [("0", "undionly.kpxe"), ("7", "snponly.efi"), ("9", "snponly.efi"), ("11", "snponly-arm64.efi")])
    func `a host in provisioning is given the boot file of its architecture`(architecture: String, file: String) async throws {
        let lease = try #require(try await site.rawLease(on: "hv02", "--arch", architecture))
        #expect(lease.address == "10.20.99.22")
        #expect(lease.bootFile == file)
        #expect(lease.nextServer == "10.20.99.95")
    }

    @Test(arguments: ["0", "7", "9", "11"])
    func `iPXE on a host in provisioning is given the chain's address by name`(architecture: String) async throws {
        let lease = try #require(try await site.rawLease(on: "hv02", "--arch", architecture, "--ipxe"))
        #expect(lease.bootFile == "http://artifacts.dvntm.deevnet.net/boot.ipxe")
    }

    @Test func `the chain's name leads to an address on the machine's own segment`() async throws {
        #expect(try await site.ask("artifacts.dvntm.deevnet.net").data.last == "10.20.99.95")
    }

    @Test(arguments: [["--arch", "0"], ["--arch", "7"], ["--arch", "9"], ["--arch", "11"], ["--arch", "7", "--ipxe"]])
    func `an active host is never given a boot file`(options: [String]) async throws {
        let lease = try #require(try await site.rawLease(on: "hv01", options))
        #expect(lease.address == "10.20.99.21")
        #expect(lease.bootFile == nil)
    }

    @Test func `a stranger is never given a boot file`() async throws {
        for options in [["--arch", "0"], ["--arch", "7"], ["--arch", "7", "--ipxe"]] {
            let lease = try #require(try await site.rawLease(on: "stranger", options))
            #expect(lease.bootFile == nil, "\(options)")
        }
    }

    @Test func `an architecture without a file, and a client that doesn't boot, are given none`() async throws {
        #expect(try #require(try await site.rawLease(on: "hv02", "--arch", "6")).bootFile == nil)
        #expect(try #require(try await site.rawLease(on: "hv02")).bootFile == nil)
    }

    @Test func `a commit to active disarms the host, and one to provisioning arms it`() async throws {
        let file = "sites/dvntm/hosts.yml"
        try await site.commit(file, replacing: "lifecycle: provisioning", with: "lifecycle: active #")
        #expect(try await site.apply().status == 0)
        #expect(try #require(try await site.rawLease(on: "hv02", "--arch", "7")).bootFile == nil)
        try await site.commit(file, replacing: "lifecycle: active #", with: "lifecycle: provisioning")
        #expect(try await site.apply().status == 0)
        #expect(try #require(try await site.rawLease(on: "hv02", "--arch", "7")).bootFile == "snponly.efi")
    }
}
