import Diagnostics
import Planning
import Targets
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

@Suite struct RenderTests {
    private func files() throws -> [String: String] {
        let graph = try Sample.graph()
        let provider = DnsmasqProvider(now: { 0 })
        #expect(provider.check(graph, graph.placements[0]).map(\.message) == [])
        let desired = provider.desired(graph, graph.placements[0])
        let files = DnsmasqFiles(site: "lab", servesDNS: true).render(desired)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    @Test func `the sample site's configuration is this, byte by byte`() throws {
        #expect(try files()["dnsmasq.conf"] == configuration)
    }

    @Test func `the sample site's names are these, the reverse name of an address first`() throws {
        #expect(try files()["hosts"] == hosts)
    }

    @Test func `the sample site's reservations carry their keys, and set no tag that a reload would trip over`() throws {
        #expect(
            try files()["reservations"] == """
                # written by deevnet; changes here are drift and will be undone
                02:de:00:02:00:01,192.0.2.21,hv01,43200 # hv01.mgmt
                02:de:00:02:00:02,192.0.2.22,hv02,43200 # hv02.mgmt

                """)
    }

    @Test func `the sample site's options name no router where there is none`() throws {
        #expect(
            try files()["options"] == """
                # written by deevnet; changes here are drift and will be undone
                tag:segment-management,option:dns-server,192.0.2.1
                tag:segment-management,option:domain-name,lab.example.org
                tag:segment-management,option:domain-search,lab.example.org
                tag:segment-management,option:ntp-server,192.0.2.1
                tag:segment-management,option:router,192.0.2.1
                tag:segment-trusted,option:dns-server
                tag:segment-trusted,option:domain-name,lab.example.org
                tag:segment-trusted,option:router

                """)
    }

    @Test func `the order of records, segments and reservations changes no byte`() throws {
        var graph = try Sample.graph()
        let before = DnsmasqProvider(now: { 0 }).desired(graph, graph.placements[0])
        graph.records.reverse()
        graph.reservations.reverse()
        graph.dhcp.reverse()
        graph.zones.reverse()
        graph.upstreams.reverse()
        let after = DnsmasqProvider(now: { 0 }).desired(graph, graph.placements[0])
        let mechanism = DnsmasqFiles(site: "lab", servesDNS: true)
        #expect(mechanism.render(before) == mechanism.render(after))
        #expect(before.resources.map(\.state) == after.resources.map(\.state))
    }

    @Test func `files are readable by a process that has dropped its rights`() throws {
        let graph = try Sample.graph()
        let desired = DnsmasqProvider(now: { 0 }).desired(graph, graph.placements[0])
        #expect(DnsmasqFiles(site: "lab", servesDNS: true).render(desired).map(\.mode) == [0o644, 0o644, 0o644, 0o644])
    }

    private let hosts = #"""
        # written by deevnet; changes here are drift and will be undone
        fd7f:7e05:e5ec:e27c:e119:7da0:f077:571b reloadable.loaded.deevnet.invalid
        192.0.2.1 builder-ph01.lab.example.org
        192.0.2.21 hv01.lab.example.org
        192.0.2.21 a-hv01.lab.mgmt.example.org
        192.0.2.22 hv02.lab.example.org
        192.0.2.129 builder-ph01-iot.lab.example.org
        2001:db8::1 builder-ph01.lab.example.org
        2001:db8::21 hv01.lab.example.org

        """#

    private let configuration = #"""
        # written by deevnet; changes here are drift and will be undone
        txt-record=static.loaded.deevnet.invalid,"74a83dc04b3c6faa4566df5f1a8cd9594492275c5556bef49d3e66f2bc233ae1"
        addn-hosts=/etc/deevnet/current/dnsmasq/lab/hosts
        bind-dynamic
        bogus-priv
        cache-size=10000
        dhcp-authoritative
        dhcp-fqdn
        dhcp-hostsfile=/etc/deevnet/current/dnsmasq/lab/reservations
        dhcp-ignore-names
        dhcp-lease-max=1000
        dhcp-leasefile=/var/lib/deevnet/dnsmasq-lab.leases
        dhcp-optsfile=/etc/deevnet/current/dnsmasq/lab/options
        domain=lab.example.org
        domain-needed
        domain=lab.example.org,192.0.2.0/25
        domain=lab.example.org,192.0.2.128/25
        enable-tftp
        group=nogroup
        interface=eth1.10
        interface=eth1.99
        local-ttl=300
        no-hosts
        no-resolv
        pid-file=/run/deevnet/dnsmasq-lab.pid
        port=53
        server=198.51.100.53
        server=2001:db8:53::53
        tftp-no-fail
        tftp-root=/srv/tftp
        user=dnsmasq
        local=/2.0.192.in-addr.arpa/
        local=/lab.example.org/
        local=/lab.mgmt.example.org/
        local=/loaded.deevnet.invalid/
        cname=artifacts.lab.example.org,builder-ph01.lab.example.org
        cname=pve.lab.example.org,artifacts.lab.example.org
        ptr-record=77.2.0.192.in-addr.arpa,old.lab.example.org
        srv-host=_sip._tcp.lab.example.org,hv01.lab.example.org,5060,1,2
        mx-host=lab.example.org,hv01.lab.example.org,10
        dns-rr=lab.example.org,2,0c6275696c6465722d70683031036c6162076578616d706c65036f726700
        txt-record=lab.example.org,"v=spf1, \"all\" \\ # end"
        dhcp-range=set:segment-management,192.0.2.100,192.0.2.120,255.255.255.128,43200
        dhcp-range=set:segment-trusted,192.0.2.128,static,255.255.255.128,infinite
        dhcp-mac=set:client-netboot,02:de:00:02:00:02
        dhcp-boot=tag:arch-bios,tag:!client-ipxe,tag:client-netboot,undionly.kpxe
        dhcp-boot=tag:client-ipxe,tag:client-netboot,http://artifacts.lab.example.org/boot.ipxe
        dhcp-boot=tag:arch-uefi-arm64,tag:!client-ipxe,tag:client-netboot,arm64/ipxe.efi
        dhcp-boot=tag:arch-uefi-x64,tag:!client-ipxe,tag:client-netboot,x64/ipxe.efi
        dhcp-match=set:arch-bios,option:client-arch,0
        dhcp-match=set:client-ipxe,175
        dhcp-match=set:arch-uefi-arm64,option:client-arch,11
        dhcp-match=set:arch-uefi-x64,option:client-arch,7
        dhcp-match=set:arch-uefi-x64,option:client-arch,9
        dhcp-option=tag:client-ipxe,encap:175,176,1b

        """#
}
