import Diagnostics

extension Drawing {
    /// Mermaid, as forges show it in Markdown.
    public var mermaid: String {
        var lines = ["flowchart LR", "    %% site \(site), \(mode)"]
        for node in nodes {
            let label = node.label.joined(separator: "<br>")
            switch node.shape {
            case .segment: lines.append("    \(node.id)[[\"\(label)\"]]")
            case .host: lines.append("    \(node.id)[\"\(label)\"]")
            case .service: lines.append("    \(node.id)([\"\(label)\"])")
            case .workload: lines.append("    \(node.id){{\"\(label)\"}}")
            }
        }
        for edge in edges {
            lines.append(edge.label.isEmpty ? "    \(edge.from) --> \(edge.to)" : "    \(edge.from) -->|\"\(edge.label)\"| \(edge.to)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Graphviz.
    public var dot: String {
        var lines = [
            "digraph \"\(site)\" {", "    rankdir=LR;", "    node [fontname=\"sans-serif\", shape=box];",
            "    label=\"\(site) (\(mode))\";",
        ]
        for node in nodes {
            let shape =
                switch node.shape {
                case .segment: "cds"
                case .host: "box"
                case .service: "ellipse"
                case .workload: "hexagon"
                }
            lines.append("    \(node.id) [label=\"\(node.label.joined(separator: "\\n"))\", shape=\(shape)];")
        }
        for edge in edges { lines.append("    \(edge.from) -> \(edge.to)" + (edge.label.isEmpty ? ";" : " [label=\"\(edge.label)\"];")) }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }

    /// Nodes and edges for programs.
    public var json: String {
        var json = JSONWriter()
        json.object { json in
            json.member("site", site)
            json.member("mode", mode)
            json.array("nodes") { json in
                for node in nodes {
                    json.object { json in
                        json.member("id", node.id)
                        json.member("kind", node.shape.rawValue)
                        json.array("label") { json in for line in node.label { json.value(line) } }
                    }
                }
            }
            json.array("edges") { json in
                for edge in edges {
                    json.object { json in
                        json.member("from", edge.from)
                        json.member("to", edge.to)
                        json.member("label", edge.label)
                    }
                }
            }
        }
        return json.text
    }
}
