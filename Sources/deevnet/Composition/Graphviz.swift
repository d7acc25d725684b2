import FoundationEssentials
import Targets

/// Draws with Graphviz's `dot`, which is run by name without a shell.
enum Graphviz {
    /// The picture of a graph in Graphviz's language. It goes through files: a program's output is kept only in part.
    static func svg(of graph: String) async throws(TargetError) -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "deevnet-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            // Nobody else may look at the inventory, or put a file in the way.
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            try Data(graph.utf8).write(to: URL(filePath: "\(folder)/graph.dot"))
        } catch {
            throw TargetError(.refused, "\(folder) can't be written", mend: "make room in the directory that TMPDIR names")
        }
        let result = try await LocalPrograms().run(["dot", "-Tsvg", "-o", "\(folder)/graph.svg", "\(folder)/graph.dot"], within: 60)
        guard result.status == 0, let picture = FileManager.default.contents(atPath: "\(folder)/graph.svg") else {
            throw TargetError(.refused, "dot ended with \(result.status): \(result.output)", mend: "use --format dot")
        }
        return String(decoding: picture, as: UTF8.self)
    }
}
