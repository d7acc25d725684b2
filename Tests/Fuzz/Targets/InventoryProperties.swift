import Diagnostics
import Dnsmasq
import InventorySchema
import Planning
import SiteCompiler
import Targets

/// What is promised of an inventory with a hostile file in it, from decoding to the files that dnsmasq would be given.
struct InventoryProperties {
    /// Where the file stands; the other half of the inventory is one in which nothing is wrong.
    enum Half {
        case inventory
        case site
    }

    private let files: [(path: String, bytes: [UInt8])]
    private let sources: SourceFiles

    init(_ half: Half, _ bytes: [UInt8]) {
        files =
            switch half {
            case .inventory: [("inventory/fuzz.yml", bytes), ("sites/lab/lab.yml", Array(Self.site.utf8))]
            case .site: [("inventory/inventory.yml", Array(Self.inventory.utf8)), ("sites/lab/fuzz.yml", bytes)]
            }
        sources = SourceFiles(files)
    }

    func hold() async throws(Violation) {
        let (first, second) = (await Outcome(files), await Outcome(files))
        try sources.check(first.findings)
        try require(first.findings == second.findings, "read again, other findings")
        try require(first.renderings == second.renderings, "read again, other files for dnsmasq")
        for (placement, desired) in first.desired {
            try DnsmasqProperties.hold(
                desired.resources.map(\.state).filter { $0.kind != .service }, servesDNS: placement.roles.contains(.dns))
        }
    }

    /// What the inventory comes to, as the program makes it: sites with an error are left out.
    private struct Outcome {
        let findings: [Diagnostic]
        let desired: [(placement: Placement, set: DesiredSet<DnsmasqState>)]

        init(_ files: [(path: String, bytes: [UInt8])]) async {
            let (inventory, decoding) = InventoryLoader.load(files: files)
            var findings = decoding.all
            var desired: [(Placement, DesiredSet<DnsmasqState>)] = []
            let broken = Set(decoding.all.lazy.filter { $0.severity == .error }.map(\.site))
            if !broken.contains(nil) {
                let whole = Set(inventory.sites.map(\.name)).subtracting(broken.compactMap { $0 })
                let compilation = await SiteCompiler.compile(inventory, sites: whole)
                findings += compilation.diagnostics.all
                for graph in compilation.graphs {
                    for placement in graph.placements where placement.provider == .dnsmasq {
                        let (found, set) = DnsmasqProvider(now: { 0 }).derive(graph, placement)
                        findings += found
                        desired.append((placement, set))
                    }
                }
            }
            self.findings = findings.sorted()
            self.desired = desired
        }

        var renderings: [[UInt8]] {
            desired.flatMap { DnsmasqFiles(site: $0.placement.site, servesDNS: true).render($0.set).map(\.bytes) }
        }
    }
}

extension InventoryProperties {
    /// An organisation with a host that has two interfaces, and one that serves.
    static let inventory = """
        deevnet: { schema: 1 }
        organization: { name: deevnet, root_domain: deevnet.net, management_zone: mgmt.deevnet.net }
        hardware:
          optiplex: { display_name: "OptiPlex", arch: x86_64, firmware: uefi, boot_disk: /dev/sda, management_nic: mgmt }
        hosts:
          hv01:
            form: hv
            hardware: optiplex
            interfaces: { mgmt: { mac: "02:de:10:01:00:01", device: eno1 }, lan: { mac: unknown } }
          builder-ph01: { form: ph, interfaces: { mgmt: { mac: "02:de:10:03:00:01", device: eth1 }, wan: { mac: "02:de:10:03:00:02" } } }
        workloads:
          sdr: { services: [radio], description: "Software defined radio" }

        """

    /// A site with something of everything, on those hosts.
    static let site = """
        site:
          name: lab
          domain: lab.deevnet.net
          blocks: [10.1.0.0/16, fd00:1::/32]
          authority:
            mode: bootstrap
            bootstrap: { host: builder-ph01, segments: [management, trusted], dns: dnsmasq, dhcp: dnsmasq, tftp: dnsmasq, uplink: wan }
          dns: { upstreams: [192.0.2.53], ttl: 5m }
          dhcp: { lease: 12h, ntp: [ntp], search: [mgmt.deevnet.net] }
          netboot:
            clients: provisioning
            root: /srv/tftp
            files: { bios: undionly.kpxe, uefi-x64: snponly.efi }
            chain: { service: artifacts, path: /boot.ipxe }
        segments:
          management:
            vlan: 99
            prefixes: [10.1.99.0/24]
            gateway: 10.1.99.1
            dhcp: { mode: reservations }
            bootstrap: { dhcp: { mode: pool, pool: 10.1.99.100-10.1.99.200 } }
          trusted: { vlan: 10, prefixes: [10.1.10.0/24, fd00:1:10::/64], gateway: 10.1.10.1, dhcp: { mode: pool, pool: 10.1.10.100-10.1.10.200 } }
        bindings:
          hv01:
            lifecycle: provisioning
            workloads: [sdr]
            interfaces:
              mgmt: { segment: management, addresses: [10.1.99.21], assign: reserved, primary: true }
              lan: { segment: trusted, addresses: [10.1.10.21, "fd00:1:10::21"] }
          builder-ph01:
            interfaces:
              mgmt: { trunk: true, segments: { management: { addresses: gateway }, trusted: { addresses: gateway } } }
              wan: { addresses: dhcp }
        services:
          artifacts: { host: builder-ph01 }
          ntp: { host: builder-ph01 }
          pve: { host: hv01 }
        records:
          "@": { mx: [{ preference: 10, host: mail }], txt: ["v=spf1 -all"] }
          mail: { addresses: [10.1.10.9] }
        firewall:
          default: drop
          internet: [management]
          policies: [{ from: management, to: [trusted], action: accept, ports: [tcp/22] }]
        aliases:
          files.deevnet.net: { site: lab, service: artifacts }

        """
}
