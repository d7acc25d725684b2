#if DEBUG
    internal import Glibc
    internal import Synchronization

    /// The fault that a harness asks of a whole command by `DEEVNET_FAULT` (`kill@12`, `ENOSPC@7+`); a release build has nothing of this.
    ///
    /// A command opens a gate each time it looks at a target. Here the calls of all of them are counted together, in the order in which they
    /// are made. The first call that is hit is told on standard error, so that a harness sees that its point was reached.
    public final class EnvironmentFault: FaultInjector {
        private let plan: FaultPlan
        private let count = Mutex(0)

        /// Reads the variable; nil when it isn't there. A text that is no fault ends the process: a harness must not pass because of a typing error.
        public init?() {
            guard let text = unsafe getenv("DEEVNET_FAULT").map({ unsafe String(cString: $0) }) else { return nil }
            guard let plan = FaultPlan(text) else { fatalError("DEEVNET_FAULT is '\(text)', which is no fault") }
            self.plan = plan
        }

        /// The fault for a call, by its number in the whole process.
        public func fault(before call: SystemCall, number: Int) -> Fault? {
            let number = count.withLock { count in
                count += 1
                return count
            }
            guard let fault = plan.fault(before: call, number: number) else { return nil }
            if number == plan.number {
                let line = Array("injected \(plan) before \(call.rawValue)\n".utf8)
                _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
            }
            return fault
        }
    }
#endif
