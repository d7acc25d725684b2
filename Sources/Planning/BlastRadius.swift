/// What else a change touches.
public struct BlastRadius: Hashable, Sendable {
    /// Services that end at the thing that changes, by name.
    public var services: [String]
    /// Names published on the same host, by name.
    public var names: [String]

    /// Makes a blast radius.
    public init(services: [String] = [], names: [String] = []) {
        self.services = services
        self.names = names
    }

    /// Whether nothing else is touched.
    public var isEmpty: Bool { services.isEmpty && names.isEmpty }
}
