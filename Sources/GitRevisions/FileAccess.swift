import Diagnostics
import Glibc

// Everything of this module that touches files without libgit2, and all the unsafe code which that takes.

/// An open file or directory, closed with its last reference.
final class Descriptor: Sendable {
    /// Valid as long as this object lives; nobody else closes it.
    fileprivate let number: Int32

    fileprivate init(_ number: Int32) { self.number = number }

    deinit { _ = Glibc.close(number) }

    /// Opens a directory by its path. Links are followed: the path is the caller's own word, not the inventory's.
    static func directory(at path: String) throws(FileFault) -> Descriptor {
        let number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw FileFault(errno) }
        return Descriptor(number)
    }

    /// Opens a directory inside this one, unless it is a link.
    func directory(named name: String) throws(FileFault) -> Descriptor {
        let found = unsafe openat(number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard found >= 0 else { throw FileFault(errno) }
        return Descriptor(found)
    }

    /// Reads a file inside this directory, unless it is a link, by its path, of which only the last part counts. A pipe or device is opened without
    /// waiting for it, and then refused.
    ///
    /// - Parameter admit: asked once, with the number of bytes, before more than a little is read.
    func content(ofFileAt path: String, limit: Int, admit: (Int) -> Bool) throws(FileFault) -> FileContent {
        let file = unsafe withLastPart(of: path) { unsafe openat(number, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
        guard file >= 0 else { throw FileFault(errno) }
        defer { _ = Glibc.close(file) }
        // Most files are small, and a first piece that comes back short is the whole: nobody needs to ask for their size.
        let first = try read(upTo: Self.firstPiece, from: file, at: 0)
        if !first.isEmpty, first.count < Self.firstPiece {
            guard first.count <= limit else { return .tooLarge(size: first.count) }
            return admit(first.count) ? .bytes(first) : .refused
        }
        let status = try FileStatus(of: file)
        guard status.kind == .file else { throw FileFault.notRegular }
        guard status.size <= limit else { return .tooLarge(size: status.size) }
        guard admit(status.size) else { return .refused }
        let bytes = try rest(of: file, after: first, size: status.size, limit: limit)
        return bytes.count <= limit ? .bytes(bytes) : .tooLarge(size: bytes.count)
    }

    private static let firstPiece = 4 << 10

    /// Opens the directory at a path below this one, part by part, so that none can be a link.
    func directory(below path: Substring) throws(FileFault) -> Descriptor {
        var directory = self
        for part in path.split(separator: "/") { directory = try directory.directory(named: String(part)) }
        return directory
    }

    /// The names in this directory and what they are, without `.` and `..`.
    func entries() throws(FileFault) -> [(name: [UInt8], kind: FileStatus.Kind)] {
        // A descriptor of its own: a listing moves the position of the descriptor it reads from.
        let copy = unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw FileFault(errno) }
        guard let stream = unsafe fdopendir(copy) else {
            let fault = FileFault(errno)
            _ = Glibc.close(copy)
            throw fault
        }
        defer { unsafe closedir(stream) }
        var result: [(name: [UInt8], kind: FileStatus.Kind)] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            // The name runs on from its first byte; the array type in the header has room for more than the record may hold.
            let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
            let text = unsafe UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: UInt8.self)
            let name = unsafe Array(
                UnsafeBufferPointer(start: text, count: strlen(UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self))))
            if name.count <= 2, name.allSatisfy({ $0 == UInt8(ascii: ".") }) { continue }
            let kind: FileStatus.Kind
            switch unsafe Int(entry.pointee.d_type) {
            case Int(DT_REG): kind = .file
            case Int(DT_DIR): kind = .directory
            case Int(DT_LNK): kind = .symlink
            case Int(DT_UNKNOWN): kind = (try? status(ofEntryAt: String(decoding: name, as: UTF8.self)).kind) ?? .special
            default: kind = .special
            }
            result.append((name, kind))
        }
        guard errno == 0 else { throw FileFault(errno) }
        return result
    }

    /// What this descriptor is open on.
    func status() throws(FileFault) -> FileStatus {
        try FileStatus(of: number)
    }

    /// What an entry of this directory is, itself, not what it may point at; of a path only the last part counts.
    func status(ofEntryAt path: String) throws(FileFault) -> FileStatus {
        var found = stat()
        let status = unsafe withLastPart(of: path) { unsafe fstatat(number, $0, &found, AT_SYMLINK_NOFOLLOW) }
        guard status == 0 else { throw FileFault(errno) }
        return FileStatus(found)
    }

    /// The bytes of the regular file that this descriptor is open on; nil when there are more than `limit`.
    func bytes(limit: Int) throws(FileFault) -> [UInt8]? {
        let status = try status()
        guard status.kind == .file else { throw FileFault.notRegular }
        guard status.size <= limit else { return nil }
        let bytes = try rest(of: number, after: [], size: status.size, limit: limit)
        return bytes.count <= limit ? bytes : nil
    }
}

/// What became of reading a file.
enum FileContent {
    case bytes([UInt8])
    case tooLarge(size: Int)
    case refused
}

/// What an open file has, of which the first piece is read already and so many bytes are expected; of one that grows meanwhile not much more than `limit`.
private func rest(of number: Int32, after first: [UInt8], size: Int, limit: Int) throws(FileFault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(max(size, first.count))
    bytes += first
    while bytes.count <= limit {
        let piece = try read(upTo: 1 << 16, from: number, at: bytes.count)
        if piece.isEmpty { break }
        bytes += piece
    }
    return bytes
}

/// Reads at most so many bytes at an offset; none at the end. What has no offsets, a pipe or socket, is refused for that by the system.
private func read(upTo wanted: Int, from number: Int32, at offset: Int) throws(FileFault) -> [UInt8] {
    var fault: FileFault?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        var got: Int
        repeat { got = unsafe pread(number, buffer.baseAddress, wanted, offset) } while got < 0 && errno == EINTR
        if got < 0 { fault = errno == ESPIPE ? FileFault.notRegular : FileFault(errno) }
        count = max(0, got)
    }
    if let fault { throw fault }
    return bytes
}

/// The last part of a path of several, as the system's calls want it: it ends where the path does, so nothing is copied.
private func withLastPart<Value>(of path: String, _ body: (UnsafePointer<CChar>) -> Value) -> Value {
    let length = directoryLength(of: path)
    return unsafe path.withCString { unsafe body($0 + length) }
}

/// What `stat` tells that this module asks for.
struct FileStatus {
    enum Kind { case file, directory, symlink, special }

    var kind: Kind
    var size: Int
    var owner: UInt32
    var device: UInt

    fileprivate init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symlink
            default: .special
            }
        size = Int(status.st_size)
        owner = status.st_uid
        device = UInt(status.st_dev)
    }

    fileprivate init(of number: Int32) throws(FileFault) {
        var found = stat()
        guard unsafe fstat(number, &found) == 0 else { throw FileFault(errno) }
        self.init(found)
    }

    /// The status of what a path leads to, links followed; nil when there is nothing.
    static func following(_ path: String) -> FileStatus? {
        var found = stat()
        guard unsafe stat(path, &found) == 0 else { return nil }
        return FileStatus(found)
    }
}

/// Why the system refused a file.
struct FileFault: Error {
    private let code: Int32
    private let isNotRegular: Bool

    fileprivate init(_ code: Int32) {
        self.code = code
        isNotRegular = false
    }

    private init(notRegular: Void) {
        code = 0
        isNotRegular = true
    }

    fileprivate static let notRegular = FileFault(notRegular: ())

    /// Whether the fault is a link where none is followed. A link where a directory is wanted gives ENOTDIR.
    var isLink: Bool { code == ELOOP || code == ENOTDIR }

    /// The reason in the system's words.
    var reason: String {
        if isNotRegular { return "it is no regular file" }
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text).lowercased()
    }

    /// The fault as an error about a file of the inventory.
    func error(about path: String) -> RevisionError {
        if isLink { return RevisionError(.symlink(path)) }
        return RevisionError(
            .fileUnreadable, "\(quoted(path)) can't be read: \(reason)", mend: "look at its owner and mode: ls -ld \(shellWord(path))")
    }
}

/// The path without links, `.` and `..`; nil when nothing is there.
func canonicalPath(_ path: String) -> String? {
    guard !path.utf8.contains(0), let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
}

/// A small file that isn't part of the inventory, such as a `.git` file; nil when it can't be read, or is a link.
func smallFile(at path: String, limit: Int = 1 << 16) -> [UInt8]? {
    let number = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    let file = Descriptor(number)
    return (try? file.bytes(limit: limit)) ?? nil
}

/// Where the first zero byte is; nil when there is none. The C library looks at many bytes at a time.
func firstZero(in bytes: [UInt8]) -> Int? {
    unsafe bytes.withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress, let found = unsafe memchr(base, 0, buffer.count) else { return nil }
        return unsafe UnsafeRawPointer(found) - base
    }
}

/// How many bytes of a path lead to its last part: its directory with the slash.
func directoryLength(of path: String) -> Int {
    unsafe path.withCString { start in
        guard let slash = unsafe strrchr(start, Int32(UInt8(ascii: "/"))) else { return 0 }
        return unsafe UnsafePointer(slash) + 1 - start
    }
}

/// Whether a text has bytes at an offset. The C library compares many at a time.
func hasBytes(_ bytes: [UInt8], at offset: Int, of text: String) -> Bool {
    unsafe bytes.withUnsafeBytes { unsafe hasBytes($0, at: offset, of: text) }
}

func hasBytes(_ bytes: UnsafeRawBufferPointer, at offset: Int, of text: String) -> Bool {
    guard let first = bytes.baseAddress else { return true }
    guard offset + bytes.count <= text.utf8.count else { return false }
    return unsafe text.withCString { unsafe memcmp($0 + offset, first, bytes.count) == 0 }
}

/// The user id this process acts as.
func effectiveUser() -> UInt32 { geteuid() }

/// A variable of the process's environment.
func environmentVariable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
}
