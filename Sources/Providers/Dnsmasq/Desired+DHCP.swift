import Addressing
import Diagnostics
import InventorySchema
import Planning
import SiteCompiler

extension Derivation {
    mutating func addDHCP() {
        add(.setting(.flag(.dhcpAuthoritative)), from: .site)
        add(.setting(.flag(.dhcpFQDN)), from: .site)
        add(.setting(.flag(.dhcpIgnoreNames)), from: .site)
        // --dhcp-fqdn needs a domain for leases that no prefix gives one.
        add(.setting(.domain(graph.domain)), from: .site)
        addPath(.leases, paths.leases)
        addPath(.reservations, paths.live(.reservations))
        addPath(.options, paths.live(.options))
        let served = graph.dhcp.filter { placement.segments.contains($0.segment) }
        for service in served { add(service) }
        for reservation in graph.reservations {
            guard let service = served.first(where: { $0.segment == reservation.segment }) else { continue }
            add(reservation, in: service)
        }
        addLeaseMaximum(served)
        addBootRules()
    }

    /// dnsmasq stops at 1000 leases unless it is told otherwise.
    private mutating func addLeaseMaximum(_ served: [DHCPService]) {
        let pools = served.reduce(0 as UInt128) { $0 + min($1.pool?.count ?? 0, 1_000_000) }
        let count = min(pools + UInt128(graph.reservations.count), 1_000_000)
        add(.setting(.number(.leaseMaximum, max(1_000, UInt32(count)))), from: .site)
    }

    // MARK: Segments

    private mutating func add(_ service: DHCPService) {
        let subject = Subject.segment(service.segment)
        guard let segment = tag(service.segmentName, subject) else { return }
        guard service.prefix.family == .ipv4 else {
            refuse(
                subject, "dnsmasq gives no IPv6 addresses: DHCP of segment '\(service.segmentName)' on \(service.prefix) isn't served",
                severity: .warning,
                mend: "let hosts set their own, or use router advertisements")
            return
        }
        guard let lease = lease(service, subject) else { return }
        guard let range = LeaseRange(segment: segment, prefix: service.prefix, pool: service.pool, lease: lease) else {
            refuse(
                subject, "the pool of segment '\(service.segmentName)' doesn't lie in \(service.prefix)",
                mend: "end the pool inside the prefix")
            return
        }
        add(.range(range), from: subject)
        add(.setting(.prefixDomain(service.prefix, service.domain)), from: subject)
        addOptions(service, segment)
    }

    private mutating func lease(_ service: DHCPService, _ subject: Subject) -> LeaseTime? {
        let lease = LeaseTime(seconds: service.leaseSeconds)
        if service.leaseSeconds == .max || LeaseTime.expressible.contains(service.leaseSeconds) { return lease }
        refuse(
            subject, "dnsmasq can't lease for \(service.leaseSeconds) seconds in segment '\(service.segmentName)'",
            mend: "choose \(LeaseTime.expressible.lowerBound) to \(LeaseTime.expressible.upperBound) seconds, or for ever")
        return nil
    }

    private mutating func addOptions(_ service: DHCPService, _ segment: TagText) {
        let routers = service.routers.compactMap(\.v4)
        let resolvers = service.resolvers.compactMap(\.v4)
        let ntp = service.ntp.compactMap(\.v4)
        // dnsmasq(8), `--dhcp-option`: "the special address 0.0.0.0 is taken to mean the address of the machine running dnsmasq".
        if (routers + resolvers + ntp).contains(where: { $0.bits == 0 }) {
            refuse(
                .segment(service.segment), "clients of segment '\(service.segmentName)' can't be told the address '0.0.0.0'",
                mend: "name the server's own address")
        }
        var options: [SegmentOption.Value] = [.router(routers), .dnsServer(resolvers), .domainName(service.domain)]
        if !service.search.isEmpty { options.append(.domainSearch(service.search)) }
        if !ntp.isEmpty { options.append(.ntpServer(ntp)) }
        for value in options {
            let option = SegmentOption(segment: segment, value)
            let count = option.line.utf8.count
            guard count <= Self.longestLine else {
                refuse(
                    .segment(service.segment),
                    "option \(option.name) of segment '\(service.segmentName)' takes a line of \(count) bytes; dnsmasq reads at most \(Self.longestLine)",
                    .lineTooLong, mend: "name fewer")
                continue
            }
            add(.option(option), from: .segment(service.segment))
        }
    }

    /// dnsmasq reads lines into 1024 bytes and takes the rest of a longer one for a line of its own. Of what we write only a list of options can
    /// become that long: two names take 506 bytes, a TXT record 783, a URL or path 300.
    static let longestLine = 1_000

    // MARK: Reservations

    private mutating func add(_ reservation: Reservation, in service: DHCPService) {
        let subject = Subject.link(reservation.link)
        guard let key = tag(reservation.key, subject) else { return }
        for address in reservation.addresses where address.family == .ipv6 {
            refuse(
                subject, "dnsmasq gives no IPv6 addresses: reservation '\(reservation.key)' doesn't bring \(address) to the host",
                severity: .warning,
                mend: "let the host set that address itself")
        }
        guard let address = reservation.addresses.lazy.compactMap(\.v4).first else { return }
        guard service.prefix.contains(.v4(address)) else {
            refuse(
                subject, "reservation '\(reservation.key)' has \(address), which isn't in \(service.prefix)",
                mend: "choose an address of the segment")
            return
        }
        guard let name = ClientName(reservation.hostName) else {
            refuse(
                subject,
                "dnsmasq would take the name '\(escapedForDisplay(reservation.hostName))' of reservation '\(reservation.key)' for something else",
                mend: "choose a name that isn't a number, a time such as 12h, `ignore` or `infinite`")
            return
        }
        guard service.leaseSeconds == .max || LeaseTime.expressible.contains(service.leaseSeconds) else { return }
        let lease = LeaseTime(seconds: service.leaseSeconds)
        add(.reservation(FixedAddress(key: key, mac: reservation.mac, address: address, name: name, lease: lease)), from: subject)
        guard reservation.isArmed, graph.netboot?.clients == .provisioning else { return }
        add(.boot(.armed(reservation.mac)), from: subject)
    }

    // MARK: Network boot

    private mutating func addBootRules() {
        guard let netboot = graph.netboot, !netboot.files.isEmpty || netboot.chainURL != nil else { return }
        if !netboot.files.isEmpty, !serves(.tftp) {
            refuse(
                .site, "dnsmasq on '\(placement.hostName)' serves DHCP but not TFTP, and can name only itself as the server of boot files",
                .providerUnfit,
                mend: "give `tftp` to the server of `dhcp`, or name no boot files")
        }
        add(.boot(.iPXE), from: .site)
        for file in netboot.files {
            // The field for it has 128 bytes with a final zero (RFC 2131 §2); a longer one drives other options out of the answer.
            guard let path = PathText(file.path), file.path.utf8.count < 128 else {
                refuse(
                    .site, "dnsmasq can't name the boot file '\(escapedForDisplay(file.path))'",
                    mend: "use a path of at most 127 letters, digits, '.', '_' and '-' without '..'")
                continue
            }
            for type in file.architecture.types { add(.boot(.architecture(file.architecture, type: type)), from: .site) }
            add(.boot(.file(file.architecture, path, netboot.clients)), from: .site)
        }
        guard let text = netboot.chainURL else { return }
        guard let url = URLText(text) else {
            refuse(
                .site, "dnsmasq can't name the URL '\(escapedForDisplay(text))'",
                mend: "use http or https, at most 255 letters, digits and the characters . _ - : / ? & = % @ + ~ $ { }")
            return
        }
        add(.boot(.chain(url, netboot.clients)), from: .site)
        add(.boot(.noProxyWait), from: .site)
    }

    /// TFTP without a root would serve every file that the process may read.
    mutating func addTFTP() {
        guard let netboot = graph.netboot else { return }
        add(.setting(.flag(.enableTFTP)), from: .site)
        add(.setting(.flag(.tftpNoFail)), from: .site)
        addPath(.tftpRoot, netboot.root)
    }
}
