import Diagnostics
import Synchronization

/// The files below a root on disk, read by path. It may be used from several threads at once.
final class WorkingTree: Sendable {
    /// The inventory's root; what is read lies below it even when the path to it leads elsewhere meanwhile.
    let root: Descriptor
    private let limit: Int
    /// The ids of the files that were read, by number; empty: nobody will ask for them.
    private let identified: Mutex<[ObjectID?]>
    // Files are read in the order of their paths, by a few threads, so that most lie in a directory that was open just now.
    private let opened = Mutex<[(path: [UInt8], directory: Descriptor)]>([])
    private static let mostOpened = 16

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
            found = try directory(of: file.path).bytes(ofFileAt: file.path, size: file.size, limit: limit)
        } catch { throw error.error(about: file.path) }
        guard let found else { throw RevisionError(.tooLarge(file.path, size: file.size, limit: limit)) }
        if identified.withLock({ number < $0.count }) {
            let id = ObjectID(ofFile: found)
            identified.withLock { $0[number] = id }
        }
        return found
    }

    /// The git object ids that the bytes of all files have, without any conversion; those that weren't worked out when the bytes were read are now.
    func blobIDs(of files: [SourceFile]) throws(RevisionError) -> [ObjectID] {
        let known = identified.withLock { $0 }
        var result: [ObjectID] = []
        result.reserveCapacity(files.count)
        for (number, file) in files.enumerated() {
            if number < known.count, let id = known[number] {
                result.append(id)
            } else {
                result.append(ObjectID(ofFile: try bytes(of: file, number: number)))
            }
        }
        return result
    }

    private func directory(of path: String) throws(FileFault) -> Descriptor {
        let length = directoryLength(of: path)
        let known = opened.withLock { opened in
            opened.first { directory in directory.path.count == length && hasBytes(directory.path, at: 0, of: path) }
        }
        if let known { return known.directory }
        let parent = path.utf8.prefix(length)
        let found = try root.directory(below: Substring(parent))
        opened.withLock { opened in
            if opened.count == Self.mostOpened { opened.removeLast() }
            opened.insert((Array(parent), found), at: 0)
        }
        return found
    }
}
