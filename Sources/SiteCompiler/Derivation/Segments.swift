import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// The segments with their proofs: VLAN ids unique, prefixes disjoint and inside the blocks, gateways inside the prefixes, pools where they may be.
    mutating func deriveSegments() {
        for segment in site.segments {
            segmentIndex[segment.name.value] = graph.segments.count
            graph.segments.append(
                GraphSegment(
                    name: segment.name.value, vlan: segment.vlan?.value, prefixes: segment.prefixes.map(\.value),
                    gateways: segment.gateways.map(\.value), isExternal: segment.isExternal, span: segment.name.span))
            proveFamilies(segment)
            proveGateways(segment)
            provePool(segment.dhcp, segment)
            provePool(segment.bootstrapDHCP, segment)
        }
        proveVLANs()
        provePrefixes()
    }

    private mutating func proveFamilies(_ segment: Segment) {
        for (index, prefix) in segment.prefixes.enumerated() {
            guard let first = segment.prefixes[..<index].first(where: { $0.value.family == prefix.value.family }) else { continue }
            report(
                .twoAddressesOneFamily,
                "segment '\(segment.name.value)' has two prefixes of one family: \(first.value) and \(prefix.value)",
                at: prefix.span, notes: [.init("the first stands here", at: first.span)], mend: "make a segment of its own for one of them")
        }
    }

    private mutating func proveGateways(_ segment: Segment) {
        for gateway in segment.gateways {
            guard let prefix = segment.prefixes.first(where: { $0.value.contains(gateway.value) }) else {
                report(
                    .gatewayOutsidePrefix, "gateway \(gateway.value) of segment '\(segment.name.value)' lies outside its prefixes",
                    at: gateway.span,
                    notes: segment.prefixes.map { .init("prefix \($0.value)", at: $0.span) }, mend: "choose an address inside the prefix")
                continue
            }
            if isReserved(gateway.value, in: prefix.value) {
                report(
                    .addressIsNetworkOrBroadcast, "gateway \(gateway.value) is the network or broadcast address of \(prefix.value)",
                    at: gateway.span,
                    mend: "choose an address between \(prefix.value.firstUsable) and \(prefix.value.lastUsable)")
            }
        }
        for (index, gateway) in segment.gateways.enumerated()
        where segment.gateways[..<index].contains(where: { $0.value.family == gateway.value.family }) {
            report(
                .twoAddressesOneFamily, "segment '\(segment.name.value)' has two gateways of one family", at: gateway.span,
                mend: "keep one: the gateway's address is written once")
        }
    }

    func isReserved(_ address: IPAddress, in prefix: Prefix) -> Bool { address < prefix.firstUsable || address > prefix.lastUsable }

    private mutating func proveVLANs() {
        var seen: [VLANID: (segment: String, span: SourceSpan)] = [:]
        let used = site.segments.compactMap { segment in segment.vlan.map { (segment: segment.name.value, vlan: $0) } }
        for use in used.sorted(by: { $0.vlan.span < $1.vlan.span }) {
            if let first = seen[use.vlan.value] {
                report(
                    .duplicateVLAN, "VLAN \(use.vlan.value) of segment '\(use.segment)' is segment '\(first.segment)'s", at: use.vlan.span,
                    notes: [.init("first used here", at: first.span)], mend: "give one of the two another id")
            } else {
                seen[use.vlan.value] = (use.segment, use.vlan.span)
            }
        }
    }

    private mutating func provePrefixes() {
        let all = site.segments.flatMap { segment in segment.prefixes.map { (segment: segment, prefix: $0) } }
            .sorted { $0.prefix.value < $1.prefix.value }
        for (index, entry) in all.enumerated() {
            for other in all[(index + 1)...] {
                guard entry.prefix.value.overlaps(other.prefix.value) else { break }
                let (later, first) = entry.prefix.span < other.prefix.span ? (other, entry) : (entry, other)
                report(
                    .prefixOverlap,
                    "prefix \(later.prefix.value) of segment '\(later.segment.name.value)' overlaps \(first.prefix.value) of segment '\(first.segment.name.value)'",
                    at: later.prefix.span, notes: [.init("the other prefix stands here", at: first.prefix.span)],
                    mend: "make the two disjoint")
            }
            proveInsideBlocks(entry.segment, entry.prefix)
        }
    }

    private mutating func proveInsideBlocks(_ segment: Segment, _ prefix: Located<Prefix>) {
        if segment.isExternal {
            guard let block = settings.blocks.first(where: { $0.value.overlaps(prefix.value) }) else { return }
            report(
                .externalInsideBlocks,
                "segment '\(segment.name.value)' is external, and its prefix \(prefix.value) lies in the site's block \(block.value)",
                at: prefix.span, notes: [.init("the block", at: block.span)], mend: "remove `external: true`, or correct the prefix")
        } else if !settings.blocks.contains(where: { $0.value.contains(prefix.value) }) {
            report(
                .prefixOutsideBlocks, "prefix \(prefix.value) of segment '\(segment.name.value)' lies outside the site's blocks",
                at: prefix.span,
                notes: settings.blocks.map { .init("block \($0.value)", at: $0.span) },
                mend: "choose a prefix inside a block, add a block, or write `external: true`")
        }
    }

    private mutating func provePool(_ dhcp: SegmentDHCP?, _ segment: Segment) {
        guard let dhcp else { return }
        if dhcp.mode.value != .none, !segment.prefixes.contains(where: { $0.value.family == .ipv4 }) {
            report(
                .dhcpWithoutPrefix, "segment '\(segment.name.value)' has DHCP and no IPv4 prefix", at: dhcp.mode.span,
                mend: "add the prefix, or write `mode: none`")
        }
        if dhcp.mode.value != .none, segment.isExternal {
            report(
                .externalServed, "segment '\(segment.name.value)' is external and has DHCP", at: dhcp.mode.span,
                mend: "remove 'dhcp': an external segment is never served by us")
        }
        guard let pool = dhcp.pool else {
            if dhcp.mode.value == .pool {
                report(
                    .poolMissing, "segment '\(segment.name.value)' leases from a pool that isn't given", at: dhcp.mode.span,
                    mend: "add `pool: FIRST-LAST`, or write `mode: reservations`")
            }
            return
        }
        if dhcp.mode.value != .pool {
            report(
                .poolWithoutPoolMode, "segment '\(segment.name.value)' has a pool, and its DHCP mode is '\(dhcp.mode.value.rawValue)'",
                at: pool.span,
                notes: [.init("the mode", at: dhcp.mode.span)], mend: "remove the pool, or write `mode: pool`")
        }
        guard let prefix = segment.prefixes.first(where: { $0.value.contains(pool.value) }) else {
            report(
                .poolOutsidePrefix, "pool \(pool.value) of segment '\(segment.name.value)' isn't inside one of its prefixes", at: pool.span,
                notes: segment.prefixes.map { .init("prefix \($0.value)", at: $0.span) }, mend: "choose a range inside the prefix")
            return
        }
        if isReserved(pool.value.lower, in: prefix.value) || isReserved(pool.value.upper, in: prefix.value) {
            report(
                .addressIsNetworkOrBroadcast, "pool \(pool.value) holds the network or broadcast address of \(prefix.value)", at: pool.span,
                mend: "stay between \(prefix.value.firstUsable) and \(prefix.value.lastUsable)")
        }
        for gateway in segment.gateways where pool.value.contains(gateway.value) {
            report(
                .poolCoversGateway, "pool \(pool.value) of segment '\(segment.name.value)' holds its gateway \(gateway.value)",
                at: pool.span,
                notes: [.init("the gateway", at: gateway.span)], mend: "start the pool after the gateway, or end it before")
        }
    }
}
