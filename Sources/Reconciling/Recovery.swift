public import Targets

/// Finishes or undoes what an apply left that didn't end: killed, or cut off by a power failure. Safe to run any number of times.
public enum Recovery {
    /// What recovery came to.
    struct Outcome: Sendable {
        /// What was done; nil: nothing was left.
        var done: String?
        /// The first service that could not be brought back; the journal stays until it is, or until something else was applied.
        var unfinished: TargetError?
    }

    /// Brings a target back to one complete set of files, and its services to that set; what was done, nil when there was nothing.
    ///
    /// The caller holds the target's lock.
    public static func run(on target: any Target) async throws(TargetError) -> String? {
        let outcome = try await attempt(on: target)
        if let unfinished = outcome.unfinished { throw unfinished }
        return outcome.done
    }

    /// The same, but a service that can't be brought back is told in the outcome: files that no daemon runs any more must not keep better ones from
    /// being applied. `ran` are services that ran a moment ago, and may be started again even where stopped ones are let be.
    static func attempt(on target: any Target, ran: Set<ServiceUnit> = []) async throws(TargetError) -> Outcome {
        guard let files = target.files else { return Outcome() }
        guard let journal = try await files.journal() else {
            try await files.sweep(keep: Apply.keptGenerations)
            return Outcome()
        }
        var done = "generation \(journal.to) was complete, its journal is removed"
        if journal.phase == .switching {
            let notDurable: TargetError?
            (done, notDurable) = try await switchBack(journal, files)
            let unfinished = try await activate(journal.services, ran, files, on: target)
            if let notDurable { throw notDurable }
            if let unfinished { return Outcome(done: done, unfinished: unfinished) }
        }
        // The journal goes last: a run that is cut before then finds it, and does the rest.
        if try await files.live()?.number != journal.to { try await files.discard(journal.to) }
        try await files.sweep(keep: Apply.keptGenerations)
        try await files.write(nil)
        return Outcome(done: done)
    }

    /// Makes the old generation live; what was done, and why it may not last.
    private static func switchBack(_ journal: Journal, _ files: any FileStore) async throws(TargetError) -> (String, TargetError?) {
        let live = try await files.live()?.number
        let isBack = live != journal.to || live == journal.from
        var notDurable: TargetError?
        // Even where the old one is live already: that it is may not have reached the disk.
        if !isBack || live == journal.from, live != nil {
            do throws(TargetError) { try await files.makeLive(journal.from, replacing: live) } catch {
                guard case .visibleNotDurable = error.kind else { throw error }
                notDurable = error
            }
        }
        let what = "generation \(journal.to) of \(journal.holder.since)"
        if !isBack { return ("\(what) was undone, \(journal.from.map { "generation \($0)" } ?? "nothing") is live again", notDurable) }
        if journal.from == journal.to { return ("the services of \(what) were brought back to it", notDurable) }
        return ("\(what) is not live, and is removed", notDurable)
    }

    /// Makes services run what is live: those without files end, those that run start again on the live set. The first failure, if any.
    private static func activate(
        _ services: [ServiceUnit], _ ran: Set<ServiceUnit>, _ files: any FileStore, on target: any Target
    ) async throws(TargetError) -> TargetError? {
        guard let control = target.services else { return nil }
        var failure: TargetError?
        for service in services {
            let hasFiles = try await hasFiles(service, files)
            let isRunning = if case .running = await control.status(of: service) { true } else { false }
            do throws(TargetError) {
                if !hasFiles {
                    if isRunning { try await control.stop(service) }
                } else if isRunning {
                    try await control.restart(service)
                } else if control.canStart || ran.contains(service) {
                    try await control.start(service)
                }
                guard hasFiles, control.canStart || isRunning || ran.contains(service) else { continue }
                guard case .running = await control.status(of: service) else {
                    throw TargetError(.serviceFailed, "\(service.name) ended after it was started again")
                }
            } catch {
                failure = failure ?? error
            }
        }
        return failure
    }

    /// Whether the live generation has files for a service: one that came with the generation that is undone has none.
    private static func hasFiles(_ service: ServiceUnit, _ files: any FileStore) async throws(TargetError) -> Bool {
        guard try await files.live() != nil else { return false }
        guard let place = service.place else { return true }
        let contents = try await files.read(place)
        return !contents.files.isEmpty || !contents.strays.isEmpty || !contents.isComplete
    }
}

extension ServiceUnit {
    /// The place whose files it loads, as its name tells: `deevnet-<provider>@<site>`.
    fileprivate var place: Place? {
        let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0].hasPrefix("deevnet-") else { return nil }
        return Place(provider: String(parts[0].dropFirst("deevnet-".count)), site: parts[1])
    }
}
