import Diagnostics
import Synchronization

/// The files below a root on disk, read by path. It may be used from several threads at once.
final class WorkingTree: Sendable {
    /// The inventory's root; what is read lies below it even when the path to it leads elsewhere meanwhile.
    let root: Descriptor
    private let limit: Int
    /// The ids of the files that were read, by number; empty: nobody will ask for them.
    private let identified: Mutex<[ObjectID?]>
    // Files are read in the order of their paths, so that most lie in the directory of the one before: opening only the last part halves the cost.
    private let last = Mutex<(path: Substring, directory: Descriptor)?>(nil)

    /// Opens a root; no file beyond `limit` bytes is read. The ids of files below the number `identifying` are worked out while their bytes are at
    /// hand: they are then those of the bytes that were read, whatever became of the files since.
    init(root: Descriptor, limit: Int, identifying: Int) {
        identified = Mutex(Array(repeating: nil, count: identifying))
        self.root = root
        self.limit = limit
    }

    /// The bytes of a file; `number` is its place among the listed ones.
    func bytes(of file: SourceFile, number: Int) throws(RevisionError) -> [UInt8] {
        let found: [UInt8]?
        do throws(FileFault) {
            guard let slash = file.path.utf8.lastIndex(of: UInt8(ascii: "/")) else { preconditionFailure("a file lies in a directory") }
            let directory = try directory(at: file.path[..<slash])
            found = try directory.file(named: String(file.path[file.path.utf8.index(after: slash)...])).bytes(limit: limit)
        } catch { throw error.error(about: file.path) }
        guard let found else { throw RevisionError(.tooLarge(file.path, size: file.size, limit: limit)) }
        if identified.withLock({ number < $0.count }) {
            let id = ObjectID(ofFile: found)
            identified.withLock { $0[number] = id }
        }
        return found
    }

    /// The git object id that a file's bytes have, without any conversion.
    func blobID(of file: SourceFile, number: Int) throws(RevisionError) -> ObjectID {
        if let known = identified.withLock({ number < $0.count ? $0[number] : nil }) { return known }
        return ObjectID(ofFile: try bytes(of: file, number: number))
    }

    private func directory(at path: Substring) throws(FileFault) -> Descriptor {
        if let kept = last.withLock({ $0 }), kept.path == path { return kept.directory }
        let opened = try root.directory(below: path)
        last.withLock { $0 = (path, opened) }
        return opened
    }
}
