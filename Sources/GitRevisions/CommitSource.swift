/// The tree of a commit.
struct CommitSource: InventorySource {
    let store: GitStore

    func entries(of directory: ObjectID, path: String) throws(RevisionError) -> [ListedEntry<ObjectID>] {
        let entries = try store.read(about: .object(path: path)) { repository throws(GitFailure) in
            try repository.entries(of: directory)
        }
        return entries.map { ListedEntry(name: EntryName(bytes: $0.name), kind: $0.kind, handle: $0.id) }
    }

    func open(_ entry: ListedEntry<ObjectID>, in directory: ObjectID, path: String) throws(RevisionError) -> ObjectID { entry.handle }

    func size(of entry: ListedEntry<ObjectID>, in directory: ObjectID, path: String) throws(RevisionError) -> Int? {
        try store.read(about: .object(path: path)) { repository throws(GitFailure) in try repository.size(of: entry.handle) }
    }

    func blob(of entry: ListedEntry<ObjectID>) -> ObjectID? { entry.handle }

    /// The tree below a root tree that a path leads to; nil when there is no such directory.
    func directory(at path: [String], below root: ObjectID) throws(RevisionError) -> ObjectID? {
        var tree = root
        for name in path {
            guard let next = try subdirectory(named: name, of: tree) else { return nil }
            tree = next
        }
        return tree
    }

    /// The tree of one directory in a tree; nil when there is none.
    func subdirectory(named name: String, of tree: ObjectID) throws(RevisionError) -> ObjectID? {
        try entries(of: tree, path: name).first { $0.name.bytes == Array(name.utf8) && $0.kind == .directory }?.handle
    }
}
