/// What was applied last for one site on a target.
public struct AppliedRecord: Sendable, Equatable, Codable {
    /// The site.
    public var site: String
    /// The commit (hex), or nil when it was applied from a repository without one.
    public var commit: String?
    /// Whether the working tree differed from that commit.
    public var isDirty: Bool
    /// Digest of the desired state that was applied.
    public var desiredDigest: String
    /// The places that this site holds on the target, `provider/site`.
    public var places: [String]
    /// The side of the site's authority that was applied, and serves since: `bootstrap` or `production`; nil: it isn't known.
    public var authority: String?
    /// The generation that holds what stood in the site's places before they were adopted; nil: nothing of anybody else's did.
    public var baseline: UInt64?

    /// Makes a record.
    public init(site: String, commit: String?, isDirty: Bool, desiredDigest: String, places: [String], authority: String? = nil) {
        self.authority = authority
        self.site = site
        self.commit = commit
        self.isDirty = isDirty
        self.desiredDigest = desiredDigest
        self.places = places
    }
}
