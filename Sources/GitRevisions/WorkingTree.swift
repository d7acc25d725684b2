import Diagnostics
import Synchronization

/// The files below a root on disk, read by path. It may be used from several threads at once.
final class WorkingTree: Sendable {
    /// The inventory's root; what is read lies below it even when the path to it leads elsewhere meanwhile.
    let root: Descriptor
    /// The files by number.
    private let files: [SourceFile]
    private let limits: SnapshotLimits
    /// The ids of the files that were read, by number; empty: nobody will ask for them.
    private let identified: Mutex<[ObjectID?]>
    // Files are read in the order of their paths, by a few threads, so that most lie in a directory that was open just now.
    private let opened = Mutex<[(path: [UInt8], directory: Descriptor)]>([])
    private static let mostOpened = 16
    private let measure = Mutex(Measure.unknown(read: 0))

    private enum Measure {
        case unknown(read: Int)
        case fits
        case tooLarge(RevisionError)
    }

    /// Opens a root with the files that were found below it. Their ids, if they will be asked for, are worked out while their bytes are at hand:
    /// they are then those of the bytes that were read, whatever became of the files since.
    init(root: Descriptor, files: [SourceFile], limits: SnapshotLimits, identifying: Bool) {
        identified = Mutex(Array(repeating: nil, count: identifying ? files.count : 0))
        self.root = root
        self.files = files
        self.limits = limits
    }

    /// The bytes of a file; `number` is its place among the listed ones.
    func bytes(of file: SourceFile, number: Int) throws(RevisionError) -> [UInt8] {
        let content: FileContent
        var refusal: RevisionError?
        do throws(FileFault) {
            content = try directory(of: file.path).content(ofFileAt: file.path, limit: limits.fileBytes) { size in
                refusal = self.refusal(of: size)
                return refusal == nil
            }
        } catch { throw error.error(about: file.path) }
        switch content {
        case .bytes(let bytes):
            if identified.withLock({ number < $0.count }) {
                let id = ObjectID(ofFile: bytes)
                identified.withLock { $0[number] = id }
            }
            return bytes
        case .tooLarge(let size): throw RevisionError(.tooLarge(file.path, size: size, limit: limits.fileBytes))
        case .refused:
            guard let refusal else { preconditionFailure("nothing else refuses a file") }
            throw refusal
        }
    }

    /// Why so many bytes more may not be read: of files that are too large together no more is.
    ///
    /// Asking for each file's size takes as long as opening it, so how much there is in all is only looked at once as much has been read as a single
    /// file may have.
    private func refusal(of size: Int) -> RevisionError? {
        let isToBeMeasured = measure.withLock { measure in
            guard case .unknown(let read) = measure else { return false }
            measure = .unknown(read: read + size)
            return read + size > min(limits.fileBytes, limits.totalBytes)
        }
        let found = isToBeMeasured ? measured() : nil
        return measure.withLock { measure in
            // What was found first holds, for all threads.
            if case .unknown = measure, let found { measure = found }
            guard case .tooLarge(let error) = measure else { return nil }
            return error
        }
    }

    private func measured() -> Measure {
        var total = 0
        for file in files {
            // What can't be looked at, or is too large by itself, is told when it is read.
            guard let status = try? directory(of: file.path).status(ofEntryAt: file.path), status.kind == .file else { continue }
            total += status.size <= limits.fileBytes ? status.size : 0
            if total > limits.totalBytes { return .tooLarge(RevisionError(.tooLarge(inAll: limits.totalBytes, upTo: file.path))) }
        }
        return .fits
    }

    /// The git object ids that the bytes of all files have, without any conversion; those that weren't worked out when the bytes were read are now.
    /// nil: the file can't be read.
    func blobIDs() -> [ObjectID?] {
        let known = identified.withLock { $0 }
        var result: [ObjectID?] = []
        result.reserveCapacity(files.count)
        for (number, file) in files.enumerated() {
            if number < known.count, let id = known[number] {
                result.append(id)
            } else {
                result.append((try? bytes(of: file, number: number)).map { ObjectID(ofFile: $0) })
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
