/// An apply that has passed the point where it must be finished or undone, written on the target before the switch.
public struct Journal: Sendable, Equatable, Codable {
    /// How far the apply had come.
    public enum Phase: String, Sendable, Codable {
        /// The switch may have happened; services may run either set. Recovery goes back to `from`.
        case switching
        /// Health was proven; only cleaning is left. Recovery finishes.
        case confirmed
    }

    /// How far it had come.
    public var phase: Phase
    /// The generation that was live before; nil for a first apply.
    public var from: UInt64?
    /// The generation to switch to.
    public var to: UInt64
    /// Services to bring back to the live set on recovery.
    public var services: [ServiceUnit]
    /// Who applies, since when, on which commit.
    public var holder: LockHolder

    /// Makes a journal entry.
    public init(phase: Phase, from: UInt64?, to: UInt64, services: [ServiceUnit], holder: LockHolder) {
        self.phase = phase
        self.from = from
        self.to = to
        self.services = services
        self.holder = holder
    }
}
