import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// The hosts that stand here with their links: identity and binding brought together.
    mutating func deriveHosts() {
        graph.hosts.reserveCapacity(site.bindings.count)
        graph.links.reserveCapacity(site.bindings.count)
        hostIndex.reserveCapacity(site.bindings.count)
        pools = site.segments.map { [$0.dhcp, $0.bootstrapDHCP].compactMap { $0?.pool } }
        var own = IdentityCursor(site.hosts)
        var shared = IdentityCursor(inventory.hosts)
        for binding in site.bindings {
            let mine = own.find(binding.host.value)
            let common = shared.find(binding.host.value)
            if let mine, let common {
                report(
                    .hostInTwoPlaces, "host '\(binding.host.value)' is described in the site's folder and in inventory/",
                    at: mine.name.span,
                    notes: [.init("the other description", at: common.name.span)], mend: "keep one: names are unique at a site")
            }
            guard let identity = mine ?? common else {
                reportUnknownIdentity(binding.host)
                continue
            }
            deriveHost(identity, binding, isSiteOwn: mine != nil)
        }
        proveFormerNames()
    }

    private mutating func reportUnknownIdentity(_ host: Located<String>) {
        let nearest = nearestName(to: host.value, among: (site.hosts + inventory.hosts).map(\.name.value))
        report(
            .unknownHost, "a binding names host '\(host.value)', which isn't described anywhere", at: host.span,
            mend: nearest.map { "did you mean '\($0)'?" } ?? "add `hosts: { \(host.value): { form: … } }`")
    }

    private mutating func deriveHost(_ identity: HostIdentity, _ binding: Binding, isSiteOwn: Bool) {
        let index = graph.hosts.count
        let first = graph.links.count
        var primary: Int?
        for interface in binding.interfaces {
            let fact = identity.interfaces.first { $0.label.value == interface.label.value }
            if fact == nil, binding.isManaged { reportUnknownInterface(interface, identity) }
            if interface.isPrimary, primary == nil, !interface.attachments.isEmpty { primary = graph.links.count }
            deriveLinks(interface, fact, identity, binding, host: index)
        }
        proveFindable(identity, binding)
        let links = first..<graph.links.count
        hostIndex[identity.name.value] = index
        graph.hosts.append(
            GraphHost(
                name: identity.name.value, formerly: identity.formerly?.value, form: identity.form, lifecycle: binding.lifecycle.value,
                isManaged: binding.isManaged, links: links, primary: choosePrimary(links, marked: primary, binding),
                identitySpan: identity.name.span, bindingSpan: binding.host.span, isSiteOwn: isSiteOwn))
    }

    private mutating func reportUnknownInterface(_ interface: InterfaceBinding, _ identity: HostIdentity) {
        let nearest = nearestName(to: interface.label.value, among: identity.interfaces.map(\.label.value))
        report(
            .unknownInterface, "host '\(identity.name.value)' has no interface '\(interface.label.value)'", at: interface.label.span,
            notes: [.init("the host is described here", at: identity.name.span)],
            mend: nearest.map { "did you mean '\($0)'?" } ?? "add it to the host's interfaces, or remove it here")
    }

    private mutating func deriveLinks(
        _ interface: InterfaceBinding, _ fact: InterfaceIdentity?, _ identity: HostIdentity, _ binding: Binding, host: Int
    ) {
        let mac: MACAddress? = if case .known(let address)? = fact?.mac?.value { address } else { nil }
        for attachment in interface.attachments {
            let what = { "'\(identity.name.value)' interface '\(interface.label.value)'" }
            let segment = attachment.segment.flatMap { self.segment($0, what()) }
            let addresses = self.addresses(attachment, segment, what())
            graph.links.append(
                Link(
                    host: host, label: interface.label.value, segment: segment,
                    device: device(fact?.device?.value, interface, segment), mac: mac, addresses: addresses,
                    assignment: attachment.assignment, name: nil, isTrunk: interface.isTrunk, span: attachment.span,
                    macSpan: fact?.mac?.span))
            proveReservable(attachment, fact, what(), binding, addresses)
        }
    }

    /// The name of a trunk's interface in one VLAN, as Linux tools and people write it: `eth1.99`.
    private func device(_ device: String?, _ interface: InterfaceBinding, _ segment: Int?) -> String? {
        guard interface.isTrunk, let device, let segment, let vlan = graph.segments[segment].vlan else { return device }
        return "\(device).\(vlan)"
    }

    private mutating func addresses(_ attachment: Attachment, _ segment: Int?, _ what: @autoclosure () -> String) -> [IPAddress] {
        switch attachment.source {
        case .dhcp, .slaac, .none: return []
        case .gateway:
            guard let segment else {
                if attachment.segment == nil {
                    report(
                        .addressWithoutSegment, "\(what()) has the gateway's address of no segment", at: attachment.span,
                        mend: "add `segment: NAME`")
                }
                return []
            }
            if graph.segments[segment].gateways.isEmpty {
                report(
                    .noGateway, "\(what()) has the gateway's address of segment '\(graph.segments[segment].name)', which has none",
                    at: attachment.span,
                    notes: [.init("the segment", at: graph.segments[segment].span)], mend: "add `gateway: ADDRESS` to the segment")
            }
            return graph.segments[segment].gateways
        case .listed: return listed(attachment, segment, what())
        }
    }

    private mutating func listed(_ attachment: Attachment, _ segment: Int?, _ what: @autoclosure () -> String) -> [IPAddress] {
        var result: [IPAddress] = []
        for address in attachment.addresses {
            if result.contains(where: { $0.family == address.value.family }) {
                report(
                    .twoAddressesOneFamily, "\(what()) has two \(address.value.family) addresses in one segment", at: address.span,
                    mend: "keep one; a second address is an interface of its own")
                continue
            }
            result.append(address.value)
            guard let segment else {
                if attachment.segment == nil {
                    report(
                        .addressWithoutSegment, "\(what()) has address \(address.value) in no segment", at: address.span,
                        mend: "add `segment: NAME`")
                }
                continue
            }
            proveInside(address, segment, what())
        }
        return result
    }

    private mutating func proveInside(_ address: Located<IPAddress>, _ index: Int, _ what: @autoclosure () -> String) {
        guard let prefix = graph.segments[index].prefixes.first(where: { $0.contains(address.value) }) else {
            let segment = graph.segments[index]
            return report(
                .addressOutsideSegment, "address \(address.value) of \(what()) lies outside segment '\(segment.name)'", at: address.span,
                notes: [
                    .init(
                        "the segment has \(segment.prefixes.isEmpty ? "no prefix" : segment.prefixes.map(\.description).joined(separator: ", "))",
                        at: segment.span)
                ],
                mend: segment.prefixes.first.map { "choose an address between \($0.firstUsable) and \($0.lastUsable)" }
                    ?? "add a prefix to the segment")
        }
        if isReserved(address.value, in: prefix) {
            report(
                .addressIsNetworkOrBroadcast, "address \(address.value) of \(what()) is the network or broadcast address of \(prefix)",
                at: address.span,
                mend: "choose an address between \(prefix.firstUsable) and \(prefix.lastUsable)")
        }
        if graph.segments[index].gateways.contains(address.value) {
            report(
                .reservationGateway, "\(what()) writes the gateway's address \(address.value) a second time", at: address.span,
                notes: [.init("it is written at its segment", at: graph.segments[index].span)], mend: "write `addresses: gateway`")
        }
        guard let pool = pools[index].first(where: { $0.value.contains(address.value) }) else { return }
        report(
            .reservationInPool,
            "address \(address.value) of \(what()) lies inside the pool \(pool.value) of segment '\(graph.segments[index].name)'",
            at: address.span, notes: [.init("the pool", at: pool.span)],
            mend: "choose an address outside the pool, or make the pool smaller")
    }

    private mutating func proveReservable(
        _ attachment: Attachment, _ fact: InterfaceIdentity?, _ what: @autoclosure () -> String, _ binding: Binding,
        _ addresses: [IPAddress]
    ) {
        guard attachment.assignment == .reserved else { return }
        if attachment.source != .listed {
            report(
                .interfaceShape, "\(what()) has a reservation and no address of its own", at: attachment.span,
                mend: "write `addresses: [ADDRESS]`, or remove `assign: reserved`")
            return
        }
        switch fact?.mac?.value {
        case .known: break
        case .unknown:
            report(
                .macUnknown,
                "the MAC of \(what()) is unknown: its reservation of \(addresses.map(\.description).joined(separator: ", ")) waits for it",
                at: fact?.mac?.span, mend: "write the MAC when you know it")
        case nil:
            report(
                .reservationWithoutMAC, "\(what()) has a reservation and no MAC", at: attachment.span,
                notes: fact.map { [.init("the interface", at: $0.label.span)] } ?? [], mend: "add `mac: ADDRESS`, or `mac: unknown`")
        }
    }

    /// A host that is given its address by MAC has at least one that is known, unless it isn't in use.
    private mutating func proveFindable(_ identity: HostIdentity, _ binding: Binding) {
        guard binding.lifecycle.value != .standby, binding.lifecycle.value != .retired,
            binding.interfaces.contains(where: { $0.attachments.contains { $0.assignment == .reserved } })
        else { return }
        let macs = identity.interfaces.compactMap(\.mac)
        guard let first = macs.first, macs.allSatisfy({ $0.value == .unknown }) else { return }
        report(
            .onlyMACUnknown, "host '\(identity.name.value)' can't be found on the wire: no MAC of it is known", at: first.span,
            notes: [.init("it waits for a reservation here", at: binding.host.span)],
            mend: "write the MAC, or `lifecycle: standby` until the machine is there")
    }

    /// The link that carries the host's own name: the marked one, or the only one with addresses.
    private mutating func choosePrimary(_ links: Range<Int>, marked: Int?, _ binding: Binding) -> Int? {
        // Most hosts have one interface.
        if binding.interfaces.count == 1, links.count == 1 { return links.first { !graph.links[$0].addresses.isEmpty } }
        let markedLabels = binding.interfaces.filter(\.isPrimary)
        if markedLabels.count > 1 {
            report(
                .primaryInterface, "host '\(binding.host.value)' has \(markedLabels.count) primary interfaces",
                at: markedLabels[1].label.span,
                notes: [.init("the first", at: markedLabels[0].label.span)], mend: "keep `primary: true` on one of them")
        }
        let addressed = links.filter { !graph.links[$0].addresses.isEmpty }
        let candidates = marked.map { index in addressed.filter { graph.links[$0].label == graph.links[index].label } } ?? addressed
        let labels = Set(candidates.map { graph.links[$0].label })
        if labels.count > 1 {
            report(
                .primaryInterface,
                "host '\(binding.host.value)' has addresses on \(labels.sorted().joined(separator: ", ")) and doesn't say which is primary",
                at: binding.host.span, mend: "add `primary: true` to the interface that carries the host's own name")
        }
        let management = settings.managementSegment?.value ?? "management"
        return candidates.first { graph.links[$0].segment.map { graph.segments[$0].name == management } ?? false } ?? candidates.first
    }

    private mutating func proveFormerNames() {
        for host in graph.hosts {
            guard let formerly = host.formerly, let other = hostIndex[formerly] else { continue }
            report(
                .formerlyExists, "host '\(host.name)' was formerly '\(formerly)', and a host of that name stands here",
                at: host.identitySpan,
                notes: [.init("it is bound here", at: graph.hosts[other].bindingSpan)], mend: "remove 'formerly', or the other host")
        }
    }
}

/// Finds identities in a list sorted by name while the wanted names ascend: one pass over both lists.
private struct IdentityCursor {
    private let hosts: [HostIdentity]
    private var next = 0

    init(_ hosts: [HostIdentity]) { self.hosts = hosts }

    mutating func find(_ name: String) -> HostIdentity? {
        while next < hosts.count, hosts[next].name.value < name { next += 1 }
        return next < hosts.count && hosts[next].name.value == name ? hosts[next] : nil
    }
}
