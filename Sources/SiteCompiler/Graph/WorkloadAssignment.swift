/// Where a workload runs.
public struct WorkloadAssignment: Sendable {
    /// Its name.
    public var name: String
    /// The hosts it is assigned to here, by name; empty: parked.
    public var hosts: [String]
    /// The services it publishes.
    public var services: [String]
}
