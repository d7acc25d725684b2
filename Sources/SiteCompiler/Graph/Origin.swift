public import Diagnostics

/// A place of the inventory that something was derived from, by the path of its key: `sites.dvntm.bindings.hv01`, `hosts.hv01.interfaces.mgmt`.
public struct Origin: Sendable, Hashable {
    /// The path of the key.
    public var path: String
    /// Where it was written.
    public var span: SourceSpan?

    /// Makes an origin.
    public init(path: String, span: SourceSpan?) {
        self.path = path
        self.span = span
    }
}

extension SiteGraph {
    /// Where the facts behind a subject were written, the nearest first.
    public func origins(of subject: Subject) -> [Origin] {
        switch subject {
        case .site: [Origin(path: "sites.\(site).site", span: siteSpan)]
        case .segment(let index): [Origin(path: "sites.\(site).segments.\(segments[index].name)", span: segments[index].span)]
        case .host(let index): hostOrigins(index)
        case .link(let index): linkOrigins(index)
        case .service(let index): serviceOrigins(index)
        case .ownerRecords(let owner, let span): [Origin(path: "sites.\(site).records.\(owner)", span: span)]
        case .alias(let name, let span):
            [Origin(path: "aliases.\(name)", span: span), Origin(path: "sites.\(site).aliases.\(name)", span: span)]
        }
    }

    private func identityPath(_ host: GraphHost) -> String { host.isSiteOwn ? "sites.\(site).hosts.\(host.name)" : "hosts.\(host.name)" }

    private func hostOrigins(_ index: Int) -> [Origin] {
        let host = hosts[index]
        return [
            Origin(path: identityPath(host), span: host.identitySpan),
            Origin(path: "sites.\(site).bindings.\(host.name)", span: host.bindingSpan),
        ]
    }

    private func linkOrigins(_ index: Int) -> [Origin] {
        let link = links[index]
        let host = hosts[link.host]
        var origins = [
            Origin(path: "\(identityPath(host)).interfaces.\(link.label)", span: link.macSpan ?? host.identitySpan),
            Origin(path: "sites.\(site).bindings.\(host.name).interfaces.\(link.label)", span: link.span),
            Origin(path: "sites.\(site).bindings.\(host.name).lifecycle", span: host.bindingSpan),
        ]
        if let segment = link.segment { origins += self.origins(of: .segment(segment)) }
        return origins
    }

    private func serviceOrigins(_ index: Int) -> [Origin] {
        let service = services[index]
        var origins: [Origin] = []
        if let workload = service.workload {
            origins.append(Origin(path: "workloads.\(workload)", span: service.span))
            if let host = service.host {
                origins.append(Origin(path: "sites.\(site).bindings.\(hosts[host].name).workloads", span: hosts[host].bindingSpan))
            }
        } else {
            origins.append(Origin(path: "sites.\(site).services.\(service.name)", span: service.span))
        }
        if let link = service.link { origins += linkOrigins(link) }
        origins.append(Origin(path: "sites.\(site).site.authority", span: authoritySpan))
        return origins
    }
}
