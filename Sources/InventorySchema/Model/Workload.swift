/// Something to run that can move from host to host, or wait without one.
public struct Workload: Sendable {
    /// The key under `workloads`.
    public var name: Located<String>
    /// Services that are published where the workload is assigned.
    public var services: [Located<String>]
    /// What it is, for people.
    public var description: String?
}
