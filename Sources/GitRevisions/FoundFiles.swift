/// The files of a working tree with the git ids of the bytes that were read, to be compared with what git has. A file that can't be read has no id, and
/// is like nothing.
struct FoundFiles: Sendable {
    private let files: [SourceFile]
    private let ids: [ObjectID?]

    init(_ files: [SourceFile], ids: [ObjectID?]) {
        precondition(files.count == ids.count, "each file has an id")
        self.files = files
        self.ids = ids
    }

    var count: Int { files.count }

    /// Whether another state has the same paths with the same ids.
    func isSame(_ others: [SourceFile]) -> Bool {
        others.count == count
            && others.indices.allSatisfy { ids[$0] != nil && files[$0].path == others[$0].path && ids[$0] == others[$0].blob }
    }

    /// Whether the file of a number has an id, and a path that is given in two parts.
    func has(_ id: ObjectID, at number: Int, _ directory: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
        guard number < count, ids[number] == id else { return false }
        let path = files[number].path
        guard path.utf8.count == directory.count + name.count, hasBytes(directory, at: 0, of: path) else { return false }
        return unsafe hasBytes(name, at: directory.count, of: path)
    }
}
