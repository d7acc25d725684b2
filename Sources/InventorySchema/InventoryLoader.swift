public import Diagnostics
public import GitRevisions
import YAMLSyntax

/// Reads an inventory: every file of a snapshot is parsed and decoded, in parallel, and the entries are merged.
public enum InventoryLoader {
    /// The inventory of a snapshot with everything that is wrong in it. Entries that couldn't be read are left out of the inventory.
    ///
    /// - Parameter workers: how many files are read at the same time.
    public static func load(_ snapshot: InventorySnapshot, workers: Int) async -> (inventory: Inventory, diagnostics: DiagnosticList) {
        let count = snapshot.files.count
        let shares = max(1, min(workers, count))
        var parts = await withTaskGroup(of: (Int, InventoryParts).self) { group in
            for share in 0..<shares {
                group.addTask { (share, read(snapshot, count * share / shares..<count * (share + 1) / shares)) }
            }
            var results = [InventoryParts?](repeating: nil, count: shares)
            for await (share, parts) in group { results[share] = parts }
            return results.compactMap { $0 }
        }
        // Of an inventory that is too large nothing is told but that.
        if let refusal = parts.lazy.compactMap(\.refusal).first {
            var findings = DiagnosticList()
            findings.add(refusal)
            return (Inventory(), findings)
        }
        var all = parts.removeFirst()
        for part in parts { all.append(part) }
        return all.merged()
    }

    private static func read(_ snapshot: InventorySnapshot, _ files: Range<Int>) -> InventoryParts {
        var parts = InventoryParts()
        var parser = YAMLParser()
        var unread = FindingList(limit: SnapshotLimits().findings)
        for index in files {
            let file = FileID(rawValue: UInt32(index))
            do throws(RevisionError) {
                parts.read(try snapshot.bytes(of: file), file, path: snapshot.path(of: file), &parser)
            } catch {
                if error.diagnostic.code == .inventoryTooLarge {
                    parts.refusal = error.diagnostic
                    break
                }
                unread.add(parts.refused(error.diagnostic, path: snapshot.path(of: file)))
            }
        }
        parts.diagnostics.add(contentsOf: unread.all())
        return parts
    }
}
