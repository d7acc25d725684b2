import Diagnostics
import Synchronization

/// The repository behind an inventory, opened when the first object is asked for and then used by one thread at a time.
///
/// Opening costs several milliseconds, mostly libgit2's own start, and a working tree can be read without it.
final class GitStore: Sendable {
    let location: RepositoryLocation
    private let trust: RepositoryTrust
    private let repository = Mutex<Libgit2Repository?>(nil)

    init(_ location: RepositoryLocation, trust: RepositoryTrust) {
        self.location = location
        self.trust = trust
    }

    /// Calls `body` with the open repository, alone.
    ///
    /// libgit2's object database has locks of its own, yet the lock here is simpler to reason about, and unpacking a file is an order of magnitude
    /// cheaper than parsing it: workers rarely wait.
    func read<Value: Sendable>(
        about subject: GitSubject, _ body: (borrowing Libgit2Repository) throws(GitFailure) -> Value
    ) throws(RevisionError) -> Value {
        let location = location
        let trust = trust
        return try repository.withLock { repository throws(RevisionError) in
            if repository == nil {
                try trust.check(location)
                try GitDirectorySurvey.check(location)
                do throws(GitFailure) { repository = try Libgit2Repository(at: location.git) } catch {
                    throw error.explained(about: .opening, in: location)
                }
            }
            do throws(GitFailure) { return try Self.use(&repository, body) } catch { throw error.explained(about: subject, in: location) }
        }
    }

    private static func use<Value>(
        _ repository: inout Libgit2Repository?, _ body: (borrowing Libgit2Repository) throws(GitFailure) -> Value
    ) throws(GitFailure) -> Value {
        guard let open = repository.take() else { preconditionFailure("the repository has just been opened") }
        do throws(GitFailure) {
            let value = try body(open)
            repository = consume open
            return value
        } catch {
            repository = consume open
            throw error
        }
    }
}
