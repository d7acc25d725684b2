/// A thing with directories: a working tree, an index, or a commit's tree. ``InventoryWalk`` applies the same rules to all of them.
protocol InventorySource {
    /// An opened directory.
    associatedtype Directory
    /// What the source wants back to open an entry.
    associatedtype Handle

    /// The entries of a directory, in any order, names unchecked; `path` is for messages.
    func entries(of directory: Directory, path: String) throws(RevisionError) -> [ListedEntry<Handle>]
    /// Opens a directory's entry that is a directory; `path` is for messages.
    func open(_ entry: ListedEntry<Handle>, in directory: Directory, path: String) throws(RevisionError) -> Directory
    /// The size of a directory's entry that is a file; nil: it is looked at when the file is read.
    func size(of entry: ListedEntry<Handle>, in directory: Directory, path: String) throws(RevisionError) -> Int?
    /// The git object of a file, where the source has one without computing it.
    func blob(of entry: ListedEntry<Handle>) -> ObjectID?
}

/// An entry of a directory as the source has it.
struct ListedEntry<Handle> {
    enum Kind {
        case file, directory, symlink, submodule
        /// A device, socket or pipe.
        case special
    }

    var name: EntryName
    var kind: Kind
    var handle: Handle

    /// Compares as git sorts trees: a directory as if its name ended with a slash, so that a walk meets full paths in byte order.
    static func gitOrder(_ a: ListedEntry, _ b: ListedEntry) -> Bool {
        let slash = UInt8(ascii: "/")
        let common = min(a.name.bytes.count, b.name.bytes.count)
        for index in 0..<common where a.name.bytes[index] != b.name.bytes[index] { return a.name.bytes[index] < b.name.bytes[index] }
        let nextOfA = a.name.bytes.count > common ? a.name.bytes[common] : a.kind == .directory ? slash : 0
        let nextOfB = b.name.bytes.count > common ? b.name.bytes[common] : b.kind == .directory ? slash : 0
        return nextOfA < nextOfB
    }
}
