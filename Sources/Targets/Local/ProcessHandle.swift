internal import CSystemCalls
internal import Glibc

/// A handle on one process: signals sent through it never reach another that was given the same id later.
struct ProcessHandle: ~Copyable {
    private let descriptor: Int32
    private let name: String
    private let gate: SystemGate

    /// Opens a handle; nil when the process has ended, or is another than the one that was looked at.
    init?(_ process: RunningProcess, name: String, gate: SystemGate) throws(TargetError) {
        let opened = csys_process_open(process.pid)
        if opened == -ESRCH { return nil }
        guard opened >= 0 else { throw .system(-opened, deed: "open the process of", call: "pidfd_open", name) }
        guard RunningProcess(pid: process.pid)?.startedAt == process.startedAt else {
            close(opened)
            return nil
        }
        descriptor = opened
        self.name = name
        self.gate = gate
    }

    deinit { close(descriptor) }

    /// Sends a signal; a process that has just ended is fine.
    func signal(_ signal: Int32) throws(TargetError) {
        try gate.pass(.kill, name) {
            let answer = csys_process_signal(descriptor, signal)
            return answer == -ESRCH ? 0 : answer
        }
    }

    /// Waits until it has ended; false when it still runs at the deadline.
    func hasEnded(within duration: Duration) async -> Bool {
        let deadline = ContinuousClock.now + duration
        while csys_process_ended(descriptor) != 1 {
            if ContinuousClock.now >= deadline { return false }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return true
    }
}
