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
            let slash = file.path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? file.path.startIndex
            let directory = try directory(at: file.path[..<slash])
            found = try directory.file(named: String(decoding: file.path[slash...].utf8.drop { $0 == UInt8(ascii: "/") }, as: UTF8.self))
                .bytes(limit: limit)
        } catch { throw error.error(about: file.path) }
        guard let found else { throw RevisionError(.tooLarge(file.path, size: file.size, limit: limit)) }
        if identified.withLock({ $0 != nil }) {
            let id = ObjectID(ofFile: found)
            identified.withLock { $0?[file.path] = id }
        }
        return found
    }

    /// The git object id that a file's bytes have, without any conversion.
    func blobID(of file: SourceFile) throws(RevisionError) -> ObjectID {
        if let known = identified.withLock({ $0?[file.path] }) { return known }
        return ObjectID(ofFile: try bytes(of: file))
    }

    private func directory(at path: Substring) throws(FileFault) -> Descriptor {
        if let kept = last.withLock({ $0 }), kept.path == path { return kept.directory }
        let opened = try root.directory(below: path)
        last.withLock { $0 = (path, opened) }
        return opened
    }
}
