/// What a kind of machine is: facts that all its copies share.
public struct Hardware: Sendable {
    /// A processor architecture.
    public enum Architecture: String, Sendable, CaseIterable {
        case x86 = "x86_64"
        case arm = "aarch64"
    }

    /// What a machine starts with.
    public enum Firmware: String, Sendable, CaseIterable {
        case bios, uefi, raspberry = "raspberry-pi", none
    }

    /// The key under `hardware`.
    public var name: Located<String>
    /// The name people know it by.
    public var displayName: String
    /// The architecture, where it matters.
    public var architecture: Architecture?
    /// The firmware, where it matters.
    public var firmware: Firmware?
    /// The disk that an installer may write.
    public var bootDisk: String?
    /// The label of the interface that is for management.
    public var managementNIC: Located<String>?
    /// Whether it has a graphics processor.
    public var hasGPU: Bool
}
