import Diagnostics

/// The files on disk. Each directory is opened below the one before and never through a link, so that nothing outside the root is read, whatever
/// happens to the tree meanwhile.
struct WorkingTreeSource: InventorySource {
    func entries(of directory: Descriptor, path: String) throws(RevisionError) -> [ListedEntry<Void>] {
        let listed: [(name: [UInt8], kind: FileStatus.Kind)]
        do throws(FileFault) { listed = try directory.entries() } catch { throw error.error(about: path) }
        return listed.map { entry in
            let kind: ListedEntry<Void>.Kind =
                switch entry.kind {
                case .file: .file
                case .directory: .directory
                case .symlink: .symlink
                case .special: .special
                }
            return ListedEntry(name: EntryName(bytes: entry.name), kind: kind, handle: ())
        }
    }

    func open(_ entry: ListedEntry<Void>, in directory: Descriptor, path: String) throws(RevisionError) -> Descriptor {
        do throws(FileFault) {
            return try directory.directory(named: String(decoding: entry.name.bytes, as: UTF8.self))
        } catch { throw error.error(about: path) }
    }

    func size(of entry: ListedEntry<Void>, in directory: Descriptor, path: String) -> Int? { nil }

    func blob(of entry: ListedEntry<Void>) -> ObjectID? { nil }
}
