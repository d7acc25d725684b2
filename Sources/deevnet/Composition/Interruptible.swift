import CSystemCalls
import Dispatch
import Glibc

/// Does what changes targets. The first SIGINT or SIGTERM meanwhile cancels it: it stops at its next safe point, and ends on its own. The second
/// ends the process at once.
func interruptible<Result: Sendable>(
    _ console: Console, _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let task = Task { try await work() }
    let interruption = csys_catch_interruptions()
    // Without it a signal ends the process, which is safe too.
    guard interruption >= 0 else { return try await task.value }
    // Not on the threads of tasks: those may all be at work.
    let source = DispatchSource.makeReadSource(fileDescriptor: interruption, queue: DispatchQueue(label: "deevnet.interruption"))
    source.setEventHandler {
        // It comes once: what it has written is read to have that known.
        var count: UInt64 = 0
        _ = unsafe read(interruption, &count, MemoryLayout<UInt64>.size)
        task.cancel()
        console.note("interrupted: stopping as soon as nothing is half done; once more stops at once")
    }
    source.activate()
    defer {
        source.cancel()
        csys_release_interruptions()
    }
    return try await task.value
}
