/// The names that can be referred to in a site's files, and in `inventory/`.
public struct ExistingNames: Sendable {
    private let names: [EntryKind: [String]]

    /// The names that exist for a site; nil: there is no such site.
    public init?(_ inventory: Inventory, site name: String) {
        guard let site = inventory.sites.first(where: { $0.name == name }) else { return nil }
        func published(_ site: Site) -> [String] {
            let assigned = Set(site.bindings.flatMap(\.workloads).map(\.value))
            let services = inventory.workloads.filter { assigned.contains($0.name.value) }.flatMap(\.services)
            return (site.services.map(\.name) + services).map(\.value)
        }
        let hosts = (inventory.hosts + site.hosts).map(\.name.value)
        let found: [EntryKind: [String]] = [
            .site: inventory.sites.map(\.name), .hardware: inventory.hardware.map(\.name.value), .host: hosts,
            .segment: site.segments.map(\.name.value), .workload: inventory.workloads.map(\.name.value), .service: published(site),
            .serviceElsewhere: inventory.sites.flatMap(published),
        ]
        names = found.mapValues { Set($0).sorted() }
    }

    /// The names of a kind, sorted; nil for labels of interfaces, which hang on their host, and where there are none.
    subscript(kind: EntryKind) -> [String]? { names[kind].flatMap { $0.isEmpty ? nil : $0 } }
}
