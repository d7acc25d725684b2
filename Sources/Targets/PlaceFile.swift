/// A file of a place.
public struct PlaceFile: Hashable, Sendable {
    /// The name, a single path component.
    public var name: String
    /// The contents.
    public var bytes: [UInt8]
    /// The final permission bits; the file is created with them.
    public var mode: UInt32

    /// Makes a file; mode defaults to world-readable, since daemons drop their rights before they read.
    public init(name: String, bytes: [UInt8], mode: UInt32 = 0o644) {
        self.name = name
        self.bytes = bytes
        self.mode = mode
    }
}
