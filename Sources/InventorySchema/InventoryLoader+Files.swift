public import Diagnostics
import YAMLSyntax

extension InventoryLoader {
    /// The inventory of files in memory, with everything that is wrong in it: what ``load(_:workers:)`` does for a snapshot.
    ///
    /// - Parameter files: each with its path relative to the inventory's root; a ``Diagnostics/FileID`` is an index into them.
    public static func load(files: [(path: String, bytes: [UInt8])]) -> (inventory: Inventory, diagnostics: DiagnosticList) {
        var parts = InventoryParts()
        var parser = YAMLParser()
        for (index, file) in files.enumerated() {
            parts.read(file.bytes, FileID(rawValue: UInt32(index)), path: file.path, &parser)
        }
        return parts.merged()
    }
}
