public import Addressing

/// A stable name that points at whoever does the job now.
public struct Service: Sendable {
    /// What a service points at.
    public enum Target: Sendable {
        /// A host, by one of its interfaces (nil: the primary one).
        case host(Located<String>, interface: Located<String>?)
        /// Another service of the site.
        case service(Located<String>)
        /// Whoever serves a role in the present mode.
        case authority(Located<Authority.Role>)
    }

    /// The key under `services`.
    public var name: Located<String>
    /// What it points at.
    public var target: Target
    /// What it is, for people.
    public var description: String?
}

/// The records of one owner name that are neither host nor service.
public struct OwnerRecords: Sendable {
    /// The name relative to the site's domain; `@` is the domain itself.
    public var owner: Located<String>
    /// The absolute name's labels are valid with underscores (RFC 8552).
    public var records: [Located<RecordFact>]
}

/// One such record, as written.
public enum RecordFact: Sendable, Equatable {
    case address(IPAddress)
    case mx(preference: UInt16, exchange: NameReference)
    case txt(String)
    case srv(priority: UInt16, weight: UInt16, port: UInt16, target: NameReference)
    case ns(NameReference)
}

/// A name as records write it: relative to the site's domain, or absolute with a final dot.
public enum NameReference: Sendable, Equatable {
    case relative(String)
    case absolute(DomainName)
}
