import Addressing
import Diagnostics
import InventorySchema
import Planning
import SiteCompiler
import Targets

/// What a graph asks of dnsmasq on one host, with what of it can't be had. One pass makes both, so that nothing can be desired unchecked.
struct Derivation {
    let graph: SiteGraph
    let placement: Placement
    let paths: SitePaths
    private(set) var findings: [Diagnostic] = []
    /// By the kind's place among the kinds.
    private var gathered: [[Desired<DnsmasqState>]] = DnsmasqKind.allCases.map { _ in [] }
    /// Everything but the process, sorted by kind and key, each once.
    private(set) var desired: [Desired<DnsmasqState>] = []

    init(_ graph: SiteGraph, _ placement: Placement) {
        self.graph = graph
        self.placement = placement
        paths = SitePaths(site: placement.site)
        addProcess()
        if serves(.dns) { addNames() }
        if serves(.dhcp) { addDHCP() }
        if serves(.tftp) { addTFTP() }
        sort()
    }

    func serves(_ role: Authority.Role) -> Bool { placement.roles.contains(role) }

    // MARK: Gathering

    /// Adds a state.
    mutating func add(_ state: DnsmasqState, from subject: Subject) { gathered[state.kind.order].append(Desired(state, from: subject)) }

    /// Brings the states in order, where equal keys come to stand side by side. The same state twice is one; two states with one key can't both
    /// be had. Most kinds come sorted from the graph, and moving states about costs more than looking.
    private mutating func sort() {
        desired.reserveCapacity(gathered.reduce(1) { $0 + $1.count })
        for kind in gathered {
            // Some states make their key anew each time they are asked.
            let keys = kind.map(\.state.key)
            let isSorted = keys.indices.dropFirst().allSatisfy { keys[$0 - 1] < keys[$0] }
            if isSorted { desired += kind } else { merge(kind.indices.sorted { keys[$0] < keys[$1] }.map { kind[$0] }) }
        }
        gathered = []
    }

    private mutating func merge(_ sorted: [Desired<DnsmasqState>]) {
        for item in sorted {
            guard let last = desired.last?.state, last.kind == item.state.kind, last.key == item.state.key else {
                desired.append(item)
                continue
            }
            guard last != item.state else { continue }
            refuse(item.subject, "dnsmasq would have two of \(last.kind.rawValue) '\(last.key)'", mend: "remove one of the two")
        }
    }

    /// Reports something that dnsmasq can't do.
    mutating func refuse(
        _ subject: Subject, _ message: String, _ code: DiagnosticCode = .notExpressible, severity: Diagnostic.Severity? = nil, mend: String
    ) {
        let span = graph.origins(of: subject).lazy.compactMap(\.span).first ?? placement.span
        findings.append(Diagnostic(code, message, at: span, mend: mend, site: graph.site, severity: severity))
    }

    /// A name of the inventory as a part of a tag.
    mutating func tag(_ text: String, _ subject: Subject) -> TagText? {
        if let tag = TagText(text) { return tag }
        refuse(subject, "dnsmasq can't have a tag for '\(escapedForDisplay(text))'", mend: "use letters, digits, '-', '_' and '.'")
        return nil
    }

    // MARK: The process

    private mutating func addProcess() {
        // The account that comes with Debian's dnsmasq-base; the default would be nobody, whom others share.
        for (role, name) in [(Setting.AccountRole.user, "dnsmasq"), (.group, "nogroup")] {
            if let account = TagText(name) { add(.setting(.account(role, account)), from: .site) }
        }
        add(.setting(.flag(.bindDynamic)), from: .site)
        add(.setting(.flag(.noHosts)), from: .site)
        add(.setting(.flag(.noResolv)), from: .site)
        let port: UInt32 = serves(.dns) ? 53 : 0
        add(.setting(.number(.port, port)), from: .site)
        addPath(.pid, paths.pid)
        addPath(.hosts, paths.live(.hosts))
        addInterfaces()
    }

    mutating func addPath(_ role: Setting.PathRole, _ text: String) {
        guard let path = PathText(text), path.isAbsolute else {
            refuse(
                .site, "dnsmasq can't have '\(escapedForDisplay(text))' as \(role.rawValue)",
                mend: "use an absolute path of letters, digits, '.', '_' and '-' without '..'")
            return
        }
        add(.setting(.path(role, path)), from: .site)
    }

    /// Without any interface dnsmasq would listen on all of them, the uplink too.
    private mutating func addInterfaces() {
        guard let host = graph.host(named: placement.hostName) else { return }
        let links = graph.hosts[host].links.filter { link in graph.links[link].segment.map { placement.segments.contains($0) } ?? false }
        if links.isEmpty {
            refuse(
                .host(host),
                "dnsmasq on '\(placement.hostName)' would listen nowhere: the host has no interface in a segment it serves",
                .providerUnfit, mend: "bind one of its interfaces to a segment that it serves")
        }
        for index in links {
            let link = graph.links[index]
            guard let text = link.device else {
                refuse(
                    .link(index),
                    "dnsmasq on '\(placement.hostName)' must listen on interface '\(link.label)', whose system name isn't known",
                    .providerUnfit, mend: "write `device:` at hosts.\(placement.hostName).interfaces.\(link.label), such as eth1")
                continue
            }
            guard let device = DeviceName(text) else {
                refuse(
                    .link(index), "dnsmasq can't listen on an interface called '\(escapedForDisplay(text))'", .providerUnfit,
                    mend: "use a name of at most 15 letters, digits, '.', '_' and '-' that doesn't begin like one of deevnet's tags")
                continue
            }
            add(.setting(.interface(device)), from: .link(index))
        }
    }

    /// Everything, with the process that has loaded it.
    consuming func all() -> DesiredSet<DnsmasqState> {
        let marker = serves(.dns) ? Rendering(sorted: desired).marker : nil
        desired.append(Desired(.service(RunningService(unit: paths.unit.name, marker: marker)), from: .site))
        return DesiredSet(sorted: desired)
    }
}
