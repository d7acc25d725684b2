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
