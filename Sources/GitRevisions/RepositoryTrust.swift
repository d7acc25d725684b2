import Diagnostics

/// Whose repositories may be opened: one's own, and those that the user's own git configuration names as safe.
///
/// libgit2 has this check too, but makes it by reading every configuration file of the machine, doesn't know `*`, and reports a missing
/// setting where it means a foreign owner. Here the check comes first, reads `safe.directory` only when the owner differs, and libgit2 then
/// opens the repository without any configuration but the repository's own.
struct RepositoryTrust: Sendable {
    /// Who we run as.
    var user: UInt32
    /// Who called `sudo`; root may open that user's repositories, as git lets it.
    var sudoUser: UInt32?
    /// The home directory, for `~/` in a setting.
    var home: String?
    /// The files that may hold `safe.directory`, the gravest word last. A repository's own configuration never vouches for it.
    var configurationFiles: [String]

    /// The trust that git itself would have in this process.
    static func ofProcess() -> RepositoryTrust {
        let home = environmentVariable("HOME").flatMap { $0.isEmpty ? nil : $0 }
        var files: [String] = []
        if environmentVariable("GIT_CONFIG_NOSYSTEM") == nil { files.append(environmentVariable("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig") }
        if let global = environmentVariable("GIT_CONFIG_GLOBAL") {
            files.append(global)
        } else if let home {
            let xdg = environmentVariable("XDG_CONFIG_HOME").flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.config"
            files += [xdg + "/git/config", home + "/.gitconfig"]
        }
        let sudo = environmentVariable("SUDO_UID").flatMap { UInt32($0) }
        return RepositoryTrust(user: effectiveUser(), sudoUser: sudo, home: home, configurationFiles: files)
    }

    /// Throws unless the repository may be opened.
    func check(_ location: RepositoryLocation) throws(RevisionError) {
        for path in location.guarded {
            guard let status = FileStatus.following(path) else {
                throw RevisionError(
                    .repositoryBroken, "\(quoted(path)) belongs to the repository and is missing",
                    mend: "git -C \(shellWord(location.top)) worktree repair")
            }
            if status.owner == user || (user == 0 && status.owner == sudoUser) { continue }
            if isNamedSafe(location.top) { return }
            throw foreignOwner(path, owner: status.owner, of: location)
        }
    }

    private func isNamedSafe(_ top: String) -> Bool {
        var isSafe = false
        for file in configurationFiles {
            for value in (try? Libgit2.configuration("safe.directory", in: file)) ?? [] {
                // An empty value takes back what stood before it, as in git.
                if value.isEmpty { isSafe = false } else if value == "*" || expanded(value) == top { isSafe = true }
            }
        }
        return isSafe
    }

    private func expanded(_ value: String) -> String {
        var path = value
        if path.hasPrefix("~/"), let home { path = home + path.dropFirst(1) }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return canonicalPath(path) ?? path
    }

    private func foreignOwner(_ path: String, owner: UInt32, of location: RepositoryLocation) -> RevisionError {
        RevisionError(
            .repositoryOwner, "\(quoted(path)) belongs to uid \(owner), and this program runs as uid \(user)",
            notes: ["whoever owns a repository decides what is in it; git refuses it for the same reason"],
            mend: "if you trust it: git config --global --add safe.directory \(shellWord(location.top))")
    }
}
