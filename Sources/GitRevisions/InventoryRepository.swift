public import Diagnostics

/// A git repository that holds an inventory, and the way to read any state of it.
///
/// Nothing is checked out, and nothing in the repository can act: no hook, filter, attribute or line-end conversion has an effect, because
/// file contents are either read from disk by this module, below the root and never through a link, or taken from git's object database as they are.
/// Of git's configuration only the repository's own file is read, by libgit2, for the format it declares. The machine's and the user's files
/// are not read, except for `safe.directory`, and that only where a repository belongs to someone else.
public struct InventoryRepository: Sendable {
    let store: GitStore
    private let limits: SnapshotLimits
    private let indexFile: String?

    /// Finds the repository from a directory in it, upward; opens nothing yet.
    ///
    /// - Parameters:
    ///   - path: A directory inside the repository. The inventory's root is the nearest directory on the way up that holds `inventory/` or
    ///     `sites/`, else the repository's own.
    ///   - indexFile: The index to read instead of the repository's own. A hook gives the value of `GIT_INDEX_FILE` here: during
    ///     `git commit -a` the coming commit stands in a file of its own.
    ///   - limits: How much is read at most.
    /// - Throws: ``RevisionError`` when there is no such directory or it isn't in a repository.
    public init(at path: String, indexFile: String? = nil, limits: SnapshotLimits = SnapshotLimits()) throws(RevisionError) {
        try self.init(at: path, indexFile: indexFile, limits: limits, trust: .ofProcess())
    }

    init(
        at path: String, indexFile: String? = nil, limits: SnapshotLimits = SnapshotLimits(), trust: RepositoryTrust
    ) throws(RevisionError) {
        store = GitStore(try RepositoryLocation(from: path), trust: trust)
        self.limits = limits
        self.indexFile = indexFile
    }

    /// The directory that holds `inventory/` and `sites/`; the paths of all files start there.
    public var root: String { store.location.root }

    /// The repository's top directory; equal to ``root`` or above it.
    public var top: String { store.location.top }

    /// Whether the repository has no working tree, and thus only commits to read.
    public var isBare: Bool { store.location.isBare }

    /// Lists a state of the inventory.
    ///
    /// - Parameter identifying: Whether the snapshot will be asked for its revision or its files' ids: they are then worked out while the files
    ///   are read, and not by reading them again.
    /// - Returns: The files, and all that was found amiss about files and paths. The snapshot holds what could be read also when there are
    ///   errors, so that the caller can go on with the sites they don't name.
    /// - Throws: ``RevisionError`` when there is nothing to list: an unknown revision, no working tree, a repository that can't be opened.
    public func snapshot(
        _ selector: RevisionSelector, identifying: Bool = false
    ) throws(RevisionError) -> (snapshot: InventorySnapshot, findings: [Diagnostic]) {
        if isBare, selector == .workingTree || selector == .index {
            throw RevisionError(
                .notARepository, "\(quoted(top)) is a bare repository: it has no working tree and no index",
                mend: "name a commit: --ref main")
        }
        let result =
            switch selector {
            case .workingTree: try workingTree(identifying: identifying)
            case .index: try index()
            case .revision(let name): try commit(named: name)
            }
        var findings = result.findings
        // A tree whose every file was refused is not empty: the findings say what is wrong.
        if result.snapshot.files.isEmpty, !findings.contains(where: { $0.severity == .error }) {
            findings.insert(emptiness(of: selector), at: 0)
        }
        return (result.snapshot, findings)
    }

    /// Starts libgit2, which reads the machine's certificates first and takes some milliseconds: to be done beside something else.
    public static func startGit() { _ = try? Libgit2.start() }

    private func workingTree(identifying: Bool) throws(RevisionError) -> (snapshot: InventorySnapshot, findings: [Diagnostic]) {
        let directory: Descriptor
        do throws(FileFault) { directory = try Descriptor.directory(at: root) } catch { throw error.error(about: root) }
        var walk = InventoryWalk(WorkingTreeSource(), limits: limits)
        try walk.run(from: directory)
        let tree = WorkingTree(root: directory, files: walk.files, limits: limits, identifying: identifying)
        let identity = RevisionIdentity(store, .workingTree(tree, walk.files), limits: limits)
        return (snapshot(.workingTree, walk.files, .disk(tree), identity), walk.findings.all())
    }

    private func index() throws(RevisionError) -> (snapshot: InventorySnapshot, findings: [Diagnostic]) {
        let source = try IndexSource(store, file: indexFile)
        var walk = InventoryWalk(source, limits: limits)
        try walk.run(from: source.root)
        var findings = FindingList(limit: limits.findings)
        for finding in source.findings + walk.findings.all() { findings.add(finding) }
        let isUnsettled = source.findings.contains { $0.severity == .error }
        let identity = RevisionIdentity(store, .index(walk.files, isUnsettled: isUnsettled), limits: limits)
        return (snapshot(.index, walk.files, .objects(store), identity), findings.all())
    }

    private func commit(named name: String) throws(RevisionError) -> (snapshot: InventorySnapshot, findings: [Diagnostic]) {
        let commit = try resolve(name)
        let revision = try InventoryRevision(commit: commit, selector: .revision(name), in: store)
        var walk = InventoryWalk(CommitSource(store: store), limits: limits)
        if let tree = revision.tree, let root = try CommitSource(store: store).directory(at: store.location.prefix, below: tree) {
            try walk.run(from: root)
        }
        return (snapshot(.revision(name), walk.files, .objects(store), RevisionIdentity(known: revision, store)), walk.findings.all())
    }

    private func snapshot(
        _ selector: RevisionSelector, _ files: [SourceFile], _ contents: InventorySnapshot.Contents, _ identity: RevisionIdentity
    ) -> InventorySnapshot {
        InventorySnapshot(root: root, selector: selector, files: files, contents: contents, identity: identity)
    }

    private func emptiness(of selector: RevisionSelector) -> Diagnostic {
        let mend =
            switch selector {
            case .workingTree: "deevnet init"
            case .index: "git -C \(shellWord(root)) add inventory sites"
            case .revision: "git -C \(shellWord(top)) log --oneline -- inventory sites, to see which commits have one"
            }
        return Diagnostic(
            .inventoryEmpty, "\(selector) of \(quoted(root)) has no .yml file under inventory/ or sites/", mend: mend)
    }
}
