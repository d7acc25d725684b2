/// What a service is doing.
public enum ServiceStatus: Sendable, Equatable {
    /// It runs; `startedAt` is the kernel's start time of the process in clock ticks since boot, so that a pid names one process for ever.
    case running(pid: Int32, startedAt: UInt64)
    /// It doesn't run.
    case stopped
    /// It can't be told, and why.
    case unknown(String)
}
