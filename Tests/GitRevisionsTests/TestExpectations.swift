import Diagnostics
import GitRevisions
import Testing

extension InventorySnapshot {
    /// The paths of all files.
    var paths: [String] { files.map(\.path) }

    /// The text of the file at a path; nil when the snapshot has none.
    func text(_ path: String) throws -> String? {
        guard let index = files.firstIndex(where: { $0.path == path }) else { return nil }
        return String(decoding: try bytes(of: FileID(rawValue: UInt32(index))), as: UTF8.self)
    }
}

/// The finding that an operation is refused with.
func refusal(_ operation: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) -> Diagnostic? {
    let error = #expect(throws: RevisionError.self, sourceLocation: sourceLocation, performing: operation)
    return error?.diagnostic
}
