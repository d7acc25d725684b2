import Addressing
import Diagnostics
import InventorySchema

extension SiteCompiler {
    /// What must hold across sites: MACs unique, each zone and block one site's, references of shared entries known.
    static func proveOrganization(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        proveMACs(inventory, &findings)
        proveIdentities(inventory, &findings)
        proveZones(inventory, &findings)
        proveAliasSites(inventory, &findings)
        proveWorkloads(inventory, &findings)
        noteUnbound(inventory, &findings)
        noteParked(inventory, &findings)
    }

    /// A MAC belongs to one interface in the whole organisation.
    private static func proveMACs(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        let places = [inventory.hosts] + inventory.sites.map(\.hosts)
        // Indices, because moving names about while sorting costs more than the sorting.
        var uses: [(mac: MACAddress, span: SourceSpan, place: Int, host: Int, interface: Int)] = []
        uses.reserveCapacity(places.reduce(0) { $0 + $1.count })
        for (place, hosts) in places.enumerated() {
            for index in hosts.indices {
                for (position, interface) in hosts[index].interfaces.enumerated() {
                    guard let mac = interface.mac, case .known(let address) = mac.value else { continue }
                    uses.append((address, mac.span, place, index, position))
                }
            }
        }
        uses.sort { ($0.mac, $0.span) < ($1.mac, $1.span) }
        for index in uses.indices.dropFirst() where uses[index].mac == uses[index - 1].mac {
            let (first, later) = (uses[index - 1], uses[index])
            let names = [first, later].map { use in
                let host = places[use.place][use.host]
                return "'\(host.name.value)' interface '\(host.interfaces[use.interface].label.value)'"
            }
            findings.add(
                Diagnostic(
                    .duplicateMAC, "MAC \(later.mac) of \(names[1]) is also \(names[0])s", at: later.span,
                    notes: [.init("first written here", at: first.span)],
                    mend: "a card is in one machine: correct one of the two, or write 'unknown'"))
        }
    }

    private static func proveIdentities(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        let hardware = Dictionary(inventory.hardware.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        proveIdentities(inventory.hosts, site: nil, hardware, inventory, &findings)
        for site in inventory.sites { proveIdentities(site.hosts, site: site.name, hardware, inventory, &findings) }
    }

    private static func proveIdentities(
        _ hosts: [HostIdentity], site: String?, _ hardware: [String: Hardware], _ inventory: Inventory, _ findings: inout DiagnosticList
    ) {
        for host in hosts {
            if inventory.organization?.hostNames != .free, !hasUsualName(host) {
                findings.add(
                    Diagnostic(
                        .hostNameStyle, "host name '\(host.name.value)' isn't of the form [role-]\(host.form.rawValue)NN",
                        at: host.name.span,
                        mend: "rename it, such as '\(host.form.rawValue)01', or write `host_names: free` in the organisation", site: site))
            }
            guard let name = host.hardware else { continue }
            guard let kind = hardware[name.value] else {
                let nearest = nearestName(to: name.value, among: hardware.keys.sorted())
                findings.add(
                    Diagnostic(
                        .unknownHardware, "host '\(host.name.value)' is of hardware '\(name.value)', which isn't described", at: name.span,
                        mend: nearest.map { "did you mean '\($0)'?" } ?? "add it under `hardware`", site: site))
                continue
            }
            if let nic = kind.managementNIC, !host.interfaces.contains(where: { $0.label.value == nic.value }) {
                findings.add(
                    Diagnostic(
                        .unknownManagementNIC,
                        "host '\(host.name.value)' has no interface '\(nic.value)', the management interface of its hardware",
                        at: host.name.span, notes: [.init("hardware '\(name.value)' says so here", at: nic.span)],
                        mend: "name one of the host's interfaces '\(nic.value)'", site: site))
            }
        }
    }

    /// `[role-]formNN`: the form, at least two digits, and before it whole words with hyphens.
    private static func hasUsualName(_ host: HostIdentity) -> Bool {
        let (text, word) = (host.name.value.utf8, host.form.rawValue.utf8)
        let (name, form) = (text.span, word.span)
        var end = name.count
        while end > 0, (0x30...0x39).contains(name[end - 1]) { end -= 1 }
        let start = end - form.count
        guard name.count - end >= 2, start >= 0 else { return false }
        for index in form.indices where name[start + index] != form[index] { return false }
        return start == 0 || name[start - 1] == UInt8(ascii: "-")
    }

    private static func proveAliasSites(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        for alias in inventory.aliases where !inventory.sites.contains(where: { $0.name == alias.site.value }) {
            let nearest = nearestName(to: alias.site.value, among: inventory.sites.map(\.name))
            findings.add(
                Diagnostic(
                    .unknownSite, "alias '\(alias.name.value)' names site '\(alias.site.value)', which isn't there", at: alias.site.span,
                    mend: nearest.map { "did you mean '\($0)'?" } ?? "add the folder sites/\(alias.site.value)"))
        }
    }

    private static func proveWorkloads(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        var seen: [String: SourceSpan] = [:]
        for service in inventory.workloads.flatMap(\.services).sorted(by: { $0.span < $1.span }) {
            if let first = seen[service.value] {
                findings.add(
                    Diagnostic(
                        .workloadTwice, "service '\(service.value)' is published by two workloads", at: service.span,
                        notes: [.init("first published here", at: first)], mend: "keep it in one of them"))
            } else {
                seen[service.value] = service.span
            }
        }
    }

    private static func noteUnbound(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        for site in inventory.sites {
            // Both lists are sorted by name.
            var next = 0
            for host in site.hosts {
                while next < site.bindings.count, site.bindings[next].host.value < host.name.value { next += 1 }
                let isBound = next < site.bindings.count && site.bindings[next].host.value == host.name.value
                if !isBound { noteUnbound(host, site.name, &findings) }
            }
        }
        if inventory.hosts.isEmpty { return }
        let bound = Set(inventory.sites.lazy.flatMap(\.bindings).map(\.host.value))
        for host in inventory.hosts where !bound.contains(host.name.value) { noteUnbound(host, nil, &findings) }
    }

    private static func noteUnbound(_ host: HostIdentity, _ site: String?, _ findings: inout DiagnosticList) {
        findings.add(
            Diagnostic(
                .hostUnbound, "host '\(host.name.value)' stands at no site", at: host.name.span,
                mend: "add it under `bindings` of a site when it has a place", site: site))
    }

    private static func noteParked(_ inventory: Inventory, _ findings: inout DiagnosticList) {
        var assigned = Set<String>()
        for binding in inventory.sites.lazy.flatMap(\.bindings) { assigned.formUnion(binding.workloads.lazy.map(\.value)) }
        for workload in inventory.workloads where !assigned.contains(workload.name.value) {
            findings.add(
                Diagnostic(
                    .workloadParked, "workload '\(workload.name.value)' is parked: no host runs it", at: workload.name.span,
                    mend: "add it to a binding's `workloads` when it has a host"))
        }
    }
}
