import Diagnostics
public import GitRevisions
import YAMLSyntax

extension InventoryLoader {
    /// The facts that differ between two snapshots; files with equal contents aren't parsed.
    public static func factChanges(from old: InventorySnapshot, to new: InventorySnapshot) -> [FactChange] {
        let before = contents(of: old)
        let after = contents(of: new)
        var (oldFacts, newFacts) = (InventoryFacts(), InventoryFacts())
        for (path, bytes) in before where after[path]?.bytes != bytes.bytes { add(bytes, path, &oldFacts) }
        for (path, bytes) in after where before[path]?.bytes != bytes.bytes { add(bytes, path, &newFacts) }
        return oldFacts.changes(to: newFacts)
    }

    private static func add(_ file: (id: FileID, bytes: [UInt8]), _ path: String, _ facts: inout InventoryFacts) {
        var parser = YAMLParser()
        var ignored = DiagnosticList()
        if let tree = parser.parse(file.bytes, file: file.id, into: &ignored) { facts.add(tree, path: path) }
    }

    private static func contents(of snapshot: InventorySnapshot) -> [String: (id: FileID, bytes: [UInt8])] {
        var result: [String: (id: FileID, bytes: [UInt8])] = [:]
        for index in snapshot.files.indices {
            let id = FileID(rawValue: UInt32(index))
            if let bytes = try? snapshot.bytes(of: id) { result[snapshot.path(of: id)] = (id, bytes) }
        }
        return result
    }
}
