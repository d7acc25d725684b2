public import Addressing

/// One thing that people wrote, by the names they gave it.
public enum InventoryEntry: Sendable, Hashable {
    /// A machine with all its interfaces, wherever it stands.
    case identity(host: String)
    /// A host's standing at a site.
    case binding(host: String, site: String)
    /// One interface of a host in a segment (nil: in none that is known).
    case attachment(host: String, label: String, segment: String?, site: String)
    /// A hardware address.
    case mac(MACAddress)
    /// An address of a host at a site.
    case address(IPAddress, site: String)
    /// A segment.
    case segment(String, site: String)
    /// A segment's gateway addresses.
    case gateway(segment: String, site: String)
    /// The ranges that a segment leases from.
    case pool(segment: String, site: String)
    /// A service, whether it is written by itself or published by a workload.
    case service(String, site: String)
    /// The records of an owner.
    case records(owner: String, site: String)
    /// A global alias.
    case alias(String)
}

extension Inventory {
    /// The same inventory as if one thing had never been written; unchanged where it isn't there.
    public func without(_ entry: InventoryEntry) -> Inventory {
        var rest = self
        switch entry {
        case .identity(let host):
            rest.hosts.removeAll { $0.name.value == host }
            for index in rest.sites.indices {
                rest.sites[index].hosts.removeAll { $0.name.value == host }
                rest.sites[index].bindings.removeAll { $0.host.value == host }
            }
        case .mac(let mac):
            rest.hosts.forget(mac)
            for index in rest.sites.indices { rest.sites[index].hosts.forget(mac) }
        case .alias(let name): rest.aliases.removeAll { $0.name.value.description == name }
        case .service(let name, let site):
            for index in rest.workloads.indices { rest.workloads[index].services.removeAll { $0.value == name } }
            rest.edit(site) { $0.services.removeAll { $0.name.value == name } }
        case .binding(let host, let site): rest.edit(site) { $0.bindings.removeAll { $0.host.value == host } }
        case .segment(let name, let site): rest.edit(site) { $0.segments.removeAll { $0.name.value == name } }
        case .gateway(let name, let site): rest.edit(site) { $0.edit(segment: name) { $0.gateways = [] } }
        case .pool(let name, let site):
            rest.edit(site) { site in
                site.edit(segment: name) { segment in
                    segment.dhcp?.forgetPool()
                    segment.bootstrapDHCP?.forgetPool()
                }
            }
        case .records(let owner, let site): rest.edit(site) { $0.records.removeAll { $0.owner.value == owner } }
        case .address(let address, let site):
            rest.edit(site) { $0.editAttachments { $0.addresses.removeAll { $0.value == address } } }
        case .attachment(let host, let label, let segment, let site):
            rest.edit(site) { site in
                site.editInterfaces(of: host) { interfaces in
                    for index in interfaces.indices where interfaces[index].label.value == label {
                        interfaces[index].attachments.removeAll { $0.segment?.value == segment }
                    }
                    interfaces.removeAll { $0.attachments.isEmpty }
                }
            }
        }
        return rest
    }

    private mutating func edit(_ site: String, _ change: (inout Site) -> Void) {
        for index in sites.indices where sites[index].name == site { change(&sites[index]) }
    }
}

extension Site {
    fileprivate mutating func edit(segment name: String, _ change: (inout Segment) -> Void) {
        for index in segments.indices where segments[index].name.value == name { change(&segments[index]) }
    }

    fileprivate mutating func editInterfaces(of host: String, _ change: (inout [InterfaceBinding]) -> Void) {
        for index in bindings.indices where bindings[index].host.value == host { change(&bindings[index].interfaces) }
    }

    fileprivate mutating func editAttachments(_ change: (inout Attachment) -> Void) {
        for host in bindings.indices {
            for interface in bindings[host].interfaces.indices {
                for index in bindings[host].interfaces[interface].attachments.indices {
                    change(&bindings[host].interfaces[interface].attachments[index])
                }
            }
        }
    }
}

extension SegmentDHCP {
    fileprivate mutating func forgetPool() {
        pool = nil
        if mode.value == .pool { mode.value = .reservations }
    }
}

extension [HostIdentity] {
    fileprivate mutating func forget(_ mac: MACAddress) {
        for host in indices {
            for index in self[host].interfaces.indices where self[host].interfaces[index].mac?.value == .known(mac) {
                self[host].interfaces[index].mac?.value = .unknown
            }
        }
    }
}
