import SiteCompiler

/// Finds the resources that are the same thing under another name, because a host says what it was called before (`formerly`).
struct Renames {
    /// Where a resource of a host comes from, under the host's present name.
    private struct Source: Hashable {
        var kind: String
        var host: String
        var label: String
        var segment: String?
    }

    private let graph: SiteGraph
    private let past: SiteGraph
    /// Present names by former ones.
    private let names: [String: String]

    /// Nil where nothing was renamed, or what was before isn't known.
    init?(_ causes: Causes) {
        guard let graph = causes.graph, let past = causes.appliedGraph, !causes.isUnchanged else { return nil }
        let renamed = graph.hosts.compactMap { host in host.formerly.map { ($0, host.name) } }.filter { past.host(named: $0.0) != nil }
        guard !renamed.isEmpty else { return nil }
        self.graph = graph
        self.past = past
        names = Dictionary(renamed, uniquingKeysWith: { first, _ in first })
    }

    /// Makes one replacement of each create and delete that are two halves of a rename.
    func join<State>(_ differences: [Difference], desired: DesiredSet<State>, observed: ObservedSet<State>, applied: DesiredSet<State>)
        -> [Difference]
    {
        var gone: [Source: [Int]] = [:]
        for (index, difference) in differences.enumerated() where difference.action == .delete {
            guard let state = difference.observed.map({ observed.resources[$0] }), let before = applied.first(like: state),
                let source = source(of: before.subject, in: past, state.kind.rawValue), let name = names[source.host]
            else { continue }
            gone[Source(kind: source.kind, host: name, label: source.label, segment: source.segment), default: []].append(index)
        }
        guard !gone.isEmpty else { return differences }
        var joined = differences
        var dropped: Set<Int> = []
        for (index, difference) in differences.enumerated() where difference.action == .create {
            guard let want = difference.desired.map({ desired.resources[$0] }),
                let source = source(of: want.subject, in: graph, want.state.kind.rawValue), let old = gone[source]?.first
            else { continue }
            gone[source]?.removeFirst()
            joined[index] = Difference(action: .replace, desired: difference.desired, observed: differences[old].observed)
            dropped.insert(old)
        }
        return joined.indices.filter { !dropped.contains($0) }.map { joined[$0] }
    }

    private func source(of subject: Subject, in graph: SiteGraph, _ kind: String) -> Source? {
        guard case .link(let index) = subject else { return nil }
        let link = graph.links[index]
        return Source(
            kind: kind, host: graph.hosts[link.host].name, label: link.label, segment: link.segment.map { graph.segments[$0].name })
    }
}

extension Causes {
    /// The rename that a resource's new key follows from.
    func rename(of subject: Subject) -> Cause? {
        guard let graph, case .link(let link) = subject else { return nil }
        let host = graph.hosts[graph.links[link].host]
        guard let former = host.formerly, let origin = graph.origins(of: .host(graph.links[link].host)).first else { return nil }
        return Cause(path: origin.path, span: origin.span, before: former, after: host.name)
    }
}
