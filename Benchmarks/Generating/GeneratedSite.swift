/// One site of a generated inventory: what it has, and how much of each segment is given out.
struct GeneratedSite {
    /// From 1: the second byte of its addresses, the third of its MACs.
    let number: Int
    private(set) var hosts: [GeneratedHost] = []
    private var used = [Int](repeating: SegmentPlan.firstHost, count: SegmentPlan.all.count)

    /// `branch07`.
    var name: String { "branch" + padded(number, 2) }

    /// Makes a site of so many hosts, its builder and its router among them.
    init(number: Int, hostCount: Int, _ random: inout SeededGenerator) {
        self.number = number
        hosts.append(server("provisioner-ph01", form: "ph", address: 3, instance: 1))
        hosts.append(server("core-rt01", form: "rt", address: nil, instance: 2))
        for index in 2..<max(2, hostCount) { hosts.append(host(index, &random)) }
    }

    // MARK: Hosts

    /// The builder stands in every segment with an address of its own, the router with the gateway's.
    private func server(_ name: String, form: String, address: Int?, instance: Int) -> GeneratedHost {
        let members = SegmentPlan.all.indices.map { index in
            let own = address.map { "[\(SegmentPlan.address(site: number, segment: index, number: $0))]" } ?? "gateway"
            return "          \(SegmentPlan.all[index].name): { addresses: \(own) }\n"
        }
        return GeneratedHost(
            name: name, segment: 0, isActive: true,
            identity: """
                  \(name):
                    form: \(form)
                    hardware: mini-pc-2nic
                    interfaces:
                      lan: { mac: "\(mac(0, instance))", device: eth0 }

                """,
            binding: """
                  \(name):
                    interfaces:
                      lan:
                        trunk: true
                        primary: true
                        segments:

                """ + members.joined())
    }

    private mutating func host(_ index: Int, _ random: inout SeededGenerator) -> GeneratedHost {
        let kind = HostKind.any(&random)
        let name = "\(kind.roles.randomElement(using: &random) ?? kind.form)-\(kind.form)\(padded(index, 4))"
        let count = random.chance(kind.singlePercent) ? 1 : kind.interfaces.count
        let lifecycle = lifecycle(&random)
        var identity = "  \(name):\n    form: \(kind.form)\n"
        if let hardware = kind.hardware { identity += "    hardware: \(hardware)\n" }
        identity += "    interfaces:\n"
        var binding = "  \(name):\n"
        if lifecycle != "active" { binding += "    lifecycle: \(lifecycle)\n" }
        if !kind.isManaged { binding += "    managed: false\n" }
        binding += "    interfaces:\n"
        var first = 0
        for (position, interface) in kind.interfaces.prefix(count).enumerated() {
            let segment = interface.segments.randomElement(using: &random) ?? 0
            if position == 0 { first = segment }
            let device = interface.device.map { ", device: \($0)" } ?? ""
            identity += "      \(interface.label): { mac: \"\(mac(index, position + 1))\"\(device) }\n"
            let address = SegmentPlan.address(site: number, segment: segment, number: take(segment))
            let mark = count > 1 && position == 0 ? ", primary: true" : ""
            binding +=
                "      \(interface.label): { segment: \(SegmentPlan.all[segment].name), addresses: [\(address)], assign: reserved\(mark) }\n"
        }
        return GeneratedHost(name: name, segment: first, isActive: lifecycle == "active", identity: identity, binding: binding)
    }

    private func lifecycle(_ random: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<3: "provisioning"
        case 3..<5: "standby"
        case 5..<6: "maintenance"
        default: "active"
        }
    }

    private mutating func take(_ segment: Int) -> Int {
        defer { used[segment] += 1 }
        precondition(
            used[segment] < SegmentPlan.firstHost + SegmentPlan.capacity, "segment \(SegmentPlan.all[segment].name) of \(name) is full")
        return used[segment]
    }

    /// Locally administered, and unique in the organisation: site, host, interface.
    private func mac(_ host: Int, _ instance: Int) -> String {
        let bytes = [0x02, 0xde, number, host >> 8 & 255, host & 255, instance]
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }

    // MARK: What the site has once

    /// `site.yml`: the builder serves every segment, so that everything is planned.
    var settings: String {
        """
        site:
          name: \(name)
          domain: \(name).deevnet.net
          blocks: [10.\(number).0.0/16]
          controller: provisioner-ph01
          management_segment: management

          authority:
            mode: bootstrap
            bootstrap:
              host: provisioner-ph01
              segments: [\(SegmentPlan.all.map(\.name).joined(separator: ", "))]
              dns: dnsmasq
              dhcp: dnsmasq
              tftp: dnsmasq
            production:
              dns: { host: core-rt01, provider: unbound }
              dhcp: { host: core-rt01, provider: kea }
              gateway: { host: core-rt01, provider: nftables }

          dns:
            upstreams: [9.9.9.9, 149.112.112.112]
            ttl: 5m

          dhcp:
            lease: 12h
            ntp: [ntp]
            search: [\(name).mgmt.deevnet.net]

          netboot:
            clients: provisioning
            root: /srv/tftp
            files: { bios: undionly.kpxe, uefi-x64: snponly.efi, uefi-arm64: snponly-arm64.efi }
            chain: { service: artifacts, path: /boot.ipxe }

        """
    }

    /// `services.yml`: a service for about every tenth host that is in use.
    func services(_ random: inout SeededGenerator) -> String {
        var text = """
            services:
              artifacts: { host: provisioner-ph01, description: "Images, answer files, boot scripts" }
              pxe: { service: artifacts }
              ntp: { host: core-rt01 }
              dns: { authority: dns }

            """
        for host in hosts.dropFirst(2) where host.isActive && random.chance(10) { text += "  svc-\(host.name): { host: \(host.name) }\n" }
        return text
    }

    /// `firewall.yml`.
    var firewall: String {
        let others = SegmentPlan.all.dropFirst().map(\.name).joined(separator: ", ")
        return """
            firewall:
              default: drop
              internet: [management, trusted, platform, guest, tenant1, tenant2]

              policies:
                - { from: management, to: [\(others)], action: accept, description: "Operators reach everything" }
                - { from: trusted, to: management, action: accept, ports: [tcp/22, tcp/443], description: "Administration from a laptop" }
                - { from: trusted, to: [storage, platform, iot, iot_backend], action: accept }
                - { from: platform, to: storage, action: accept, ports: [tcp/2049] }
                - { from: iot, to: iot_backend, action: accept, ports: [tcp/1883, udp/5683] }

            """
    }
}

/// A number with leading zeros.
private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
