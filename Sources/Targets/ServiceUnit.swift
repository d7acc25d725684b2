/// A daemon that loads a place's files.
public struct ServiceUnit: Sendable, Hashable, Codable {
    /// The unit's name: `deevnet-dnsmasq@dvntm`.
    public var name: String
    /// Program and arguments that start it; it puts itself in the background and writes `pidFile`.
    public var command: [String]
    /// Where it writes its process id, as the target names it.
    public var pidFile: String

    /// Makes a unit.
    public init(name: String, command: [String], pidFile: String) {
        self.name = name
        self.command = command
        self.pidFile = pidFile
    }
}
