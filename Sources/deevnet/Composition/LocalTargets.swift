import Addressing
import FoundationEssentials
import InventorySchema
import Logging
import Reconciling
import SiteCompiler
import Targets

/// The targets reachable from this machine: a dry tree with a directory for each host, or this machine itself.
struct LocalTargets: TargetDirectory {
    /// The directory of dry trees; nil: this machine.
    let root: String?
    let machine: ThisMachine?
    let log: Logger
    /// The MACs of the host that this machine says it is, by the site that describes it; an empty name: all may have it.
    private let ownAddresses: [String: [String]]

    init(root: String?, inventory: Inventory, machine: ThisMachine?, log: Logger) {
        self.root = root
        self.machine = machine
        self.log = log
        let described = [("", inventory.hosts)] + inventory.sites.map { ($0.name, $0.hosts) }
        ownAddresses = Dictionary(
            uniqueKeysWithValues: described.map { site, hosts in
                (site, hosts.filter { $0.name.value == machine?.name }.flatMap(\.interfaces).compactMap(\.address))
            })
    }

    private var gate: SystemGate { Self.gate(log) }

    #if DEBUG
        private static let fault = EnvironmentFault()
        private static func gate(_ log: Logger) -> SystemGate { SystemGate(injector: fault, log: log) }
    #else
        private static func gate(_ log: Logger) -> SystemGate { SystemGate(log: log) }
    #endif

    func target(for placement: Placement, isSiteOwn: Bool) throws(TargetError) -> any Target {
        if let root {
            let path = "\(root)/\(directory(placement.hostName, placement.site, isSiteOwn))"
            // The operator names the root, and links in that are theirs; below it none is followed.
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil {
                throw TargetError(.unexpectedShape, "\(path) is a symbolic link", mend: "remove it, or name another root")
            }
            return LocalTarget(host: placement.hostName, root: path, gate: gate)
        }
        guard let machine else { throw TargetError(.unreachable, "this machine can't be looked at") }
        if let refusal = machine.refusal(asHost: placement.hostName, hardwareAddresses: hardwareAddresses(at: placement.site)) {
            throw TargetError(.refused, refusal, mend: "run on \(placement.hostName), or use --root DIR for a dry tree")
        }
        return LocalTarget(host: placement.hostName, gate: gate)
    }

    /// A host that only one site knows may have a namesake elsewhere; its directory names the site.
    private func directory(_ host: String, _ site: String, _ isSiteOwn: Bool) -> String { isSiteOwn ? "\(host)@\(site)" : host }

    private func hardwareAddresses(at site: String? = nil) -> [String] {
        ownAddresses.filter { site == nil || $0.key == site || $0.key.isEmpty }.flatMap(\.value)
    }

    /// Targets that exist whether or not the inventory still names them. A machine that can't prove who it is isn't one: it could lose what is
    /// another host's.
    func known() throws(TargetError) -> [any Target] {
        if let root {
            // An apply makes it.
            guard FileManager.default.fileExists(atPath: root) else { return [] }
            return try Self.trees(in: root, gate, managesServices: true)
        }
        guard let name = machine?.name, machine?.refusal(asHost: name, hardwareAddresses: hardwareAddresses()) == nil else { return [] }
        return [LocalTarget(host: name, gate: gate)]
    }

    /// The dry trees in a directory, or this machine whatever it is called: what was left there is finished or undone without knowing who it is.
    static func unnamed(root: String?, managesServices: Bool) throws(TargetError) -> [any Target] {
        let gate = gate(Logger(label: "deevnet.target", factory: { _ in SwiftLogNoOpLogHandler() }))
        if let root { return try trees(in: root, gate, managesServices: managesServices) }
        return [LocalTarget(host: ProcessInfo.processInfo.hostName, gate: gate, managesServices: managesServices)]
    }

    /// The directories of a root, by name: `HOST` or `HOST@SITE`. Links in it are followed nowhere.
    private static func trees(in root: String, _ gate: SystemGate, managesServices: Bool) throws(TargetError) -> [any Target] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: root) } catch {
            throw TargetError(.unexpectedShape, "\(root) isn't a directory that can be listed", mend: "name the directory of the dry trees")
        }
        return names.sorted().compactMap { name -> (any Target)? in
            let (path, host) = ("\(root)/\(name)", String(name.prefix { $0 != "@" }))
            let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            guard type == .typeDirectory, !host.isEmpty else { return nil }
            return LocalTarget(host: host, root: path, gate: gate, managesServices: managesServices)
        }
    }
}

extension InterfaceIdentity {
    fileprivate var address: String? { if case .known(let address)? = mac?.value { address.description } else { nil } }
}
