import Diagnostics
public import InventorySchema

/// Network boot, resolved.
public struct NetbootService: Sendable, Hashable {
    /// Who is given a boot file.
    public var clients: Netboot.Clients
    /// The directory that TFTP serves.
    public var root: String
    /// Boot files by client architecture, by architecture.
    public var files: [BootFile]
    /// The URL that iPXE loads next, by name.
    public var chainURL: String?

    /// A boot file for an architecture.
    public struct BootFile: Sendable, Hashable {
        /// The architecture.
        public var architecture: BootArchitecture
        /// The file's path below the root.
        public var path: String
    }
}
