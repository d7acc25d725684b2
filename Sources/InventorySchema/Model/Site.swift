/// A self-contained place: its segments, what stands there, and who serves it.
public struct Site: Sendable {
    /// The folder's name under `sites/`, which `site.name` repeats.
    public var name: String
    /// What the key `site` says; nil when it is missing, which is an error already reported.
    public var settings: SiteSettings?
    /// The segments, by name.
    public var segments: [Segment] = []
    /// Hosts that only this site knows.
    public var hosts: [HostIdentity] = []
    /// Where hosts stand, by host.
    public var bindings: [Binding] = []
    /// The services, by name.
    public var services: [Service] = []
    /// Records that are neither host nor service, by owner.
    public var records: [OwnerRecords] = []
    /// The firewall; nil: the site declares none.
    public var firewall: Firewall?

    /// What is accepted of the site's findings, by code.
    public var waivers: [Waiver] = []

    /// Resources whose differences are left as they are, by address.
    public var ignoredDrift: [IgnoredDrift] = []

    /// Makes an empty site.
    public init(name: String) { self.name = name }
}
