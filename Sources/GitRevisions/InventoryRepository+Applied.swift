import Diagnostics

/// What was applied is recorded in git itself, as `refs/deevnet/applied/<site>`: it travels with `git fetch`, shows in `git log --all`, and keeps
/// its commit from being collected as garbage.
extension InventoryRepository {
    /// The commit that was last recorded as applied to a site; nil when none was.
    public func applied(site: String) throws(RevisionError) -> ObjectID? {
        let reference = try Self.appliedReference(site)
        return try store.read(about: .references) { repository throws(GitFailure) in try repository.target(ofReference: reference) }
    }

    /// Records a commit as applied to a site. The commit must be in the repository.
    public func recordApplied(site: String, commit: ObjectID) throws(RevisionError) {
        let reference = try Self.appliedReference(site)
        try store.read(about: .recording(site)) { repository throws(GitFailure) in
            // Refuses what isn't a commit: a reference to anything else would break the next plan.
            _ = try repository.tree(of: commit)
            try repository.setReference(reference, to: commit, message: "deevnet: applied to \(site)")
        }
    }

    /// The reference of a site. A site's name becomes a file name in `.git`, so only plain names pass.
    private static func appliedReference(_ site: String) throws(RevisionError) -> String {
        let isPlain = site.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard isPlain, (1...63).contains(site.utf8.count), !site.hasPrefix("-") else {
            throw RevisionError(.badName, "\(quoted(site)) can't be a site's name", mend: "use lower-case letters, digits and hyphens")
        }
        return "refs/deevnet/applied/\(site)"
    }
}
