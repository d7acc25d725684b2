import Targets

/// An interruption is the cancellation of the task that applies. Until something becomes live it ends the apply; from there on nothing sees it.
enum Interruption {
    /// A safe point: throws when an end is wanted.
    static func check(_ host: String) throws(TargetError) {
        guard !Task.isCancelled else { throw error(host) }
    }

    /// What ended at a safe point, on a host.
    static func error(_ host: String) -> TargetError {
        TargetError(.interrupted, "interrupted before anything was switched; \(host) is as it was", mend: "apply again")
    }

    /// Does what must be finished or undone once it has begun.
    static func holdingOff<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) async -> Result {
        // A task of its own: it doesn't inherit the cancellation.
        await Task { await work() }.value
    }
}
