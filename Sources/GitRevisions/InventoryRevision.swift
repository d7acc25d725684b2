/// The identity of what was read: enough to find the same bytes again, or to say that git doesn't have them.
public struct InventoryRevision: Hashable, Sendable {
    /// The tree objects of the two directories that hold an inventory.
    public struct Trees: Hashable, Sendable {
        /// The tree of `inventory/`; nil where the commit has none.
        public var inventory: ObjectID?
        /// The tree of `sites/`; nil where the commit has none.
        public var sites: ObjectID?
    }

    /// What was asked for.
    public var selector: RevisionSelector
    /// The commit that was read, or HEAD's for the working tree and the index; nil when there is no commit yet.
    public var commit: ObjectID?
    /// The root tree of ``commit``.
    public var tree: ObjectID?
    /// The trees that hold the bytes that were read; nil when what was read is dirty, since then no tree of git's holds them.
    public var inventoryTrees: Trees?
    /// Whether what was read differs from ``commit``.
    ///
    /// Only `.yml` files under `inventory/` and `sites/` count, and they are compared byte for byte: an ignored or untracked file that is
    /// read makes a state dirty, a line ending that git would convert does too, and an edited README doesn't. What is staged doesn't count for
    /// the working tree: it isn't read.
    public var isDirty: Bool

    /// One short phrase for a report: "commit 1a2b3c4d5e", "working tree at 1a2b3c4d5e (dirty)".
    public var shortDescription: String {
        let place =
            switch selector {
            case .workingTree: "working tree"
            case .index: "index"
            case .revision: "commit"
            }
        guard let commit else { return "\(place), no commit yet" }
        if case .revision = selector { return "commit \(commit.abbreviation)" }
        return "\(place) at \(commit.abbreviation)" + (isDirty ? " (dirty)" : "")
    }
}
