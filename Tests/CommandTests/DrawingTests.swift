import Foundation
import Testing

/// Drawings are read by the programs that they are made for.
@Suite struct DrawingTests {
    @Test(.enabled(if: Project.installed("dot") != nil, "Graphviz isn't installed"), arguments: ["dvnt", "dvntm"])
    func `Graphviz draws a site`(_ site: String) async throws {
        let sandbox = try await Sandbox(.samples)
        let output = try await sandbox.run("deevnet graph \(site) --format dot | dot -Tsvg")
        #expect(output.status == 0)
        #expect(output.results.contains("<svg"))
        #expect(output.complaints.isEmpty)
    }

    @Test(.enabled(if: Project.installed("dot") != nil, "Graphviz isn't installed"), arguments: ["dvnt", "dvntm"])
    func `a picture is what Graphviz makes of the drawing`(_ site: String) async throws {
        let sandbox = try await Sandbox(.samples)
        let picture = try await sandbox.run("deevnet graph \(site) --format svg", ["TMPDIR": sandbox.root])
        let drawn = try await sandbox.run("deevnet graph \(site) --format dot | dot -Tsvg")
        #expect(picture.status == 0)
        #expect(picture.complaints.isEmpty)
        #expect(picture.results == drawn.results)
        #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.root).isEmpty, "what it drew from is left")
    }

    @Test(arguments: ["dvnt", "dvntm"])
    func `a drawing as JSON names only nodes that are there`(_ site: String) async throws {
        struct Drawing: Decodable {
            struct Node: Decodable { var id: String }
            struct Edge: Decodable { var from: String, to: String }
            var nodes: [Node]
            var edges: [Edge]
        }
        let sandbox = try await Sandbox(.samples)
        let output = try await sandbox.run("deevnet graph \(site) --format json")
        let drawing = try JSONDecoder().decode(Drawing.self, from: Data(output.results.utf8))
        let known = Set(drawing.nodes.map(\.id))
        #expect(known.count == drawing.nodes.count)
        #expect(!drawing.edges.isEmpty)
        #expect(drawing.edges.allSatisfy { known.contains($0.from) && known.contains($0.to) })
    }
}
