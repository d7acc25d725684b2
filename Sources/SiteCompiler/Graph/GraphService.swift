public import Addressing
public import Diagnostics
import InventorySchema

/// A service and where it ends.
public struct GraphService: Sendable {
    /// Its name.
    public var name: String
    /// Its absolute name.
    public var fullName: DomainName
    /// What its alias points at; nil: nothing (an error already reported, or a parked workload).
    public var target: DomainName?
    /// The host it ends at, as an index into ``SiteGraph/hosts``.
    public var host: Int?
    /// The link whose addresses answer.
    public var link: Int?
    /// The service that it is another name for.
    public var via: String?
    /// The workload that publishes it; nil: it is written under `services`.
    public var workload: String?
    /// Where it was written.
    public var span: SourceSpan
}
