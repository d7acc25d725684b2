public import Targets

/// Finishes or undoes what an apply left that didn't end: killed, or cut off by a power failure. Safe to run any number of times.
public enum Recovery {
    /// Brings a target back to one complete set of files, and its services to that set; what was done, nil when there was nothing.
    ///
    /// The caller holds the target's lock.
    public static func run(on target: any Target) async throws(TargetError) -> String? {
        guard let files = target.files else { return nil }
        guard let journal = try await files.journal() else {
            try await files.sweep(keep: Apply.keptGenerations)
            return nil
        }
        var done = "generation \(journal.to) was complete, its journal is removed"
        if journal.phase == .switching {
            let live = try await files.live()
            if live?.number == journal.to {
                try await files.makeLive(journal.from, replacing: journal.to)
                done =
                    "generation \(journal.to) of \(journal.holder.since) was undone, \(journal.from.map { "generation \($0)" } ?? "nothing") is live again"
            } else {
                done = "generation \(journal.to) of \(journal.holder.since) had not become live and is removed"
            }
            try await activate(journal.services, hasFiles: journal.from != nil, on: target)
        }
        try await files.write(nil)
        try await files.sweep(keep: Apply.keptGenerations)
        return done
    }

    /// Makes services run what is live: those without files end, those that run start again on the live set.
    private static func activate(_ services: [ServiceUnit], hasFiles: Bool, on target: any Target) async throws(TargetError) {
        guard let control = target.services else { return }
        for service in services {
            let isRunning = if case .running = await control.status(of: service) { true } else { false }
            if !hasFiles {
                if isRunning { try await control.stop(service) }
            } else if isRunning {
                try await control.restart(service)
            } else if control.canStart {
                try await control.start(service)
            }
        }
    }
}
