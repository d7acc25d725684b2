import Planning
public import Targets

/// Everything done to one target in one apply, under its lock: recover what was left, look again, compare with the plan, apply.
public enum TargetSession {
    /// Applies plans that were made before the lock was held. `observe` makes them again under the lock: when what was observed has moved
    /// since, nothing is done.
    public static func apply(
        _ planned: [any PlacementRun], on target: any Target, records: [AppliedRecord], holder: LockHolder,
        report: @escaping @Sendable (ApplyEvent) -> Void, observe: @Sendable () async throws(TargetError) -> [any PlacementRun]
    ) async -> (outcome: TargetOutcome, recovered: String?) {
        var recovered: String?
        do throws(TargetError) {
            report(.step(host: target.host, .lock))
            let lock = try await target.files?.lock(holder)
            defer { lock?.release() }
            try Interruption.check(target.host)
            report(.step(host: target.host, .recover))
            let recovery = try await recovery(of: target)
            recovered = recovery.done
            report(.step(host: target.host, .observe))
            let runs = try await observe()
            // What was seen while everything was being given up says nothing.
            try Interruption.check(target.host)
            if let difference = moved(from: planned, to: runs) {
                report(.ended(host: target.host, outcome: TargetOutcome.moved(difference).summary))
                return (.moved(difference), recovered)
            }
            if let incomplete = runs.lazy.compactMap({ $0.plan.unread.first }).first {
                throw TargetError(
                    .unexpectedShape, "\(incomplete.kind) on \(target.host) couldn't be read: \(incomplete.reason)",
                    mend: "make it readable: nothing is changed while it can't be seen")
            }
            let outcome = await Apply(runs, on: target, records: records, holder: holder, report: report).run()
            if outcome == .unchanged, let unfinished = recovery.unfinished { throw unfinished }
            // A checker that was ended has refused nothing.
            if case .refused(let error) = outcome, Task.isCancelled { throw error }
            return (outcome, recovered)
        } catch {
            report(.ended(host: target.host, outcome: "refused"))
            return (.refused(Task.isCancelled ? Interruption.error(target.host) : error), recovered)
        }
    }

    /// What a recovery came to.
    public struct Recovered: Sendable {
        /// What was done.
        public var done: String
        /// Why a service could not be brought back; the journal stays until it is, or until something else was applied.
        public var unfinished: TargetError?
    }

    /// Finishes or undoes what a dead apply left on a target, and tidies up behind it, under its lock; nil when there was nothing to finish or undo.
    /// An apply at work holds the lock.
    public static func recover(_ target: any Target, holder: LockHolder) async throws(TargetError) -> Recovered? {
        guard let files = target.files else { return nil }
        let isUnfinished = try await files.journal() != nil
        if !isUnfinished { guard await hasLeftovers(files) else { return nil } }
        let lock: any TargetLock
        do throws(TargetError) { lock = try await files.lock(holder) } catch {
            // Without a journal what was found is most likely the work of who holds it.
            if case .lockHeld = error.kind, !isUnfinished { return nil }
            throw error
        }
        defer { lock.release() }
        try Interruption.check(target.host)
        let recovery = try await recovery(of: target)
        guard let done = recovery.done else { return nil }
        return Recovered(done: done, unfinished: recovery.unfinished)
    }

    /// A tree that can't be looked through is told when it is observed.
    private static func hasLeftovers(_ files: any FileStore) async -> Bool {
        do throws(TargetError) { return try await files.hasLeftovers(keep: Apply.keptGenerations) } catch { return false }
    }

    private static func recovery(of target: any Target) async throws(TargetError) -> Recovery.Outcome {
        let result = await Interruption.holdingOff { () async -> Result<Recovery.Outcome, TargetError> in
            do throws(TargetError) { return .success(try await Recovery.attempt(on: target)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// How what is observed now differs from what the plan was made from; nil: it doesn't.
    public static func moved(from planned: [any PlacementRun], to now: [any PlacementRun]) -> String? {
        for (old, new) in zip(planned, now) {
            let what = "\(new.plan.provider) on \(new.plan.host)"
            if old.plan.desiredDigest != new.plan.desiredDigest { return "what is desired of \(what) has changed since the plan was made" }
            if old.plan.observedDigest != new.plan.observedDigest {
                return
                    "\(what) has changed since the plan was made: \(old.plan.count) changes were planned, \(new.plan.count) are needed now"
            }
        }
        return planned.count == now.count ? nil : "the target's providers have changed since the plan was made"
    }
}
