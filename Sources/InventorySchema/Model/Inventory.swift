/// What people wrote in git, decoded: every entry once, sorted by name, each with its place.
public struct Inventory: Sendable {
    /// The newest schema this program reads.
    public static let schemaVersion = 1

    /// Who it belongs to; nil when it is missing, which is an error already reported.
    public var organization: Organization?
    /// Hardware types, by name.
    public var hardware: [Hardware] = []
    /// Identity that may be bound at several sites, by name.
    public var hosts: [HostIdentity] = []
    /// Intent, by name.
    public var workloads: [Workload] = []
    /// Global aliases, by name.
    public var aliases: [GlobalAlias] = []
    /// What is accepted of the findings of the whole inventory, by code.
    public var waivers: [Waiver] = []
    /// The sites, by name.
    public var sites: [Site] = []

    /// Makes an empty inventory.
    public init() {}
}
