internal import CSystemCalls
internal import Glibc

/// What stands under a name.
enum Entry: Equatable {
    /// A regular file.
    case file
    case directory
    case link
    /// A pipe, socket or device, in words.
    case other(String)

    /// In words, for "is a directory, not a file".
    var noun: String {
        switch self {
        case .file: "a file"
        case .directory: "a directory"
        case .link: "a symbolic link"
        case .other(let noun): noun
        }
    }
}

/// A file's contents and permission bits, as read.
struct FileImage: Equatable {
    var bytes: [UInt8]
    var mode: UInt32
}

extension Directory {
    /// What is in a directory.
    struct Listing {
        /// The names, sorted.
        var names: [String] = []
        /// Names that aren't UTF-8: no text stands for them, and none of ours are like that.
        var unspeakable: [[UInt8]] = []
    }

    /// The names in it, sorted, but for those that aren't UTF-8.
    func names() throws(TargetError) -> [String] { try listing().names }

    /// All that is in it.
    func listing() throws(TargetError) -> Listing {
        // A descriptor of its own: closedir closes it, and reading moves its position.
        let copy = openBeneath(".", O_RDONLY | O_DIRECTORY)
        guard copy >= 0 else { throw .system(-copy, deed: "list", call: "openat2", path) }
        guard let stream = unsafe fdopendir(copy) else {
            let error = TargetError.system(errno, deed: "list", call: "fdopendir", path)
            close(copy)
            throw error
        }
        defer { unsafe closedir(stream) }
        var listing = Listing()
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let bytes = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { field in unsafe Array(field.prefix { $0 != 0 }) }
            guard let name = String(validating: bytes, as: UTF8.self) else {
                listing.unspeakable.append(bytes)
                continue
            }
            if name != "." && name != ".." { listing.names.append(name) }
        }
        guard errno == 0 else { throw .system(errno, deed: "list", call: "readdir", path) }
        listing.names.sort()
        listing.unspeakable.sort { $0.lexicographicallyPrecedes($1) }
        return listing
    }

    /// When a file was last written, in seconds since 1970; nil when it isn't there.
    func modificationTime(_ name: String) throws(TargetError) -> Double? {
        var status = stat()
        guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw .system(errno, deed: "look at", call: "fstatat", path(of: name))
        }
        return Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
    }

    /// The id of a file's owner; nil when it isn't there.
    func owner(_ name: String) throws(TargetError) -> UInt32? {
        var status = stat()
        guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw .system(errno, deed: "look at", call: "fstatat", path(of: name))
        }
        return status.st_uid
    }

    /// What stands under a name, without following it; nil when nothing does.
    func entry(_ name: String) throws(TargetError) -> Entry? {
        var status = stat()
        guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw .system(errno, deed: "look at", call: "fstatat", path(of: name))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .directory
        case S_IFLNK: return .link
        case S_IFIFO: return .other("a named pipe")
        case S_IFSOCK: return .other("a socket")
        default: return .other("a device")
        }
    }

    /// Reads a regular file of at most `limit` bytes; nil when nothing has that name.
    func readFile(_ name: String, limit: Int = 16 << 20) throws(TargetError) -> FileImage? {
        // Looked at before it is opened: opening a device or a pipe can have effects of its own.
        guard let entry = try entry(name) else { return nil }
        let path = path(of: name)
        guard entry == .file else { throw TargetError(.unexpectedShape, "\(path) is \(entry.noun), not a file", mend: "move it away") }
        let opened = openBeneath(name, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        if opened == -ENOENT { return nil }
        guard opened >= 0 else { throw .system(-opened, deed: "read", call: "openat2", path) }
        defer { close(opened) }
        var status = stat()
        guard unsafe fstat(opened, &status) == 0 else { throw .system(errno, deed: "read", call: "fstat", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw TargetError(.unexpectedShape, "\(path) is not a file", mend: "move it away") }
        let bytes = try readAll(opened, about: Int(status.st_size), limit: limit, path)
        return FileImage(bytes: bytes, mode: status.st_mode & 0o7777)
    }

    /// Where a symbolic link points; nil when nothing has that name.
    func readLink(_ name: String) throws(TargetError) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let length = unsafe buffer.withUnsafeMutableBufferPointer { unsafe csys_read_link(descriptor, name, $0.baseAddress, $0.count) }
        if length >= 0 { return String(decoding: buffer.prefix(length), as: UTF8.self) }
        if length == -Int(ENOENT) { return nil }
        if length == -Int(EINVAL) { throw TargetError(.unexpectedShape, "\(path(of: name)) is not a symbolic link", mend: "move it away") }
        throw .system(Int32(-length), deed: "read the link", call: "readlinkat", path(of: name))
    }

    private func readAll(_ file: Int32, about size: Int, limit: Int, _ path: String) throws(TargetError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(size, limit) + 1)
        var chunk = [UInt8](repeating: 0, count: max(4096, min(size + 1, 1 << 20)))
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno, deed: "read", call: "read", path) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else {
                throw TargetError(.failed(errno: EFBIG), "\(path) has more than \(limit) bytes, and isn't read")
            }
        }
    }
}
