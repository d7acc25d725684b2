import Diagnostics
import Synchronization

/// The identity of a snapshot, worked out when first asked for: a validation that doesn't name its revision never opens libgit2.
final class RevisionIdentity: Sendable {
    /// What has to be compared with HEAD.
    enum State {
        case workingTree(WorkingTree, [SourceFile])
        case index([SourceFile], isUnsettled: Bool)
    }

    private let store: GitStore
    private let state: State?
    private let limits: SnapshotLimits
    private let known: Mutex<InventoryRevision?>

    init(_ store: GitStore, _ state: State, limits: SnapshotLimits) {
        self.store = store
        self.state = state
        self.limits = limits
        known = Mutex(nil)
    }

    init(known revision: InventoryRevision, _ store: GitStore) {
        self.store = store
        state = nil
        limits = SnapshotLimits()
        known = Mutex(revision)
    }

    func revision() throws(RevisionError) -> InventoryRevision {
        try known.withLock { known throws(RevisionError) in
            if let known { return known }
            let found = try compared()
            known = found
            return found
        }
    }

    private func compared() throws(RevisionError) -> InventoryRevision {
        guard let state else { preconditionFailure("a snapshot of a commit knows its revision") }
        let selector: RevisionSelector =
            switch state {
            case .workingTree: .workingTree
            case .index: .index
            }
        let head = try store.read(about: .head) { repository throws(GitFailure) in try repository.head() }
        guard let head else { return InventoryRevision(selector: selector, commit: nil, tree: nil, inventoryTrees: nil, isDirty: true) }
        var revision = try InventoryRevision(commit: head, selector: selector, in: store)
        switch state {
        case .index(let files, let isUnsettled): revision.isDirty = try isUnsettled ? true : !Self.isSame(files, filesOfCommit(revision))
        case .workingTree(let tree, let files):
            let found = FoundFiles(files, ids: tree.blobIDs())
            revision.isDirty = try !isCommitted(found, as: revision)
        }
        if revision.isDirty { revision.inventoryTrees = nil }
        return revision
    }

    private func filesOfCommit(_ revision: InventoryRevision) throws(RevisionError) -> [SourceFile] {
        let source = CommitSource(store: store)
        var walk = InventoryWalk(source, limits: limits, measuresFiles: false)
        if let tree = revision.tree, let root = try source.directory(at: store.location.prefix, below: tree) { try walk.run(from: root) }
        return walk.files
    }

    /// Whether a commit has the same files as the working tree.
    ///
    /// Bytes are compared, by their ids, not the times and sizes that the index remembers: those say what git thinks of a file after its
    /// filters, and the question here is whether the bytes that are read are the commit's.
    private func isCommitted(_ found: FoundFiles, as revision: InventoryRevision) throws(RevisionError) -> Bool {
        if let trees = revision.inventoryTrees {
            // What can't be read of a commit isn't the same; the walk looks again at whatever isn't plain.
            let isPlain = try? store.read(about: .object(path: "inventory")) { [limits] repository throws(GitFailure) in
                try repository.trees([("inventory", trees.inventory), ("sites", trees.sites)], list: found, limits)
            }
            if isPlain == true { return true }
        }
        return try found.isSame(filesOfCommit(revision))
    }

    private static func isSame(_ a: [SourceFile], _ b: [SourceFile]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0.path == $1.path && $0.blob == $1.blob }
    }
}

extension InventoryRevision {
    /// The identity of a commit as it is, clean.
    init(commit: ObjectID, selector: RevisionSelector, in store: GitStore) throws(RevisionError) {
        let tree = try store.read(about: .object(path: "commit \(commit.abbreviation)")) { repository throws(GitFailure) in
            try repository.tree(of: commit)
        }
        let source = CommitSource(store: store)
        var trees = Trees()
        if let root = try source.directory(at: store.location.prefix, below: tree) {
            trees.inventory = try source.subdirectory(named: "inventory", of: root)
            trees.sites = try source.subdirectory(named: "sites", of: root)
        }
        self.init(selector: selector, commit: commit, tree: tree, inventoryTrees: trees, isDirty: false)
    }
}
