/// Starts, stops and reloads services, and looks whether they run.
public protocol ServiceControl: Sendable {
    /// How services are controlled here, for people: `systemd`, `pid files`.
    var summary: String { get }
    /// Whether a stopped service may be started; false for a dry tree, which has no services of its own.
    var canStart: Bool { get }
    /// What a service is doing.
    func status(of unit: ServiceUnit) async -> ServiceStatus
    /// Starts it; returns when it runs.
    func start(_ unit: ServiceUnit) async throws(TargetError)
    /// Ends it; returns when it is gone.
    func stop(_ unit: ServiceUnit) async throws(TargetError)
    /// Makes it read its reloadable files again.
    func reload(_ unit: ServiceUnit) async throws(TargetError)
    /// Ends and starts it where it ran.
    func restart(_ unit: ServiceUnit) async throws(TargetError)
    /// Asks a DNS question on loopback where the service runs (its own network namespace); the answer message, or nil when none came in time.
    func ask(_ unit: ServiceUnit, dns question: [UInt8], port: UInt16, within milliseconds: Int) async -> [UInt8]?
    /// Sends a UDP message to an IPv4 address (host byte order) from where the service runs; whether it was sent, which says nothing of its arrival.
    func send(_ unit: ServiceUnit, _ message: [UInt8], to host: UInt32, port: UInt16) async -> Bool
}
