import Addressing

extension SiteGraph {
    /// What stands on the same host as a subject: the services that end there and the names published there, each sorted.
    public func neighbours(of subject: Subject) -> (services: [String], names: [String]) {
        let host: Int
        switch subject {
        case .host(let index): host = index
        case .link(let index): host = links[index].host
        case .service(let index):
            guard let end = services[index].host else { return ([], []) }
            host = end
        case .site, .segment, .ownerRecords, .alias: return ([], [])
        }
        let ending = services.filter { $0.host == host }.map(\.name)
        let names = hosts[host].links.compactMap { links[$0].name?.description }
        return (ending.sorted(), Set(names).sorted())
    }
}
