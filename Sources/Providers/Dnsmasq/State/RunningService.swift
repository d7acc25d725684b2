import Planning

/// The process and what it has loaded, as it says itself when it is asked over DNS.
public struct RunningService: Hashable, Sendable {
    /// What the process says it has loaded.
    public enum Mark: Hashable, Sendable, CustomStringConvertible {
        /// The digest of what it has loaded, in hexadecimal digits.
        case loaded(String)
        /// It answered nothing that is a mark of ours.
        case unanswered
        /// It serves no DNS, and can't be asked.
        case unaskable

        /// The digest, or why there is none.
        public var description: String {
            switch self {
            case .loaded(let digest): digest
            case .unanswered: "no answer"
            case .unaskable: "serves no DNS to ask"
            }
        }
    }

    /// The service unit's name.
    public let unit: String
    /// The configuration that it started with.
    public let configuration: Mark
    /// The names, reservations and options that it read last.
    public let reloadable: Mark

    /// Makes the state of a process.
    public init(unit: String, configuration: Mark, reloadable: Mark) {
        self.unit = unit
        self.configuration = configuration
        self.reloadable = reloadable
    }

    var attributes: [Attribute] {
        [Attribute("status", "running"), Attribute("static", "\(configuration)"), Attribute("reloadable", "\(reloadable)")]
    }
}
