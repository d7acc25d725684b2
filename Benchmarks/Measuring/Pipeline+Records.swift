import Addressing
import Diagnostics
import Reconciling
import SiteCompiler

extension Pipeline {
    /// What the sites' graphs say, as one line of JSON, for programs that are compared on it. Of a site: its zones with the records in them, pointers
    /// among them, each as owner, type and value; and its hosts with the segment, MAC and first address of each interface.
    func records() async throws -> String {
        let compiled = try await compile()
        try Self.refuseErrors(compiled.diagnostics)
        var json = JSONWriter(isPretty: false)
        json.object {
            $0.array("sites") { sites in
                for graph in compiled.compilation.graphs { Self.write(graph, to: &sites) }
            }
        }
        return json.text
    }

    private static func write(_ graph: SiteGraph, to json: inout JSONWriter) {
        var zones: [DomainName: [(owner: DomainName, type: String, value: String)]] = [:]
        func add(_ owner: DomainName, _ type: String, _ value: String) {
            // Of zones that lie in each other the longest is the owner's.
            let zone = graph.zones.filter { owner.isSubdomain(of: $0.apex) }.max {
                $0.apex.description.utf8.count < $1.apex.description.utf8.count
            }
            guard let zone else { preconditionFailure("a generated name lies in no zone") }
            zones[zone.apex, default: []].append((owner, type, value))
        }
        for record in graph.records {
            switch record.data {
            case .a(let address): add(record.owner, "A", address.description)
            case .aaaa(let address): add(record.owner, "AAAA", address.description)
            case .cname(let target): add(record.owner, "CNAME", target.description)
            case .mx, .txt, .srv, .ns: preconditionFailure("the generator makes no such record")
            }
        }
        for pointer in graph.pointers { add(pointer.address.reverseName, "PTR", pointer.name.description) }
        json.object { json in
            json.member("site", graph.site)
            json.object("zones") { json in
                for (apex, records) in zones.sorted(by: { $0.key.description < $1.key.description }) {
                    json.array(apex.description) { json in
                        for record in records {
                            json.array {
                                $0.value(record.owner.relative(to: apex))
                                $0.value(record.type)
                                $0.value(record.value)
                            }
                        }
                    }
                }
            }
            json.array("hosts") { json in
                for host in graph.hosts { write(host, of: graph, to: &json) }
            }
        }
    }

    private static func write(_ host: GraphHost, of graph: SiteGraph, to json: inout JSONWriter) {
        json.object { json in
            json.member("name", host.name)
            json.array("links") { json in
                for link in graph.links[host.links] {
                    json.object {
                        $0.member("segment", link.segment.map { graph.segments[$0].name })
                        $0.member("mac", link.mac?.description)
                        $0.member("address", link.addresses.first?.description)
                    }
                }
            }
        }
    }
}
