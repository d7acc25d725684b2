import Diagnostics
import Planning
public import Targets

/// Makes the plans of one target live together or not at all: stage, parse back, check, rehearse, switch, activate, prove health; else everything back.
public struct Apply: Sendable {
    /// Generations kept on a target beside the live one, so that a person can look back.
    public static let keptGenerations = 3
    /// The longest a checker may take, in seconds.
    public static let checkSeconds = 120

    let target: any Target
    let runs: [any PlacementRun]
    let records: [AppliedRecord]
    let holder: LockHolder
    let report: @Sendable (ApplyEvent) -> Void

    /// Prepares an apply of a target's plans. `records` are what the target shall remember of each site afterwards.
    public init(
        _ runs: [any PlacementRun], on target: any Target, records: [AppliedRecord], holder: LockHolder,
        report: @escaping @Sendable (ApplyEvent) -> Void
    ) {
        self.runs = runs
        self.target = target
        self.records = records
        self.holder = holder
        self.report = report
    }

    private func step(_ step: ApplyEvent.Step) { report(.step(host: target.host, step)) }

    /// Applies. The caller holds the target's lock and has observed under it.
    public func run() async -> TargetOutcome {
        if runs.allSatisfy({ !$0.plan.isNeeded }) { return .unchanged }
        let fileWork = runs.compactMap { run -> FileWork? in if case .files(let work) = run.work, run.plan.isNeeded { work } else { nil } }
        let calls = runs.flatMap { run -> [UndoableCall] in if case .calls(let calls) = run.work { calls } else { [] } }
        do throws(TargetError) {
            try Interruption.check(target.host)
            // What everything is built on: whoever makes another generation live meanwhile has overtaken us.
            let base = try await target.files?.live()
            var notes: [String] = []
            let staged = try await stage(fileWork, on: base, &notes)
            return await Interruption.holdingOff { [notes] in ended(await makeLive(fileWork, calls, from: base, to: staged, notes)) }
        } catch {
            return ended(.refused(error))
        }
    }

    private func makeLive(
        _ works: [FileWork], _ calls: [UndoableCall], from base: Generation?, to staged: Generation?, _ notes: [String]
    ) async -> TargetOutcome {
        var transcript = CallTranscript()
        do throws(TargetError) {
            try await perform(calls, &transcript)
        } catch {
            if let staged { try? await target.files?.discard(staged.number) }
            return await undo(transcript, because: error)
        }
        return await switchOver(works, from: base, to: staged, transcript, notes)
    }

    private func ended(_ outcome: TargetOutcome) -> TargetOutcome {
        report(.ended(host: target.host, outcome: outcome.summary))
        return outcome
    }

    // MARK: Before anything is live

    /// Writes the new generation beside the live one and proves it; on any failure it is removed and nothing was touched.
    private func stage(_ works: [FileWork], on base: Generation?, _ notes: inout [String]) async throws(TargetError) -> Generation? {
        guard works.contains(where: \.changesFiles) || runs.contains(where: { $0.plan.count == 0 && $0.plan.isNeeded }) else { return nil }
        guard let files = target.files else { throw TargetError(.unexpectedShape, "\(target.host) has no place for files") }
        step(.stage)
        var places: [Place: [PlaceFile]] = [:]
        for work in works { places[work.place] = work.wanted }
        let others = base?.records.filter { other in !records.contains { $0.site == other.site } } ?? []
        let mine = records.map { keepingBaseline($0, base) }
        let staged = try await files.stage(places, records: (others + mine).sorted { $0.site < $1.site })
        do throws(TargetError) {
            for work in works where !work.wanted.isEmpty {
                let directory = files.hostPath(of: work.place, in: staged.number)
                try await prove(work, staged, files, directory)
                try await rehearse(work, directory, &notes)
            }
            try Interruption.check(target.host)
        } catch {
            try? await files.discard(staged.number)
            throw error
        }
        return staged
    }

    /// What a site's places held before they were adopted stays for as long as the site is recorded.
    private func keepingBaseline(_ record: AppliedRecord, _ base: Generation?) -> AppliedRecord {
        var record = record
        let adopts = runs.contains { run in run.plan.site == record.site && run.plan.strangers.contains { $0.stranger.fate != nil } }
        record.baseline = base?.records.first { $0.site == record.site }?.baseline ?? (adopts ? base?.number : nil)
        return record
    }

    private func prove(
        _ work: FileWork, _ staged: Generation, _ files: any FileStore, _ directory: String
    ) async throws(TargetError) {
        step(.parseBack)
        let back = try await files.read(work.place, of: staged.number)
        if let unread = back.unread.first { throw TargetError(.unexpectedShape, "the staged files can't be read back: \(unread)") }
        if let problem = work.parseBack(back.files) {
            throw TargetError(
                .unexpectedShape, "the staged files of \(work.place) don't say what was meant: \(problem)",
                mend: "report this: it is a mistake of the provider")
        }
        step(.check)
        for command in work.checks(directory) {
            guard let programs = target.programs else {
                throw TargetError(.programMissing, "\(command[0]) can't be run on \(target.host), and nothing becomes live unchecked")
            }
            let result = try await programs.run(command, within: Self.checkSeconds)
            if result.status != 0 {
                throw TargetError(
                    .refused,
                    "\(command[0]) refuses the files of \(work.place) (exit \(result.status))",
                    mend: "the old files are live; correct the inventory\(orIgnored(in: work)) and apply again",
                    output: result.output.prefix(400).split(whereSeparator: \.isNewline).map { escapedForDisplay(String($0)) })
            }
        }
    }

    /// Checkers accept much that a daemon then does otherwise; it is tried out on the files before it gets them.
    private func rehearse(_ work: FileWork, _ directory: String, _ notes: inout [String]) async throws(TargetError) {
        step(.rehearse)
        let outcome = await work.rehearse(directory, target)
        try Interruption.check(target.host)
        switch outcome {
        case .passed: break
        case .notPossible(let reason): notes.append("\(work.place) was not rehearsed: \(reason)")
        case .failed(let what, let wanted, let got):
            throw TargetError(
                .rehearsalFailed,
                "the files of \(work.place) don't do what was meant: \(escapedForDisplay(what)) should give \(escapedForDisplay(wanted)), and gave \(escapedForDisplay(got))",
                mend: "the old files are live; correct the inventory\(orIgnored(in: work)), or report a mistake of the provider")
        }
    }

    /// What a place holds by choice may be in the way of what the inventory wants.
    private func orIgnored(in work: FileWork) -> String {
        let ignored = runs.filter { $0.place == work.place }.flatMap(\.plan.ignored)
        return ignored.isEmpty
            ? "" : ", or remove from ignore_drift what isn't to stay (\(ignored.map(\.address.description).joined(separator: ", ")))"
    }

    // MARK: The switch

    /// From here on a failure brings the old state of every provider of the target back.
    private func switchOver(
        _ works: [FileWork], from base: Generation?, to staged: Generation?, _ transcript: CallTranscript, _ told: [String]
    ) async -> TargetOutcome {
        guard let files = target.files else { return .applied(generation: nil, notes: told) }
        let to = staged?.number ?? base?.number ?? 0
        let journal = Journal(phase: .switching, from: base?.number, to: to, services: works.compactMap(\.service), holder: holder)
        do throws(TargetError) {
            try await begin(journal, files)
        } catch {
            if let staged { try? await files.discard(staged.number) }
            return await undo(transcript, because: error)
        }
        let ran = await running(works)
        var notes = told
        do throws(TargetError) {
            if let staged {
                step(.swap)
                do throws(TargetError) {
                    try await files.makeLive(staged.number, replacing: base?.number)
                } catch {
                    // The switch is visible; what can't be promised is that it survives a power cut now.
                    guard case .visibleNotDurable = error.kind else { throw error }
                    notes.append(error.message)
                }
            }
            var active: [FileWork] = []
            for work in works where try await activate(work, ran, &notes) { active.append(work) }
            for work in active { try await proveHealth(work) }
            try await confirm(journal, files, &notes)
        } catch {
            return await restore(works, ran, journal, transcript, because: error)
        }
        for work in works where !work.wanted.isEmpty { notes += await work.settle(target) }
        await sweep(files, &notes)
        return .applied(generation: staged?.number, notes: notes)
    }

    /// Passes the point from which the apply must be finished or undone.
    private func begin(_ journal: Journal, _ files: any FileStore) async throws(TargetError) {
        let live = try await files.live()?.number
        guard live == journal.from else {
            throw TargetError(
                .overtaken(live: live), "generation \(live.map(String.init) ?? "none") became live while this was prepared",
                mend: "plan again")
        }
        do throws(TargetError) { try await files.write(journal) } catch {
            try? await files.write(nil)
            throw error
        }
    }

    private func running(_ works: [FileWork]) async -> Set<ServiceUnit> {
        guard let control = target.services else { return [] }
        var found: Set<ServiceUnit> = []
        for service in works.compactMap(\.service) {
            if case .running = await control.status(of: service) { found.insert(service) }
        }
        return found
    }

    /// Makes the files live in their daemon; whether it must run now.
    private func activate(_ work: FileWork, _ ran: Set<ServiceUnit>, _ notes: inout [String]) async throws(TargetError) -> Bool {
        guard let service = work.service, let control = target.services else { return false }
        step(.activate)
        let isRunning = ran.contains(service)
        if work.wanted.isEmpty {
            if isRunning { try await control.stop(service) }
            return false
        }
        guard isRunning else {
            guard control.canStart else {
                notes.append("\(service.name) isn't running, and a dry tree has no services of its own")
                return false
            }
            try await control.start(service)
            return true
        }
        switch work.activation {
        case .restart: try await control.restart(service)
        case .reload: try await control.reload(service)
        case .live: break
        }
        return true
    }

    private func proveHealth(_ work: FileWork) async throws(TargetError) {
        guard let service = work.service, let control = target.services else { return }
        guard case .running = await control.status(of: service) else {
            throw TargetError(.serviceFailed, "\(service.name) ended after it was activated")
        }
        step(.health)
        if let problem = await work.health(target) { throw TargetError(.serviceFailed, "\(service.name) isn't well: \(problem)") }
    }

    /// Makes sure that the next run finishes and doesn't undo: a journal that says so, or none. Where neither can be had the old state comes back,
    /// since what is reported as done must stay done.
    private func confirm(_ journal: Journal, _ files: any FileStore, _ notes: inout [String]) async throws(TargetError) {
        var confirmed = journal
        confirmed.phase = .confirmed
        do throws(TargetError) { try await files.write(confirmed) } catch let first {
            do throws(TargetError) {
                try await files.write(nil)
                notes.append("the journal couldn't be confirmed and was removed instead: \(first.message)")
            } catch {
                guard case .visibleNotDurable = error.kind else { throw first }
                notes.append(error.message)
            }
        }
    }

    private func sweep(_ files: any FileStore, _ notes: inout [String]) async {
        step(.sweep)
        do throws(TargetError) {
            try await files.sweep(keep: Self.keptGenerations)
            try await files.write(nil)
        } catch {
            notes.append("the plan is live; cleaning up failed and is done by the next apply: \(error.message)")
        }
    }

    // MARK: The way back

    private func restore(
        _ works: [FileWork], _ ran: Set<ServiceUnit>, _ journal: Journal, _ transcript: CallTranscript, because error: TargetError
    ) async -> TargetOutcome {
        step(.undo)
        let generation = "generation \(journal.from.map(String.init) ?? "none")"
        var left: [String] = []
        do throws(TargetError) {
            // Where the journal isn't this apply's any more, another has taken over: it has undone this one, and what is there now is its own.
            let isOurs = try await target.files?.journal().map { $0.to == journal.to && $0.holder == journal.holder } ?? false
            if isOurs, let unfinished = try await Recovery.attempt(on: target, ran: ran).unfinished {
                left.append("run the services of \(generation) again: \(unfinished.message)")
            }
        } catch let second {
            left.append("bring back \(generation): \(second.message)")
        }
        let undone = left.isEmpty ? works.map { "files and service of \($0.place)" } : []
        return await undo(transcript, because: error, undone: undone, left: left)
    }

    private func perform(_ calls: [UndoableCall], _ transcript: inout CallTranscript) async throws(TargetError) {
        guard !calls.isEmpty else { return }
        guard let channel = target.calls else { throw TargetError(.unreachable, "\(target.host) takes no calls") }
        step(.call)
        for call in calls {
            do throws(TargetError) {
                transcript.record(call, id: try await channel.perform(call.call))
            } catch {
                // Only an answer says that nothing was done.
                if error.kind != .refused { transcript.lose(call) }
                throw error
            }
        }
    }

    /// Undoes the calls made, the last first; what can't be undone is named.
    private func undo(
        _ transcript: CallTranscript, because error: TargetError, undone: [String] = [], left: [String] = []
    ) async -> TargetOutcome {
        if transcript.isEmpty, undone.isEmpty, left.isEmpty { return .refused(error) }
        var (undone, left) = (undone, left)
        for (call, undo) in transcript.inverses {
            let what = [call.verb.rawValue, call.kind, call.id].compactMap(\.self).joined(separator: " ")
            switch undo {
            case .nothing: left.append("\(what) can't be undone")
            case .unknown: left.append("\(what) may have been made: its answer was lost")
            case .call(let inverse):
                do throws(TargetError) {
                    guard let channel = target.calls else { throw TargetError(.unreachable, "\(target.host) takes no calls") }
                    _ = try await channel.perform(inverse)
                    undone.append("\(call.verb.rawValue) \(call.kind)")
                } catch {
                    left.append("undo \(what): \(error.message)")
                }
            }
        }
        return left.isEmpty ? .rolledBack(error, undone: undone) : .broken(error, left: left)
    }
}

extension TargetOutcome {
    /// One word for the event stream.
    public var summary: String {
        switch self {
        case .unchanged: "unchanged"
        case .applied: "applied"
        case .refused: "refused"
        case .moved: "moved"
        case .rolledBack: "rolled back"
        case .broken: "broken"
        }
    }
}
