/// A site with a slot for each field of the inventory. Files whose names hold a number can stand any number of times, each with other values.
enum PayloadTemplate {
    /// A piece of a file.
    enum Piece: Sendable, Equatable {
        case text(String)
        /// Where the value of a field stands.
        case slot(String)
    }

    /// A file in pieces.
    struct File: Sendable {
        let path: String
        let pieces: [Piece]
        var isNumbered: Bool { path.contains("№") }
        var slots: [String] { pieces.compactMap { if case .slot(let name) = $0 { name } else { nil } } }
    }

    /// Puts a copy's number into a text: `№n` is the number, `№m` the end of a MAC, `№16` and so on the end of an address.
    static func numbered(_ text: String, _ number: Int) -> String {
        guard text.contains("№") else { return text }
        let digits = String(10_000 + number).dropFirst()
        let mac = [number / 256, number % 256].map { String(256 + $0, radix: 16).dropFirst() }.joined(separator: ":")
        var result = text.replacing("№n", with: digits).replacing("№m", with: mac)
        for block in [16, 32, 48, 64] { result = result.replacing("№\(block)", with: "\(block + number / 150).\(number % 150 + 100)") }
        return result
    }

    static let files: [File] = texts.map { path, text in
        var pieces: [Piece] = []
        for (index, part) in text.split(separator: "⟦", omittingEmptySubsequences: false).enumerated() {
            guard index > 0 else {
                pieces.append(.text(String(part)))
                continue
            }
            let halves = part.split(separator: "⟧", maxSplits: 1, omittingEmptySubsequences: false)
            pieces += [.slot(String(halves[0])), .text(String(halves[1]))]
        }
        return File(path: path, pieces: pieces)
    }

    private static let texts: [(String, String)] = [
        (
            "inventory/a-№n.yml",
            """
            aliases:
              ? ⟦inventory/aliases.*⟧
              : site: ⟦inventory/aliases.*.site⟧
                service: ⟦inventory/aliases.*.service⟧

            """
        ),
        (
            "inventory/deevnet.yml",
            """
            deevnet:
              schema: ⟦inventory/deevnet.schema⟧
            organization:
              name: ⟦inventory/organization.name⟧
              root_domain: ⟦inventory/organization.root_domain⟧
              management_zone: ⟦inventory/organization.management_zone⟧
              host_names: ⟦inventory/organization.host_names⟧
            hardware:
              ? ⟦inventory/hardware.*⟧
              : display_name: ⟦inventory/hardware.*.display_name⟧
                arch: ⟦inventory/hardware.*.arch⟧
                firmware: ⟦inventory/hardware.*.firmware⟧
                boot_disk: ⟦inventory/hardware.*.boot_disk⟧
                management_nic: ⟦inventory/hardware.*.management_nic⟧
                gpu: ⟦inventory/hardware.*.gpu⟧
              plain: { arch: x86_64 }
            hosts:
              builder-ph01:
                form: ph
                interfaces:
                  mgmt:
                    mac: "02:de:10:03:00:01"
                    device: ⟦device of the server⟧
                  lan: { mac: "02:de:10:03:00:03", device: qzdev1 }
                  two: { mac: "02:de:10:03:00:04", device: qzdev2 }
                  three: { mac: "02:de:10:03:00:05" }
                  wan: { mac: "02:de:10:03:00:02", device: wlan0 }

            """
        ),
        (
            "inventory/h-№n.yml",
            """
            hosts:
              ? ⟦inventory/hosts.*⟧
              : form: ⟦inventory/hosts.*.form⟧
                hardware: ⟦inventory/hosts.*.hardware⟧
                formerly: ⟦inventory/hosts.*.formerly⟧
                interfaces:
                  ? ⟦inventory/hosts.*.interfaces.*⟧
                  : mac: ⟦inventory/hosts.*.interfaces.*.mac⟧
                    device: ⟦inventory/hosts.*.interfaces.*.device⟧

            """
        ),
        (
            "inventory/ignore.yml",
            """
            ignore:
              - code: ⟦inventory/ignore.code⟧
                reason: ⟦inventory/ignore.reason⟧
                until: ⟦inventory/ignore.until⟧

            """
        ),
        (
            "inventory/w-№n.yml",
            """
            workloads:
              ? ⟦inventory/workloads.*⟧
              : services:
                  - ⟦inventory/workloads.*.services⟧
                description: ⟦inventory/workloads.*.description⟧
              qzwlb№n: { description: another }

            """
        ),
        (
            "sites/lab/a-№n.yml",
            """
            aliases:
              ? ⟦site/aliases.*⟧
              : site: ⟦site/aliases.*.site⟧
                service: ⟦site/aliases.*.service⟧

            """
        ),
        (
            "sites/lab/b-№n.yml",
            """
            bindings:
              ? ⟦binding of inventory/hosts.*⟧
              : workloads:
                  - ⟦workload of the binding⟧
                interfaces:
                  ? ⟦interface of inventory/hosts.*⟧
                  : { segment: mgmtseg, addresses: [10.1.№32], assign: reserved }

            """
        ),
        (
            "sites/lab/firewall.yml",
            """
            firewall:
              default: ⟦site/firewall.default⟧
              internet:
                - ⟦site/firewall.internet⟧
              policies:
                - from: ⟦site/firewall.policies.from⟧
                  to: ⟦site/firewall.policies.to⟧
                  action: ⟦site/firewall.policies.action⟧
                  ports: ⟦site/firewall.policies.ports⟧
                  description: ⟦site/firewall.policies.description⟧

            """
        ),
        (
            "sites/lab/h-№n.yml",
            """
            hosts:
              ? ⟦site/hosts.*⟧
              : form: ⟦site/hosts.*.form⟧
                hardware: ⟦site/hosts.*.hardware⟧
                formerly: ⟦site/hosts.*.formerly⟧
                interfaces:
                  ? ⟦site/hosts.*.interfaces.*⟧
                  : mac: ⟦site/hosts.*.interfaces.*.mac⟧
                    device: ⟦site/hosts.*.interfaces.*.device⟧
            bindings:
              ? ⟦site/bindings.*⟧
              : lifecycle: ⟦site/bindings.*.lifecycle⟧
                workloads:
                  - ⟦site/bindings.*.workloads⟧
                managed: ⟦site/bindings.*.managed⟧
                interfaces:
                  ? ⟦site/bindings.*.interfaces.*⟧
                  : segment: ⟦site/bindings.*.interfaces.*.segment⟧
                    addresses:
                      - ⟦site/bindings.*.interfaces.*.addresses⟧
                    assign: ⟦site/bindings.*.interfaces.*.assign⟧
                    primary: ⟦site/bindings.*.interfaces.*.primary⟧
                    wol: ⟦site/bindings.*.interfaces.*.wol⟧

            """
        ),
        (
            "sites/lab/hosts.yml",
            """
            services:
              qzfixed: { host: builder-ph01, interface: mgmt }
            hosts:
              core-rt01: { form: rt, interfaces: { lan: { mac: "02:de:10:02:00:01" } } }
            bindings:
              builder-ph01:
                interfaces:
                  mgmt: { segment: mgmtseg, addresses: [10.1.0.5], primary: true }
                  two: { segment: qztwo, addresses: [10.1.129.5] }
                  three: { segment: qzthree, addresses: [10.1.130.5] }
                  lan:
                    segment: ⟦segment of the server⟧
                    addresses: [10.1.128.5]
                  wan: { addresses: dhcp }
              core-rt01:
                managed: false
                interfaces:
                  lan:
                    trunk: ⟦site/bindings.*.interfaces.*.trunk⟧
                    segments:
                      ? ⟦site/bindings.*.interfaces.*.segments.*⟧
                      : addresses:
                          - ⟦site/bindings.*.interfaces.*.segments.*.addresses⟧
                        assign: ⟦site/bindings.*.interfaces.*.segments.*.assign⟧

            """
        ),
        (
            "sites/lab/ignore.yml",
            """
            ignore:
              - code: ⟦site/ignore.code⟧
                reason: ⟦site/ignore.reason⟧
                until: ⟦site/ignore.until⟧
            ignore_drift:
              - address: ⟦site/ignore_drift.address⟧
                reason: ⟦site/ignore_drift.reason⟧

            """
        ),
        (
            "sites/lab/r-№n.yml",
            """
            records:
              ? ⟦site/records.*⟧
              : addresses:
                  - ⟦site/records.*.addresses⟧
                mx:
                  - preference: ⟦site/records.*.mx.preference⟧
                    host: ⟦site/records.*.mx.host⟧
                txt:
                  - ⟦site/records.*.txt⟧
                srv:
                  - priority: ⟦site/records.*.srv.priority⟧
                    weight: ⟦site/records.*.srv.weight⟧
                    port: ⟦site/records.*.srv.port⟧
                    host: ⟦site/records.*.srv.host⟧
                ns:
                  - ⟦site/records.*.ns⟧

            """
        ),
        (
            "sites/lab/s-№n.yml",
            """
            services:
              ? ⟦site/services.*⟧
              : host: ⟦site/services.*.host⟧
                interface: ⟦site/services.*.interface⟧
                description: ⟦site/services.*.description⟧
              qzsvcb№n: { service: ⟦site/services.*.service⟧ }
              qzsvcc№n: { authority: ⟦site/services.*.authority⟧ }

            """
        ),
        (
            "sites/lab/segments.yml",
            """
            segments:
              mgmtseg:
                prefixes: [10.1.0.0/17]
                gateway: 10.1.0.1
                dhcp: { mode: reservations }
              ? ⟦site/segments.*⟧
              : vlan: ⟦site/segments.*.vlan⟧
                prefixes:
                  - ⟦site/segments.*.prefixes⟧
                gateway:
                  - ⟦site/segments.*.gateway⟧
                dhcp: { mode: none }
                bootstrap:
                  dhcp:
                    mode: ⟦site/segments.*.bootstrap.dhcp.mode⟧
                    pool: ⟦site/segments.*.bootstrap.dhcp.pool⟧
                    lease: ⟦site/segments.*.bootstrap.dhcp.lease⟧
                    ntp:
                      - ⟦site/segments.*.bootstrap.dhcp.ntp⟧
                    dns:
                      - ⟦site/segments.*.bootstrap.dhcp.dns⟧
                external: ⟦site/segments.*.external⟧
                description: ⟦site/segments.*.description⟧
              qztwo:
                prefixes: [10.1.129.0/24]
                gateway: 10.1.129.1
                dhcp:
                  mode: ⟦site/segments.*.dhcp.mode⟧
                  pool: ⟦site/segments.*.dhcp.pool⟧
                  lease: ⟦site/segments.*.dhcp.lease⟧
                  ntp:
                    - ⟦site/segments.*.dhcp.ntp⟧
                  dns:
                    - ⟦site/segments.*.dhcp.dns⟧
              qzthree: { prefixes: [10.1.130.0/24], gateway: 10.1.130.1 }

            """
        ),
        (
            "sites/lab/site.yml",
            """
            site:
              name: ⟦site/site.name⟧
              domain: ⟦site/site.domain⟧
              blocks:
                - ⟦site/site.blocks⟧
              controller: ⟦site/site.controller⟧
              management_segment: ⟦site/site.management_segment⟧
              authority:
                mode: ⟦site/site.authority.mode⟧
                bootstrap:
                  host: ⟦site/site.authority.bootstrap.host⟧
                  segments:
                    - mgmtseg
                    - qztwo
                    - ⟦site/site.authority.bootstrap.segments⟧
                  uplink: ⟦site/site.authority.bootstrap.uplink⟧
                  dns: ⟦site/site.authority.bootstrap.dns⟧
                  dhcp: ⟦site/site.authority.bootstrap.dhcp⟧
                  tftp: ⟦site/site.authority.bootstrap.tftp⟧
                  gateway: ⟦site/site.authority.bootstrap.gateway⟧
                production:
                  dns:
                    host: ⟦site/site.authority.production.dns.host⟧
                    provider: ⟦site/site.authority.production.dns.provider⟧
                  dhcp:
                    host: ⟦site/site.authority.production.dhcp.host⟧
                    provider: ⟦site/site.authority.production.dhcp.provider⟧
                  tftp:
                    host: ⟦site/site.authority.production.tftp.host⟧
                    provider: ⟦site/site.authority.production.tftp.provider⟧
                  gateway:
                    host: ⟦site/site.authority.production.gateway.host⟧
                    provider: ⟦site/site.authority.production.gateway.provider⟧
              dns:
                upstreams:
                  - ⟦site/site.dns.upstreams⟧
                ttl: ⟦site/site.dns.ttl⟧
              dhcp:
                lease: ⟦site/site.dhcp.lease⟧
                ntp:
                  - ⟦site/site.dhcp.ntp⟧
                search:
                  - ⟦site/site.dhcp.search⟧
              netboot:
                clients: ⟦site/site.netboot.clients⟧
                root: ⟦site/site.netboot.root⟧
                files:
                  bios: ⟦site/site.netboot.files.bios⟧
                  uefi-x64: ⟦site/site.netboot.files.uefi-x64⟧
                  uefi-arm64: ⟦site/site.netboot.files.uefi-arm64⟧
                chain:
                  service: ⟦site/site.netboot.chain.service⟧
                  path: ⟦site/site.netboot.chain.path⟧

            """
        ),
    ]
}
