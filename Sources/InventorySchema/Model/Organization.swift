public import Addressing

/// Who the inventory belongs to, and the zones that all its sites share.
public struct Organization: Sendable {
    /// How strictly host names are looked at.
    public enum HostNames: String, Sendable, CaseIterable {
        /// `[role-]formNN`: `hv01`, `core-rt01`. A name of another style is a warning.
        case roleFormNumber = "role-form-number"
        /// Any valid label.
        case free
    }

    /// The organisation's name.
    public var name: Located<String>
    /// The domain below which the sites' domains lie.
    public var rootDomain: Located<DomainName>
    /// The zone of management names; each site owns `<site>.<management zone>` in it. Nil: there is none.
    public var managementZone: Located<DomainName>?
    /// The style of host names.
    public var hostNames: HostNames
}

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

/// Something to run that can move from host to host, or wait without one.
public struct Workload: Sendable {
    /// The key under `workloads`.
    public var name: Located<String>
    /// Services that are published where the workload is assigned.
    public var services: [Located<String>]
    /// What it is, for people.
    public var description: String?
}

/// A name outside the sites' domains that points at one site's service.
public struct GlobalAlias: Sendable {
    /// The name.
    public var name: Located<DomainName>
    /// The site.
    public var site: Located<String>
    /// The service at that site.
    public var service: Located<String>
}
