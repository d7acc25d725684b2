import Diagnostics

/// The index, a flat list of paths, seen as directories.
struct IndexSource: InventorySource {
    /// The paths that share a beginning, and how long it is.
    struct Directory {
        var range: Range<Int>
        var prefixLength: Int
    }

    private let store: GitStore
    private let paths: [GitIndexEntry]
    /// What can't be read as the content of the next commit.
    let findings: [Diagnostic]

    /// The entries of an index file, by path.
    private static func read(_ store: GitStore, file: String?) throws(RevisionError) -> [GitIndexEntry] {
        let all = try store.read(about: .index) { repository throws(GitFailure) in try repository.indexEntries(at: file) }
        // git keeps the index sorted; an index that something else wrote may not be.
        let isSorted = all.indices.dropFirst().allSatisfy { !all[$0].path.lexicographicallyPrecedes(all[$0 - 1].path) }
        return isSorted ? all : all.sorted { $0.path.lexicographicallyPrecedes($1.path) }
    }

    /// Reads the index below a directory of the repository.
    init(_ store: GitStore, file: String?) throws(RevisionError) {
        self.store = store
        let all = try Self.read(store, file: file)
        let prefix = Array(store.location.pathPrefix.utf8)
        let roots = ["inventory/", "sites/"].map { prefix + Array($0.utf8) }
        var settled: [GitIndexEntry] = []
        var findings: [Diagnostic] = []
        var reported: Set<[UInt8]> = []
        for entry in all where entry.path.starts(with: prefix) {
            let isInventory = roots.contains { entry.path.starts(with: $0) }
            var entry = entry
            entry.path.removeFirst(prefix.count)
            if entry.stage == 0, !entry.isIntentToAdd {
                settled.append(entry)
            } else if isInventory, reported.insert(entry.path).inserted {
                findings.append(Self.unsettled(entry))
            }
        }
        paths = settled
        self.findings = findings
    }

    /// The inventory's root.
    var root: Directory { Directory(range: paths.indices, prefixLength: 0) }

    func entries(of directory: Directory, path: String) throws(RevisionError) -> [ListedEntry<Range<Int>>] {
        var result: [ListedEntry<Range<Int>>] = []
        var index = directory.range.lowerBound
        while index < directory.range.upperBound {
            let rest = paths[index].path.dropFirst(directory.prefixLength)
            let name = rest.prefix { $0 != UInt8(ascii: "/") }
            let isDirectory = name.count < rest.count
            var end = index + 1
            // Sorted paths that go through one directory stand together.
            while isDirectory, end < directory.range.upperBound,
                paths[end].path.dropFirst(directory.prefixLength).starts(with: rest[..<(name.endIndex + 1)])
            {
                end += 1
            }
            let kind: ListedEntry<Range<Int>>.Kind =
                switch (isDirectory, paths[index].kind) {
                case (true, _), (_, .directory): .directory
                case (_, .file): .file
                case (_, .symlink): .symlink
                case (_, .submodule): .submodule
                case (_, .special): .special
                }
            result.append(ListedEntry(name: EntryName(bytes: Array(name)), kind: kind, handle: index..<end))
            index = end
        }
        return result
    }

    func open(_ entry: ListedEntry<Range<Int>>, in directory: Directory, path: String) throws(RevisionError) -> Directory {
        Directory(range: entry.handle, prefixLength: directory.prefixLength + entry.name.bytes.count + 1)
    }

    func size(of entry: ListedEntry<Range<Int>>, in directory: Directory, path: String) throws(RevisionError) -> Int? {
        let blob = paths[entry.handle.lowerBound].id
        return try store.read(about: .object(path: path)) { repository throws(GitFailure) in try repository.size(of: blob) }
    }

    func blob(of entry: ListedEntry<Range<Int>>) -> ObjectID? { paths[entry.handle.lowerBound].id }

    private static func unsettled(_ entry: GitIndexEntry) -> Diagnostic {
        let path = String(decoding: entry.path, as: UTF8.self)
        let word = shellWord(path)
        if entry.stage == 0 {
            return Diagnostic(
                .indexConflict, "\(quoted(path)) is announced by 'git add -N' but not staged, so the next commit won't have it",
                mend: "git add \(word)", severity: .warning)
        }
        return Diagnostic(
            .indexConflict, "\(quoted(path)) is in conflict: the index holds several versions of it",
            mend: "settle it in the file, then: git add \(word)", site: siteName(ofPath: path))
    }
}
