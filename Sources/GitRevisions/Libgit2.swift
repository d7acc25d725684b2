import CLibgit2
import Glibc

// All of this project's code that calls libgit2. It takes and returns Swift values: text and bytes are copied before a call's scope ends, and
// each handle has one owner, which frees it. libgit2's last error belongs to the thread, so `check` reads it in the same synchronous function.

/// What libgit2 said when a call failed.
struct GitFailure: Error {
    enum Reason { case notFound, ambiguous, invalidName, unborn, locked, wrongType, unsupported, other }

    var reason: Reason
    /// libgit2's own words; to be shown as a note, never as the message.
    var detail: String
}

/// The library itself.
enum Libgit2 {
    /// Objects larger than this are refused before they are unpacked: no inventory has a tree or file like that.
    static let largestObject = 64 << 20

    /// Started once and kept for the life of the process: the options below are the process's, and setting them while another thread opens a
    /// repository isn't safe.
    private static let startStatus: Int32 = {
        let status = git_libgit2_init()
        guard status >= 0 else { return status }
        var failed: Int32 = 0
        // The machine's and the user's configuration can't change what is read here, so it isn't read at all. `safe.directory`, the one setting
        // that matters, is looked up by RepositoryTrust, which is also why libgit2's own check is off.
        for level in [GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL] {
            failed |= unsafe deevnet_git_set_search_path(level.rawValue, "")
        }
        failed |= deevnet_git_set_owner_validation(0)
        failed |= deevnet_git_allow_harmless_extensions()
        failed |= deevnet_git_set_max_object_size(largestObject)
        // Every object is read once or twice; kept ones would be a twentieth of a large plan's memory.
        failed |= deevnet_git_set_caching(0)
        // A recorded apply is the only memory there is: it must survive a power cut.
        failed |= deevnet_git_set_fsync_gitdir(1)
        return failed
    }()

    static func start() throws(GitFailure) { try check(startStatus) }

    /// Turns a status into an error.
    @discardableResult
    fileprivate static func check(_ status: Int32) throws(GitFailure) -> Int32 {
        guard status < 0 else { return status }
        var detail = "error \(status)"
        if let error = unsafe git_error_last(), let message = unsafe error.pointee.message {
            detail = unsafe printable(Array(String(cString: message).utf8))
        }
        throw GitFailure(reason: reason(status, detail), detail: detail)
    }

    private static func reason(_ status: Int32, _ detail: String) -> GitFailure.Reason {
        switch status {
        case GIT_ENOTFOUND.rawValue: .notFound
        case GIT_EAMBIGUOUS.rawValue: .ambiguous
        case GIT_EINVALIDSPEC.rawValue: .invalidName
        case GIT_EUNBORNBRANCH.rawValue: .unborn
        case GIT_ELOCKED.rawValue: .locked
        case GIT_EPEEL.rawValue: .wrongType
        // libgit2 has no code of its own for these.
        default: detail.contains("unsupported") ? .unsupported : .other
        }
    }

    /// All values of a setting in one configuration file and the files that it includes; none when the file doesn't exist.
    static func configuration(_ key: String, in file: String) throws(GitFailure) -> [String] {
        try start()
        var opened: OpaquePointer?
        try check(unsafe git_config_open_ondisk(&opened, file))
        guard let configuration = unsafe opened else { return [] }
        defer { unsafe git_config_free(configuration) }
        var iterator: OpaquePointer?
        try check(unsafe git_config_multivar_iterator_new(&iterator, configuration, key, nil))
        defer { unsafe git_config_iterator_free(iterator) }
        var values: [String] = []
        var entry: UnsafeMutablePointer<git_config_entry>?
        while unsafe git_config_next(&entry, iterator) == 0 {
            guard let value = unsafe entry?.pointee.value else { continue }
            unsafe values.append(String(cString: value))
        }
        return values
    }

    fileprivate static func objectID(_ id: git_oid) -> ObjectID {
        let found = unsafe withUnsafeBytes(of: id.id) { bytes in unsafe ObjectID(bytes: bytes) }
        guard let found else { preconditionFailure("a git_oid has \(ObjectID.byteCount) bytes") }
        return found
    }

    fileprivate static func oid(_ id: ObjectID) -> git_oid {
        var result = git_oid()
        unsafe withUnsafeMutableBytes(of: &result.id) { buffer in unsafe buffer.copyBytes(from: id.bytes) }
        return result
    }
}

/// An entry of a tree object.
struct GitTreeEntry {
    var name: [UInt8]
    var kind: ListedEntry<ObjectID>.Kind
    var id: ObjectID
}

/// An entry of the index.
struct GitIndexEntry {
    var path: [UInt8]
    var kind: ListedEntry<ObjectID>.Kind
    var id: ObjectID
    /// 0, or 1 to 3 while a merge waits for a person.
    var stage: Int
    /// Whether only the name is known to git, by `git add -N`.
    var isIntentToAdd: Bool
}

/// An open repository. One thread at a time may use it, any thread: unchecked, because what guarantees it is the `Mutex` in ``GitStore``, which holds
/// the only one.
///
/// Safe because the two handles come from calls that succeeded, never leave this file, and are freed once, after the last use.
@safe
struct Libgit2Repository: ~Copyable, @unchecked Sendable {
    private let repository: OpaquePointer
    private let objects: OpaquePointer

    /// Opens the repository at a `.git` directory, `.git` file or bare repository, exactly there.
    ///
    /// It is opened as if it were bare: this module reads files by itself, so libgit2 needn't look for a working tree, wherever `core.worktree` says
    /// that it is.
    init(at git: String) throws(GitFailure) {
        try Libgit2.start()
        let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue | GIT_REPOSITORY_OPEN_BARE.rawValue
        var opened: OpaquePointer?
        try Libgit2.check(unsafe git_repository_open_ext(&opened, git, flags, nil))
        guard let handle = unsafe opened else { preconditionFailure("libgit2 opened a repository and gave none") }
        var database: OpaquePointer?
        var status = unsafe git_repository_odb(&database, handle)
        if status >= 0, let common = unsafe git_repository_commondir(handle) {
            status = unsafe deevnet_git_guard_add(database, String(cString: common) + "objects", Libgit2.largestObject)
        }
        guard status >= 0, let found = unsafe database else {
            // The words of the error first: freeing may replace them.
            let failure = Result { () throws(GitFailure) in try Libgit2.check(status) }
            unsafe git_odb_free(database)
            unsafe git_repository_free(handle)
            _ = try failure.get()
            preconditionFailure("libgit2 opened an object database and gave none")
        }
        unsafe repository = handle
        unsafe objects = found
    }

    deinit {
        unsafe git_odb_free(objects)
        unsafe git_repository_free(repository)
    }

    /// The commit of HEAD; nil while the branch has none.
    func head() throws(GitFailure) -> ObjectID? {
        if try Libgit2.check(unsafe git_repository_head_unborn(repository)) == 1 { return nil }
        return try commit(named: "HEAD")
    }

    /// The commit that a name leads to, through annotated tags.
    func commit(named name: String) throws(GitFailure) -> ObjectID {
        var found: OpaquePointer?
        try Libgit2.check(unsafe git_revparse_single(&found, repository, name))
        defer { unsafe git_object_free(found) }
        var commit: OpaquePointer?
        try Libgit2.check(unsafe git_object_peel(&commit, found, GIT_OBJECT_COMMIT))
        defer { unsafe git_object_free(commit) }
        guard let id = unsafe git_object_id(commit) else { preconditionFailure("a git object has an id") }
        return unsafe Libgit2.objectID(id.pointee)
    }

    /// The root tree of a commit.
    func tree(of commit: ObjectID) throws(GitFailure) -> ObjectID {
        var id = Libgit2.oid(commit)
        var found: OpaquePointer?
        try Libgit2.check(unsafe git_commit_lookup(&found, repository, &id))
        defer { unsafe git_commit_free(found) }
        guard let tree = unsafe git_commit_tree_id(found) else { preconditionFailure("a commit has a tree") }
        return unsafe Libgit2.objectID(tree.pointee)
    }

    /// The entries of a tree object.
    func entries(of tree: ObjectID) throws(GitFailure) -> [GitTreeEntry] {
        let found = unsafe try openTree(tree)
        defer { unsafe git_tree_free(found) }
        let count = unsafe git_tree_entrycount(found)
        var result: [GitTreeEntry] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            guard let entry = unsafe git_tree_entry_byindex(found, index), let name = unsafe git_tree_entry_name(entry) else { continue }
            guard let target = unsafe git_tree_entry_id(entry) else { continue }
            let kind = unsafe entryKind(git_tree_entry_filemode_raw(entry).rawValue)
            unsafe result.append(GitTreeEntry(name: bytes(name), kind: kind, id: Libgit2.objectID(target.pointee)))
        }
        return result
    }

    /// The entries of an index file; of the repository's own one when no path is given.
    func indexEntries(at path: String?) throws(GitFailure) -> [GitIndexEntry] {
        let found = unsafe try openIndex(at: path)
        defer { unsafe git_index_free(found) }
        let count = unsafe git_index_entrycount(found)
        var result: [GitIndexEntry] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            guard let entry = unsafe git_index_get_byindex(found, index), let path = unsafe entry.pointee.path else { continue }
            unsafe result.append(
                GitIndexEntry(
                    path: bytes(path), kind: entryKind(entry.pointee.mode), id: Libgit2.objectID(entry.pointee.id),
                    stage: Int(git_index_entry_stage(entry)),
                    isIntentToAdd: UInt32(entry.pointee.flags_extended) & GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue != 0))
        }
        return result
    }

    /// Whether the files in trees of a commit whose names end in `.yml` are these and no others; the trees are given by the path that each is at, in
    /// order.
    ///
    /// Hidden files and the like, which no inventory has, make the answer false though nothing may differ. Nothing is copied: there may be hundreds
    /// of thousands of entries.
    func trees(_ roots: [(path: String, tree: ObjectID?)], list files: FoundFiles, _ limits: SnapshotLimits) throws(GitFailure) -> Bool {
        var (number, visited) = (0, 0)
        for case (let path, let tree?) in roots {
            guard try self.tree(tree, at: Array(path.utf8), lists: files, &number, &visited, limits) else { return false }
        }
        return number == files.count
    }

    /// `number` is that of the first file in the tree, then of the first after it; `visited` counts entries, so that trees of trees without a file end.
    private func tree(
        _ tree: ObjectID, at path: [UInt8], lists files: FoundFiles, _ number: inout Int, _ visited: inout Int, _ limits: SnapshotLimits
    ) throws(GitFailure) -> Bool {
        let found = unsafe try openTree(tree)
        defer { unsafe git_tree_free(found) }
        let count = unsafe git_tree_entrycount(found)
        visited += count
        let directory = path + "/".utf8
        let depth = directory.count { $0 == UInt8(ascii: "/") }
        guard visited <= limits.entries, depth <= limits.depth else { return false }
        for index in 0..<count {
            guard let entry = unsafe git_tree_entry_byindex(found, index), let name = unsafe git_tree_entry_name(entry),
                let target = unsafe git_tree_entry_id(entry)
            else { return false }
            // Such names would make a path of another meaning; the walk has words for them.
            guard unsafe strchr(name, Int32(UInt8(ascii: "/"))) == nil, unsafe strcmp(name, ".git") != 0 else { return false }
            let id = unsafe Libgit2.objectID(target.pointee)
            let text = unsafe UnsafeRawBufferPointer(start: name, count: strlen(name))
            let kind = unsafe entryKind(git_tree_entry_filemode_raw(entry).rawValue)
            if kind == .directory {
                let path = unsafe directory + text
                guard try self.tree(id, at: path, lists: files, &number, &visited, limits) else { return false }
            } else if unsafe EntryName.isYAML(text) {
                guard kind == .file, unsafe files.has(id, at: number, directory, text) else { return false }
                number += 1
            }
        }
        return true
    }

    /// Opens an index file by its path and not as the repository's: then `core.ignorecase` can't change how it is sorted.
    private func openIndex(at path: String?) throws(GitFailure) -> OpaquePointer? {
        var file = path
        if file == nil, let git = unsafe git_repository_path(repository) { file = unsafe String(cString: git) + "index" }
        guard let file else { preconditionFailure("a repository has a path") }
        var found: OpaquePointer?
        try Libgit2.check(unsafe git_index_open(&found, file))
        return unsafe found
    }

    private func openTree(_ tree: ObjectID) throws(GitFailure) -> OpaquePointer? {
        try requireReadable(tree)
        var id = Libgit2.oid(tree)
        var found: OpaquePointer?
        try Libgit2.check(unsafe git_tree_lookup(&found, repository, &id))
        return unsafe found
    }

    /// The size of an object, without unpacking it.
    func size(of object: ObjectID) throws(GitFailure) -> Int {
        var id = Libgit2.oid(object)
        var size = 0
        var type = GIT_OBJECT_ANY
        try Libgit2.check(unsafe git_odb_read_header(&size, &type, objects, &id))
        return size
    }

    /// The bytes of a file, exactly as they are stored: no filter, no conversion of line ends.
    func bytes(ofBlob blob: ObjectID) throws(GitFailure) -> [UInt8] {
        try requireReadable(blob)
        var id = Libgit2.oid(blob)
        var found: OpaquePointer?
        try Libgit2.check(unsafe git_odb_read(&found, objects, &id))
        defer { unsafe git_odb_object_free(found) }
        guard unsafe git_odb_object_type(found) == GIT_OBJECT_BLOB else {
            throw GitFailure(reason: .wrongType, detail: "object \(blob) is no file")
        }
        return unsafe Array(UnsafeRawBufferPointer(start: git_odb_object_data(found), count: git_odb_object_size(found)))
    }

    /// The full names of all references.
    func referenceNames() throws(GitFailure) -> [String] {
        var names = unsafe git_strarray()
        try Libgit2.check(unsafe git_reference_list(&names, repository))
        defer { unsafe git_strarray_dispose(&names) }
        return unsafe UnsafeBufferPointer(start: names.strings, count: names.count).compactMap { name in
            guard let name = unsafe name else { return nil }
            return unsafe String(cString: name)
        }
    }

    /// What a reference points at; nil when there is none of that name.
    func target(ofReference name: String) throws(GitFailure) -> ObjectID? {
        var id = git_oid()
        let status = unsafe git_reference_name_to_id(&id, repository, name)
        if status == GIT_ENOTFOUND.rawValue { return nil }
        try Libgit2.check(status)
        return Libgit2.objectID(id)
    }

    /// Points a reference at an object, whatever it pointed at before.
    func setReference(_ name: String, to target: ObjectID, message: String) throws(GitFailure) {
        var id = Libgit2.oid(target)
        var made: OpaquePointer?
        try Libgit2.check(unsafe git_reference_create(&made, repository, name, &id, 1, message))
        unsafe git_reference_free(made)
    }

    /// libgit2 unpacks an object whole, so its size is asked for first.
    private func requireReadable(_ object: ObjectID) throws(GitFailure) {
        let size = try size(of: object)
        guard size <= Libgit2.largestObject else {
            throw GitFailure(reason: .other, detail: "object \(object) has \(size) bytes; at most \(Libgit2.largestObject) are read")
        }
    }

    private func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }

    private func entryKind(_ mode: UInt32) -> ListedEntry<ObjectID>.Kind {
        switch mode & 0o170000 {
        case 0o100000: .file
        case 0o040000: .directory
        case 0o120000: .symlink
        case 0o160000: .submodule
        default: .special
        }
    }
}
