public import Diagnostics

/// One state of an inventory: its files, and their bytes on demand. It may be used from several threads at once.
public struct InventorySnapshot: Sendable {
    enum Contents: Sendable {
        case disk(WorkingTree)
        case objects(GitStore)
    }

    /// The directory that the paths of ``files`` start at; for a commit, where it would be checked out.
    public let root: String
    /// What was asked for.
    public let selector: RevisionSelector
    /// The `.yml` files, sorted by the bytes of their paths. A ``Diagnostics/FileID`` is an index into them.
    public let files: [SourceFile]
    private let contents: Contents
    private let identity: RevisionIdentity
    let lines = LineCache()

    init(
        root: String, selector: RevisionSelector, files: [SourceFile], contents: Contents, identity: RevisionIdentity
    ) {
        self.root = root
        self.selector = selector
        self.files = files
        self.contents = contents
        self.identity = identity
    }

    /// The identifiers of all files, in order.
    public var fileIDs: some RandomAccessCollection<FileID> { files.indices.lazy.map { FileID(rawValue: UInt32($0)) } }

    /// Which commit this is, or differs from.
    ///
    /// The answer is known for a commit. For the working tree and the index it is worked out at the first call, which opens the repository, and
    /// for the working tree reads all files that weren't read with their ids; the answer is kept.
    public func revision() throws(RevisionError) -> InventoryRevision { try identity.revision() }

    /// The bytes of a file, as they are on disk or in git.
    ///
    /// - Throws: ``RevisionError`` when the file can't be read any more, has grown too large, or holds a NUL byte and so is no text.
    public func bytes(of file: FileID) throws(RevisionError) -> [UInt8] {
        let bytes = try rawBytes(of: file)
        if let position = firstZero(in: bytes) {
            var lines = LineIndex(bytes[..<position])
            throw RevisionError(
                .inventoryNotText, "\(quoted(self[file].path)) is no text: it holds a NUL byte",
                at: SourceSpan(file: file, line: UInt32(lines.count()), column: 1),
                mend: "save it as UTF-8 text, or move it out of inventory/ and sites/")
        }
        return bytes
    }

    /// The git object ids of all files, in the order of ``files``. For a working tree they are computed from the bytes
    /// that were read, or else from those on disk; nil: the file can't be read.
    public func blobIDs() -> [ObjectID?] {
        switch contents {
        case .disk(let tree): tree.blobIDs()
        case .objects: files.map(\.blob)
        }
    }

    func rawBytes(of file: FileID) throws(RevisionError) -> [UInt8] {
        let number = Int(file.rawValue)
        let file = self[file]
        switch contents {
        case .disk(let tree): return try tree.bytes(of: file, number: number)
        case .objects(let store):
            guard let blob = file.blob else { preconditionFailure("a file from git has a blob") }
            return try store.read(about: .object(path: file.path)) { repository throws(GitFailure) in try repository.bytes(ofBlob: blob) }
        }
    }

    private subscript(file: FileID) -> SourceFile {
        precondition(files.indices.contains(Int(file.rawValue)), "the file is of another snapshot")
        return files[Int(file.rawValue)]
    }
}
