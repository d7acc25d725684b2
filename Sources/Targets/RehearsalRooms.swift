/// Rooms in which a daemon can be tried out on files that aren't live: namespaces of its own, where it reaches nothing of the machine's network
/// and writes nothing that stays.
public protocol RehearsalRooms: Sendable {
    /// Why there can be no room on this target; nil: there can, as far as can be told without making one.
    func obstacle() -> String?
    /// Starts a daemon in a new room, lets it be asked, and ends it with all that it started, however that goes.
    func open(
        _ setup: RehearsalSetup, while body: @escaping @Sendable (any RehearsalRoom) async -> RehearsalOutcome
    ) async -> RehearsalOutcome
}

/// What a room must hold.
public struct RehearsalSetup: Sendable {
    /// An interface of the room with a cable to a client's side.
    public struct Interface: Sendable, Equatable {
        /// The name, at most 15 bytes.
        public var name: String
        /// Its addresses with the prefixes' lengths: `10.20.99.1/24`.
        public var addresses: [String]

        /// Makes an interface.
        public init(name: String, addresses: [String]) {
            self.name = name
            self.addresses = addresses
        }
    }

    /// The directory with the staged files, as programs of the target see it.
    public var staged: String
    /// The place that it is: in the room it stands below the live link.
    public var place: Place
    /// The interfaces.
    public var interfaces: [Interface]
    /// The daemon, which must stay in the foreground and tell on standard error.
    public var command: [String]

    /// Makes a setup.
    public init(staged: String, place: Place, interfaces: [Interface], command: [String]) {
        self.staged = staged
        self.place = place
        self.interfaces = interfaces
        self.command = command
    }
}

/// A room with a daemon in it.
public protocol RehearsalRoom: Sendable {
    /// Whether the daemon has ended.
    var hasEnded: Bool { get }
    /// What the daemon has told so far, at most 64 KiB.
    var output: String { get }
    /// UDP from inside the room to one of its IPv4 addresses (host byte order), loopback among them.
    func datagrams(to host: UInt32, port: UInt16) throws(TargetError) -> any MessageChannel
    /// The client's side of an interface: Ethernet frames with IPv4.
    func frames(on interface: String) throws(TargetError) -> any MessageChannel
}

/// Messages to and fro, each whole; any may be lost.
public protocol MessageChannel: Sendable {
    /// Sends a message; nobody says whether it arrives.
    func send(_ message: [UInt8])
    /// The next message that has come; nil: none has.
    func receive() -> [UInt8]?
}

/// How a rehearsal ended.
public enum RehearsalOutcome: Sendable, Equatable {
    /// The daemon answered for all that changed: so many questions.
    case passed(asked: Int)
    /// It didn't: what was asked, and both answers.
    case failed(what: String, wanted: String, got: String)
    /// There was no room for it, and why.
    case notPossible(String)
}
