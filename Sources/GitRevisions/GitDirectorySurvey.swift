import Diagnostics

/// Looks at what lies in a git directory before libgit2 opens any of it, by names and kinds alone.
///
/// libgit2 follows links and included configuration files wherever they lead, and waits for ever at a pipe. git makes none of them there by itself, but
/// who makes the repository does as they like.
struct GitDirectorySurvey {
    private let location: RepositoryLocation
    private var seen: Set<String> = []

    /// What libgit2 reads at the top of a git directory.
    private static let files = [
        "HEAD", "ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "config", "config.worktree", "index", "packed-refs", "shallow", "commondir",
        "gitdir",
    ]
    private static let largestConfiguration = 1 << 20
    private static let directories = ["refs", "objects", "info", "logs"]

    /// Throws unless all that libgit2 will open are plain files and directories.
    static func check(_ location: RepositoryLocation) throws(RevisionError) {
        var survey = GitDirectorySurvey(location: location)
        guard let git = canonicalPath(location.gitDirectory), FileStatus.following(git + "/HEAD")?.kind == .file else { return }
        try survey.look(atGitDirectory: git)
        guard let bytes = smallFile(at: git + "/commondir") else { return }
        let named = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" && $0 != "\r\n" }
        guard let common = canonicalPath(named.hasPrefix("/") ? String(named) : "\(git)/\(named)"),
            FileStatus.following(common + "/objects")?.kind == .directory
        else { return }
        try survey.look(atGitDirectory: common)
    }

    private init(location: RepositoryLocation) { self.location = location }

    private mutating func look(atGitDirectory path: String) throws(RevisionError) {
        guard seen.insert(path).inserted else { return }
        guard let directory = try? Descriptor.directory(at: path) else { return }
        for name in Self.files {
            guard let kind = try? directory.status(ofEntryAt: name).kind else { continue }
            guard kind == .file else { throw odd("\(path)/\(name)", kind) }
        }
        for name in Self.directories {
            guard let kind = try? directory.status(ofEntryAt: name).kind else { continue }
            guard kind == .directory else { throw odd("\(path)/\(name)", kind) }
            try look(into: name, of: directory, path: "\(path)/\(name)", depth: 1)
        }
        for name in ["config", "config.worktree"] { try checkIncludes(in: "\(path)/\(name)") }
        try checkAlternates(of: path + "/objects", depth: 0)
    }

    private mutating func look(into name: String, of parent: Descriptor, path: String, depth: Int) throws(RevisionError) {
        // No name of a reference has more parts.
        guard depth <= 64, let directory = try? parent.directory(named: name), let entries = try? directory.entries() else { return }
        for entry in entries {
            guard entry.kind != .file else { continue }
            let text = String(decoding: entry.name, as: UTF8.self)
            guard entry.kind == .directory else { throw odd("\(path)/\(text)", entry.kind) }
            try look(into: text, of: directory, path: "\(path)/\(text)", depth: depth + 1)
        }
    }

    /// An included file may be any of the machine's, and its words come back in errors. Which lines of a configuration are headers depends on quotes and
    /// continued lines; a text that could be one counts.
    private func checkIncludes(in path: String) throws(RevisionError) {
        guard let status = FileStatus.following(path) else { return }
        guard status.size <= Self.largestConfiguration, let bytes = smallFile(at: path, limit: Self.largestConfiguration) else {
            throw RevisionError(
                .repositoryOdd,
                "the configuration \(quoted(path)) has \(status.size) bytes or can't be read; at most \(Self.largestConfiguration) are",
                mend: "look at it: ls -l \(shellWord(path))")
        }
        guard String(decoding: bytes, as: UTF8.self).lowercased().contains("[include") else { return }
        throw RevisionError(
            .repositoryOdd,
            "the configuration \(quoted(path)) includes other files, which libgit2 would read wherever they are; a repository may name none of the machine's",
            mend:
                "include them in your own configuration instead: git config --global; and here: git config --local --remove-section include"
        )
    }

    /// Objects that are kept elsewhere (`git clone --shared`): git's own way, and the same is asked of that place. As in libgit2 five deep.
    private mutating func checkAlternates(of objects: String, depth: Int) throws(RevisionError) {
        guard depth < 6, let bytes = smallFile(at: objects + "/info/alternates") else { return }
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let named = String(decoding: line, as: UTF8.self)
            let place = canonicalPath(named.hasPrefix("/") ? named : "\(objects)/\(named)")
            // Any other directory would be searched too, and what is there told by what fails.
            guard let place, place.hasSuffix("/objects"), let directory = try? Descriptor.directory(at: place) else {
                throw RevisionError(
                    .repositoryOdd, "\(quoted(objects + "/info/alternates")) names \(quoted(named)), which is no repository's 'objects'",
                    mend: "git -C \(shellWord(location.top)) repack -a -d, then remove that file")
            }
            guard seen.insert(place).inserted else { continue }
            try look(into: ".", of: directory, path: place, depth: 1)
            try checkAlternates(of: place, depth: depth + 1)
        }
    }

    private func odd(_ path: String, _ kind: FileStatus.Kind) -> RevisionError {
        let what =
            switch kind {
            case .symlink: "a symbolic link"
            case .directory: "a directory"
            case .file: "a file"
            case .special: "a device, socket or pipe"
            }
        return RevisionError(
            .repositoryOdd, "\(quoted(path)) is \(what), and isn't opened",
            mend: "a clone has none of it: git clone --no-local \(shellWord(location.top)) COPY, as the user who owns it")
    }
}
