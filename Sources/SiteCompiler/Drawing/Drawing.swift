import Addressing
import InventorySchema

/// A site as nodes and edges, for drawing: segments, hosts on them, services and workloads on hosts, and who serves what.
public struct Drawing: Sendable {
    /// A thing drawn.
    public struct Node: Sendable, Hashable {
        /// What is drawn.
        public enum Shape: String, Sendable {
            case segment, host, service, workload
        }

        /// Unique in the drawing, of `[a-z0-9_]`.
        public var id: String
        /// What it is.
        public var shape: Shape
        /// The lines of its label.
        public var label: [String]
    }

    /// A line between two things.
    public struct Edge: Sendable, Hashable {
        /// Where it starts.
        public var from: String
        /// Where it ends.
        public var to: String
        /// What it says.
        public var label: String
    }

    /// The site.
    public var site: String
    /// The authority's mode.
    public var mode: String
    /// The nodes: segments, hosts, services, workloads, each by name.
    public var nodes: [Node] = []
    /// The edges, in the order of their starts.
    public var edges: [Edge] = []

    /// Draws a site.
    public init(_ graph: SiteGraph) {
        site = graph.site
        mode = graph.mode.rawValue
        for segment in graph.segments {
            var label = [segment.vlan.map { "\(segment.name) · VLAN \($0)" } ?? segment.name]
            label += segment.prefixes.map(\.description)
            nodes.append(Node(id: id("segment", segment.name), shape: .segment, label: label))
        }
        for host in graph.hosts {
            nodes.append(Node(id: id("host", host.name), shape: .host, label: [host.name, host.lifecycle.rawValue]))
            for link in graph.links[host.links] {
                guard let segment = link.segment else { continue }
                let addresses = link.addresses.map(\.description).joined(separator: " ")
                edges.append(
                    Edge(
                        from: id("host", host.name), to: id("segment", graph.segments[segment].name),
                        label: addresses.isEmpty ? link.label : addresses))
            }
        }
        for held in graph.heldAddresses {
            let (host, segment) = (graph.hosts[graph.links[held.link].host].name, graph.segments[held.segment].name)
            edges.append(Edge(from: id("host", host), to: id("segment", segment), label: "holds \(held.address) while it serves"))
        }
        for service in graph.services {
            nodes.append(Node(id: id("service", service.name), shape: .service, label: [service.name]))
            if let via = service.via {
                edges.append(Edge(from: id("service", service.name), to: id("service", via), label: ""))
            } else if let host = service.host {
                edges.append(Edge(from: id("service", service.name), to: id("host", graph.hosts[host].name), label: ""))
            }
        }
        for workload in graph.workloads {
            nodes.append(
                Node(
                    id: id("workload", workload.name), shape: .workload, label: [workload.name] + (workload.hosts.isEmpty ? ["parked"] : [])
                ))
            for host in workload.hosts { edges.append(Edge(from: id("workload", workload.name), to: id("host", host), label: "runs on")) }
        }
        for placement in graph.placements {
            for segment in placement.segments {
                let roles = placement.roles.map(\.rawValue).joined(separator: ", ")
                edges.append(
                    Edge(
                        from: id("host", placement.hostName), to: id("segment", graph.segments[segment].name),
                        label: "serves \(roles) by \(placement.provider.rawValue)"))
            }
        }
    }

    /// Names hold hyphens and underscores; two underscores stand for a hyphen, which no drawing language has in an identifier.
    private func id(_ shape: String, _ name: String) -> String {
        shape + "_" + name.map { $0 == "-" ? "__" : $0 == "_" ? "_u" : String($0) }.joined()
    }
}
