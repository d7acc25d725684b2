import Diagnostics

/// What was being done when libgit2 failed.
enum GitSubject {
    case opening
    case head
    case revision(String)
    case object(path: String)
    case index
    case references
    case recording(String)
}

extension GitFailure {
    /// The failure in this program's words. libgit2's own are kept as a note.
    func explained(about subject: GitSubject, in location: RepositoryLocation) -> RevisionError {
        let place = shellWord(location.top)
        switch (subject, reason) {
        case (.opening, .unsupported): return unsupported(location)
        case (.index, .unsupported):
            return RevisionError(
                .unsupportedRepository, "the index is written in a way that this program can't read", notes: said,
                mend: "git -C \(place) update-index --no-split-index; git -C \(place) sparse-checkout reapply --no-sparse-index")
        case (.revision(let name), .ambiguous) where name.utf8.count < 4:
            return RevisionError(
                .unknownRevision, "\(quoted(name)) is too short for the beginning of an object id", mend: "write at least 4 digits of it")
        case (.revision(let name), .ambiguous):
            return RevisionError(
                .unknownRevision, "\(quoted(name)) is the beginning of several object ids", mend: "write more digits of it")
        case (.revision(let name), .wrongType):
            return RevisionError(
                .unknownRevision, "\(quoted(name)) is a file or directory, not a commit",
                mend: "name a branch, a tag or a commit: git log --oneline")
        case (.recording(let site), .locked):
            return RevisionError(
                .writeFailed, "the applied commit of site \(quoted(site)) can't be recorded: another git process holds the reference",
                notes: said,
                mend: "try again; if no git runs, remove the .lock file that the note names")
        case (.recording(let site), _):
            return RevisionError(
                .writeFailed, "the applied commit of site \(quoted(site)) can't be recorded in \(quoted(location.git))", notes: said,
                mend: "look at its owner, mode and free space: ls -ld \(shellWord(location.git)); df \(shellWord(location.git))")
        case (.object(let path), .notFound):
            return RevisionError(
                .repositoryBroken, "the repository lacks the object that holds \(quoted(path))", notes: said,
                mend: "fetch it again: git -C \(place) fetch --refetch; or look at: git -C \(place) fsck")
        case (.object(let path), _):
            return RevisionError(
                .repositoryBroken, "the object that holds \(quoted(path)) can't be read", notes: said, mend: "git -C \(place) fsck")
        default:
            return RevisionError(
                .repositoryBroken, "the repository in \(quoted(location.top)) can't be read\(subject.remainder)", notes: said,
                mend: "git -C \(place) fsck")
        }
    }

    private func unsupported(_ location: RepositoryLocation) -> RevisionError {
        let values = try? Libgit2.configuration("extensions.objectformat", in: location.git + "/config")
        if let format = values?.last, format.lowercased() != "sha1" {
            return RevisionError(
                .unsupportedRepository,
                "the repository in \(quoted(location.top)) names its objects by \(printable(Array(format.utf8))); only SHA-1 is read",
                notes: said, mend: "make a SHA-1 repository of the same files: git init --object-format=sha1")
        }
        return RevisionError(
            .unsupportedRepository, "the repository in \(quoted(location.top)) needs an extension that this program doesn't know",
            notes: said,
            mend: "see which: git -C \(shellWord(location.top)) config --get-regexp '^extensions|repositoryformatversion'")
    }

    private var said: [String] { ["libgit2 says: \(detail)"] }
}

extension GitSubject {
    fileprivate var remainder: String {
        switch self {
        case .opening: ""
        case .head: ": HEAD leads to no commit"
        case .revision(let name): ": \(quoted(name)) leads to no commit"
        case .object(let path): ": \(quoted(path))"
        case .index: ": the index is damaged"
        case .references, .recording: ": its references are damaged"
        }
    }
}
