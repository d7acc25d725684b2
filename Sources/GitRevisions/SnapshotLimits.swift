/// How large an inventory may be. Reading stays bounded for any tree, also for one that was made to be endless.
public struct SnapshotLimits: Hashable, Sendable {
    /// Files and directories under `inventory/` and `sites/` together.
    public var entries = 250_000
    /// Directories above a file, counted from the inventory's root.
    public var depth = 8
    /// Bytes of one file: as many as the YAML parser takes.
    public var fileBytes = 64 << 20
    /// Bytes of all files together: ten times what 100,000 hosts take.
    public var totalBytes = 256 << 20
    /// Findings that are reported one by one; the rest are counted.
    public var findings = 1_000

    /// The limits in force unless others are given.
    public init() {}
}
