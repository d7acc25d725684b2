public import Targets

/// What apply is doing, as its progress and its event stream tell it.
public enum ApplyEvent: Sendable, Equatable {
    /// A step of a target has begun.
    case step(host: String, Step)
    /// A target has ended.
    case ended(host: String, outcome: String)

    /// The steps, in order.
    public enum Step: String, Sendable, CaseIterable {
        case lock, recover, observe, stage, parseBack = "parse back", check, rehearse, call, swap, activate, health, undo, sweep
    }
}

/// How an apply ended on one target.
public enum TargetOutcome: Sendable, Equatable {
    /// Nothing had to be done.
    case unchanged
    /// The plan is live.
    case applied(generation: UInt64?, notes: [String])
    /// Something failed before anything was touched.
    case refused(TargetError)
    /// What was observed isn't what the plan was made from.
    case moved(String)
    /// Something failed after the switch, and the old state is back; the reason, and what was undone.
    case rolledBack(TargetError, undone: [String])
    /// Something failed, and so did undoing it; what is left to do.
    case broken(TargetError, left: [String])
}
