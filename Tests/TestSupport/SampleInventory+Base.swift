extension SampleInventory {
    /// An organisation with two sites in which nothing is found: `lab` has a bit of everything, `away` the least that a site can have.
    public static let base = SampleInventory([
        "inventory/deevnet.yml": """
        deevnet: { schema: 1 }
        organization: { name: example, root_domain: example.org, management_zone: mgmt.example.org }

        """,
        "inventory/hardware.yml": """
        hardware:
          opti: { display_name: "Example 7050", arch: x86_64, firmware: uefi, boot_disk: /dev/nvme0n1, management_nic: mgmt, gpu: false }

        """,
        "inventory/hosts.yml": """
        hosts:
          hv01:
            form: hv
            hardware: opti
            interfaces:
              mgmt: { mac: "02:de:10:01:00:01", device: eno1 }
              lan: { mac: "02:de:10:01:00:02", device: eno2 }
          core-rt01:
            form: rt
            interfaces:
              lan: { mac: "02:de:10:02:00:01", device: eth1 }
              wan: { mac: "02:de:10:02:00:02", device: eth0 }

        """,
        "inventory/workloads.yml": """
        workloads:
          sdr: { services: [radio], description: "Software defined radio" }

        """,
        "sites/away/away.yml": """
        site:
          name: away
          domain: away.example.org
          blocks: [10.2.0.0/16]
          authority:
            mode: bootstrap
            bootstrap: { host: away-ph01, segments: [lan], dns: dnsmasq, dhcp: dnsmasq }
        segments:
          lan: { prefixes: [10.2.1.0/24], gateway: 10.2.1.1, dhcp: { mode: pool, pool: 10.2.1.100-10.2.1.200 } }
        hosts:
          away-ph01: { form: ph, interfaces: { lan: { mac: "02:de:20:01:00:01" } } }
        bindings:
          away-ph01: { interfaces: { lan: { segment: lan, addresses: [10.2.1.5] } } }

        """,
        "sites/lab/firewall.yml": """
        firewall:
          default: drop
          internet: [management, trusted]
          policies:
            - { from: management, to: [trusted, iot], action: accept }
            - { from: trusted, to: iot, action: accept, ports: [tcp/1883, udp/5000-5010] }

        """,
        "sites/lab/hosts.yml": """
        hosts:
          builder-ph01:
            form: ph
            interfaces:
              mgmt: { mac: "02:de:10:03:00:01", device: enp1s0 }
              wan: { mac: "02:de:10:03:00:02", device: wlan0 }
          edge-rt01: { form: rt }
        bindings:
          hv01:
            lifecycle: provisioning
            workloads: [sdr]
            interfaces:
              mgmt: { segment: management, addresses: [10.1.99.21], assign: reserved, primary: true, wol: true }
              lan: { segment: iot, addresses: [10.1.25.21] }
          core-rt01:
            interfaces:
              lan: { trunk: true, segments: { management: { addresses: gateway }, trusted: { addresses: gateway }, iot: { addresses: gateway } } }
              wan: { segment: isp, addresses: dhcp }
          builder-ph01:
            interfaces:
              mgmt: { segment: management, addresses: [10.1.99.5] }
              wan: { addresses: dhcp }
          edge-rt01: { managed: false, interfaces: { lan1: { segment: isp, addresses: [192.0.2.1] } } }

        """,
        "sites/lab/segments.yml": """
        segments:
          management:
            vlan: 99
            prefixes: [10.1.99.0/24]
            gateway: 10.1.99.1
            dhcp: { mode: reservations }
            bootstrap: { dhcp: { mode: pool, pool: 10.1.99.100-10.1.99.200 } }
          trusted:
            vlan: 10
            prefixes: [10.1.10.0/24, fd00:1:10::/64]
            gateway: [10.1.10.1, fd00:1:10::1]
            dhcp: { mode: pool, pool: 10.1.10.100-10.1.10.200, lease: 1h }
          iot:
            vlan: 25
            prefixes: [10.1.25.0/24]
            gateway: 10.1.25.1
            dhcp: { mode: none }
            description: "Cameras and sensors"
          blackhole: { vlan: 999 }
          isp: { prefixes: [192.0.2.0/24], external: true }

        """,
        "sites/lab/services.yml": """
        services:
          artifacts: { host: builder-ph01, interface: mgmt, description: "Artifact store" }
          files: { service: artifacts }
          dns: { authority: dns }
          ntp: { host: builder-ph01 }
        records:
          "@": { mx: [{ preference: 10, host: mail }], txt: ["v=spf1 -all"], ns: builder-ph01 }
          mail: { addresses: [10.1.25.9] }
          _sip._udp: { srv: [{ priority: 0, weight: 0, port: 5060, host: mail }] }
        aliases:
          files.example.org: { site: lab, service: files }

        """,
        "sites/lab/site.yml": """
        site:
          name: lab
          domain: lab.example.org
          blocks: [10.1.0.0/16, fd00:1::/32]
          controller: builder-ph01
          management_segment: management
          authority:
            mode: bootstrap
            bootstrap:
              { host: builder-ph01, segments: [management], dns: dnsmasq, dhcp: dnsmasq, tftp: dnsmasq, gateway: nftables, uplink: wan }
            production:
              dns: { host: core-rt01, provider: unbound }
              dhcp: { host: core-rt01, provider: kea }
              gateway: { host: core-rt01, provider: nftables }
          dns: { upstreams: [192.0.2.53], ttl: 5m }
          dhcp: { lease: 12h, ntp: [ntp], search: [mgmt.example.org] }
          netboot:
            clients: provisioning
            root: /srv/tftp
            files: { bios: undionly.kpxe, uefi-x64: snponly.efi }
            chain: { service: artifacts, path: /boot.ipxe }

        """,
    ])
}
