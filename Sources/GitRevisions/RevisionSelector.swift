/// Which state of the inventory to read.
public enum RevisionSelector: Hashable, Sendable {
    /// The files as they stand on disk, saved or not yet committed.
    case workingTree
    /// What `git add` has staged: what the next commit would hold.
    case index
    /// A commit, named by a branch, a tag, any reference, or an object id (40 digits or an unambiguous beginning), also with
    /// git's suffixes such as `HEAD~2`.
    case revision(String)
}

extension RevisionSelector: CustomStringConvertible {
    /// How a message names the state.
    public var description: String {
        switch self {
        case .workingTree: "the working tree"
        case .index: "the index"
        case .revision(let name): "revision \(quoted(name))"
        }
    }
}
