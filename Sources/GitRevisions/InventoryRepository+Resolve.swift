import Diagnostics

extension InventoryRepository {
    /// The commit that a name leads to.
    func resolve(_ name: String) throws(RevisionError) -> ObjectID {
        // `:path` and `^{/text}` name files or search all of history; neither is the name of a state.
        guard !name.isEmpty, !name.contains(":"), !name.contains("{/"), !name.utf8.contains(0) else {
            throw RevisionError(
                .unknownRevision, "\(quoted(name)) is not the name of a commit", mend: "name a branch, a tag or a commit: git log --oneline"
            )
        }
        return try store.read(about: .revision(name)) { repository throws(GitFailure) -> Lookup in
            do throws(GitFailure) {
                return .commit(try repository.commit(named: name))
            } catch {
                guard [.notFound, .invalidName, .unborn].contains(error.reason) else { throw error }
                if try repository.head() == nil, try repository.referenceNames().isEmpty { return .noCommitYet }
                return .unknown(known: try repository.referenceNames())
            }
        }.commit(named: name, in: store.location)
    }
}

/// What looking for a name gave.
private enum Lookup: Sendable {
    case commit(ObjectID)
    case noCommitYet
    case unknown(known: [String])

    func commit(named name: String, in location: RepositoryLocation) throws(RevisionError) -> ObjectID {
        switch self {
        case .commit(let id): return id
        case .noCommitYet:
            throw RevisionError(
                .noCommitYet, "the repository in \(quoted(location.top)) has no commit yet, so there is no \(quoted(name))",
                mend: "git -C \(shellWord(location.top)) add inventory sites && git -C \(shellWord(location.top)) commit")
        case .unknown(let references):
            let names = references.compactMap(shortName)
            let nearest = nearestName(to: name, among: names)
            throw RevisionError(
                .unknownRevision, "no branch, tag or commit is named \(quoted(name))",
                mend: nearest.map { "did you mean \(shellWord($0))?" }
                    ?? "see what there is: git -C \(shellWord(location.top)) branch --all; git tag")
        }
    }

    private func shortName(_ reference: String) -> String? {
        for prefix in ["refs/heads/", "refs/tags/", "refs/remotes/"] where reference.hasPrefix(prefix) {
            return String(reference.dropFirst(prefix.count))
        }
        return nil
    }
}
