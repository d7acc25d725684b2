import Diagnostics
import Synchronization

/// The files below a root on disk, read by path. It may be used from several threads at once.
final class WorkingTree: Sendable {
    /// The inventory's root; what is read lies below it even when the path to it leads elsewhere meanwhile.
    let root: Descriptor
    private let limit: Int
    /// The ids of files that were read, by path; nil: nobody will ask for them.
    private let identified: Mutex<[String: ObjectID]?>
    // Files are read in the order of their paths, so that most lie in the directory of the one before: opening only the last part halves the cost.
    private let last = Mutex<(path: Substring, directory: Descriptor)?>(nil)

    /// Opens a root; no file beyond `limit` bytes is read. With `identifying` the id of each file is worked out while its bytes are at hand: it is
    /// then that of the bytes that were read, whatever became of the file since.
    init(root: Descriptor, limit: Int, identifying: Bool) {
        identified = Mutex(identifying ? [:] : nil)
        self.root = root
        self.limit = limit
    }

    /// The bytes of a file.
    func bytes(of file: SourceFile) throws(RevisionError) -> [UInt8] {
        let found: [UInt8]?
        do throws(FileFault) {
            let slash = file.path.lastIndex(of: "/") ?? file.path.startIndex
            let directory = try directory(at: file.path[..<slash])
            found = try directory.file(named: String(file.path[slash...].drop { $0 == "/" })).bytes(limit: limit)
        } catch { throw error.error(about: file.path) }
        guard let found else { throw RevisionError(.tooLarge(file.path, size: file.size, limit: limit)) }
        if identified.withLock({ $0 != nil }) {
            let id = try Self.blobID(of: found)
            identified.withLock { $0?[file.path] = id }
        }
        return found
    }

    /// The git object id that a file's bytes have, without any conversion.
    func blobID(of file: SourceFile) throws(RevisionError) -> ObjectID {
        if let known = identified.withLock({ $0?[file.path] }) { return known }
        return try Self.blobID(of: try bytes(of: file))
    }

    private static func blobID(of bytes: [UInt8]) throws(RevisionError) -> ObjectID {
        do throws(GitFailure) { return try Libgit2.blobID(of: bytes) } catch {
            throw RevisionError(
                .repositoryBroken, "libgit2 can't be used", notes: ["libgit2 says: \(error.detail)"], mend: "install libgit2 anew")
        }
    }

    private func directory(at path: Substring) throws(FileFault) -> Descriptor {
        if let kept = last.withLock({ $0 }), kept.path == path { return kept.directory }
        let opened = try root.directory(below: path)
        last.withLock { $0 = (path, opened) }
        return opened
    }
}
