public import Diagnostics
public import Targets

extension TargetError {
    /// The finding that tells a person what went wrong on a host.
    public func diagnostic(on host: String) -> Diagnostic {
        switch kind {
        case .lockHeld(let holder):
            Diagnostic(
                .lockHeld,
                "\(host) is being changed by \(holder.user)@\(holder.host), process \(holder.pid), since \(holder.since), applying \(holder.revision)",
                mend: "wait until it ends, then try again")
        case .unreachable: Diagnostic(.targetUnreachable, "\(host): \(message)", mend: mend ?? "make it reachable, then apply again")
        case .interrupted: Diagnostic(.interrupted, "\(host): \(message)", mend: mend)
        case .overtaken: Diagnostic(.planMoved, "\(host): \(message)", mend: mend ?? "plan again")
        case .programMissing: Diagnostic(.checkerMissing, "\(host): \(message)", mend: mend)
        case .refused: Diagnostic(.checkerRefused, "\(host): \(message)", notes: output.map { .init($0) }, mend: mend)
        case .rehearsalFailed: Diagnostic(.rehearsalFailed, "\(host): \(message)", mend: mend)
        case .serviceFailed: Diagnostic(.serviceFailed, "\(host): \(message)", mend: mend)
        case .unexpectedShape: Diagnostic(.targetShape, "\(host): \(message)", mend: mend)
        case .visibleNotDurable: Diagnostic(.visibleNotDurable, "\(host): \(message)", mend: mend)
        case .failed: Diagnostic(.writeFailed, "\(host): \(message)", mend: mend)
        }
    }
}

extension TargetOutcome {
    /// The finding that tells a person how an apply failed on a host; nil: it didn't.
    public func diagnostic(on host: String) -> Diagnostic? {
        switch self {
        case .unchanged, .applied: nil
        case .refused(let error): error.diagnostic(on: host)
        case .moved(let difference): Diagnostic(.planMoved, "\(host): \(difference)", mend: "plan again")
        case .rolledBack(let error, let undone):
            Diagnostic(
                .rolledBack, "\(host) is as it was before: \(error.message)", notes: undone.map { .init("brought back: \($0)") },
                mend: error.diagnostic(on: host).mend)
        case .broken(let error, let left):
            Diagnostic(
                .rollbackFailed, "\(host): \(error.message), and undoing it failed too", notes: left.map { .init("left to do: \($0)") },
                mend: "mend the cause and apply again: the journal on the target knows what to undo")
        }
    }
}
