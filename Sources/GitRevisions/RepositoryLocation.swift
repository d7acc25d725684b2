import Diagnostics

/// Where a repository lies, found by looking at names only. Nothing in it is read, so finding it is safe whoever owns it.
struct RepositoryLocation: Sendable {
    /// The directory that holds `.git`, or the bare repository itself.
    let top: String
    /// The `.git` directory or file, or the bare repository itself.
    let git: String
    /// Whether there is no working tree.
    let isBare: Bool
    /// The directory that holds `inventory/` and `sites/`; ``top`` or a directory below it.
    let root: String
    /// ``root`` seen from ``top``, part by part.
    let prefix: [String]
    /// The same as the beginning of the paths in git's index: empty, or with a slash at its end.
    var pathPrefix: String { prefix.map { $0 + "/" }.joined() }

    /// Looks in a directory and, as git does, in those above it on the same file system.
    ///
    /// The inventory's root is the first directory on the way up that holds `inventory/` or `sites/`, else the repository's top: one repository
    /// may hold several inventories, and each command stays in the one that it was called in.
    init(from path: String) throws(RevisionError) {
        guard let start = canonicalPath(path), let status = FileStatus.following(start), status.kind == .directory else {
            throw RevisionError(
                .notARepository, "there is no directory \(quoted(path))", mend: "give the directory that holds inventory/ and sites/")
        }
        var root: String?
        var directory = start
        while FileStatus.following(directory)?.device == status.device {
            if root == nil, Self.holdsInventory(directory) { root = directory }
            let git = Self.join(directory, ".git")
            if Self.isGitDirectory(git) || Self.isGitFile(git) {
                self.init(top: directory, git: git, isBare: false, root: root ?? directory)
                return
            }
            if Self.isGitDirectory(directory) {
                self.init(top: directory, git: directory, isBare: true, root: directory)
                return
            }
            guard let slash = directory.lastIndex(of: "/"), directory != "/" else { break }
            directory = slash == directory.startIndex ? "/" : String(directory[..<slash])
        }
        throw RevisionError(
            .notARepository, "\(quoted(start)) is not in a git repository",
            mend: root == nil ? "deevnet init, or change to the repository" : "git -C \(shellWord(root ?? start)) init")
    }

    private init(top: String, git: String, isBare: Bool, root: String) {
        self.top = top
        self.git = git
        self.isBare = isBare
        self.root = root
        prefix = root.dropFirst(top.count).split(separator: "/").map(String.init)
    }

    /// The git directory itself, wherever a `.git` file says that it is.
    var gitDirectory: String {
        guard let linked = Self.gitFileTarget(git) else { return git }
        return linked.hasPrefix("/") ? linked : Self.join(top, linked)
    }

    /// The directories and files whose owner decides whether the repository is trusted: those that git looks at.
    var guarded: [String] {
        var paths = isBare ? [git] : [top, git]
        if gitDirectory != git { paths.append(gitDirectory) }
        return paths
    }

    private static func join(_ directory: String, _ name: String) -> String { directory == "/" ? "/" + name : directory + "/" + name }

    private static func holdsInventory(_ directory: String) -> Bool {
        ["inventory", "sites"].contains { FileStatus.following(join(directory, $0))?.kind == .directory }
    }

    private static func isGitDirectory(_ path: String) -> Bool {
        smallFile(at: join(path, "HEAD")) != nil
            && ["objects", "refs"].allSatisfy { FileStatus.following(join(path, $0))?.kind == .directory }
    }

    private static func isGitFile(_ path: String) -> Bool { gitFileTarget(path) != nil }

    /// What a `.git` file of a linked worktree or a submodule points at.
    private static func gitFileTarget(_ path: String) -> String? {
        guard let bytes = smallFile(at: path), let text = String(validating: bytes, as: UTF8.self) else { return nil }
        guard text.hasPrefix("gitdir: ") else { return nil }
        return String(text.dropFirst("gitdir: ".count).prefix { $0 != "\n" && $0 != "\r\n" })
    }
}
