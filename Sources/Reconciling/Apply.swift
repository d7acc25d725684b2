import Diagnostics
import Planning
public import Targets

/// Makes the plans of one target live together or not at all: stage, parse back, check, switch, activate, prove health; else everything back.
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
        if runs.allSatisfy({ $0.plan.count == 0 }) { return .unchanged }
        let fileWork = runs.compactMap { run -> FileWork? in if case .files(let work) = run.work, run.plan.count > 0 { work } else { nil } }
        let calls = runs.flatMap { run -> [UndoableCall] in if case .calls(let calls) = run.work { calls } else { [] } }
        var transcript = CallTranscript()
        do throws(TargetError) {
            let staged = try await stage(fileWork)
            do throws(TargetError) {
                try await perform(calls, &transcript)
            } catch {
                if let staged { try? await target.files?.discard(staged.number) }
                return ended(await undo(transcript, because: error))
            }
            return ended(try await switchOver(fileWork, to: staged, transcript))
        } catch {
            return ended(.refused(error))
        }
    }

    private func ended(_ outcome: TargetOutcome) -> TargetOutcome {
        report(.ended(host: target.host, outcome: outcome.summary))
        return outcome
    }

    // MARK: Before anything is live

    /// Writes the new generation beside the live one and proves it; on any failure it is removed and nothing was touched.
    private func stage(_ works: [FileWork]) async throws(TargetError) -> Generation? {
        guard let files = target.files, works.contains(where: \.changesFiles) else { return nil }
        step(.stage)
        var places: [Place: [PlaceFile]] = [:]
        for work in works { places[work.place] = work.wanted }
        let others = try await files.live()?.records.filter { other in !records.contains { $0.site == other.site } } ?? []
        let staged = try await files.stage(places, records: (others + records).sorted { $0.site < $1.site })
        do throws(TargetError) {
            for work in works where !work.wanted.isEmpty { try await prove(work, staged, files) }
        } catch {
            try? await files.discard(staged.number)
            throw error
        }
        return staged
    }

    private func prove(_ work: FileWork, _ staged: Generation, _ files: any FileStore) async throws(TargetError) {
        step(.parseBack)
        let back = try await files.read(work.place, of: staged.number)
        if let unread = back.unread.first { throw TargetError(.unexpectedShape, "the staged files can't be read back: \(unread)") }
        if let problem = work.parseBack(back.files) {
            throw TargetError(
                .unexpectedShape, "the staged files of \(work.place) don't say what was meant: \(problem)",
                mend: "report this: it is a mistake of the provider")
        }
        step(.check)
        guard let programs = target.programs else { return }
        for command in work.checks(files.hostPath(of: work.place, in: staged.number)) {
            let result = try await programs.run(command, within: Self.checkSeconds)
            if result.status != 0 {
                throw TargetError(
                    .refused,
                    "\(command[0]) refuses the files of \(work.place) (exit \(result.status)): \(escapedForDisplay(result.output.prefix(400).description))",
                    mend: "the old files are live; correct the inventory and apply again")
            }
        }
    }

    // MARK: The switch

    /// From here on a failure brings the old state of every provider of the target back.
    private func switchOver(_ works: [FileWork], to staged: Generation?, _ transcript: CallTranscript) async throws(TargetError)
        -> TargetOutcome
    {
        guard let files = target.files else { return .applied(generation: nil, notes: []) }
        let live: Generation?
        let journal: Journal
        do throws(TargetError) {
            live = try await files.live()
            let to = staged?.number ?? live?.number ?? 0
            journal = Journal(phase: .switching, from: live?.number, to: to, services: works.compactMap(\.service), holder: holder)
            try await files.write(journal)
        } catch {
            if let staged { try? await files.discard(staged.number) }
            try? await files.write(nil)
            return await undo(transcript, because: error)
        }
        var notes: [String] = []
        do throws(TargetError) {
            if let staged {
                step(.swap)
                do throws(TargetError) {
                    try await files.makeLive(staged.number, replacing: live?.number)
                } catch {
                    // The switch is visible; what can't be promised is that it survives a power cut now.
                    guard case .visibleNotDurable = error.kind else { throw error }
                    notes.append(error.message)
                }
            }
            for work in works { try await activate(work, &notes) }
            for work in works { try await proveHealth(work) }
            for work in works where !work.wanted.isEmpty { notes += await work.settle(target) }
        } catch {
            return await restore(works, journal, transcript, because: error)
        }
        return await finish(journal, staged, notes)
    }

    private func activate(_ work: FileWork, _ notes: inout [String]) async throws(TargetError) {
        guard let service = work.service, let control = target.services else { return }
        step(.activate)
        let isRunning = if case .running = await control.status(of: service) { true } else { false }
        if work.wanted.isEmpty {
            if isRunning { try await control.stop(service) }
            return
        }
        guard isRunning else {
            guard control.canStart else {
                notes.append("\(service.name) isn't running, and a dry tree has no services of its own")
                return
            }
            return try await control.start(service)
        }
        switch work.activation {
        case .restart: try await control.restart(service)
        case .reload: try await control.reload(service)
        case .live where work.serviceDiffers: try await control.restart(service)
        case .live: break
        }
    }

    private func proveHealth(_ work: FileWork) async throws(TargetError) {
        guard let service = work.service, let control = target.services, !work.wanted.isEmpty else { return }
        guard case .running = await control.status(of: service) else {
            if !control.canStart { return }
            throw TargetError(.serviceFailed, "\(service.name) ended after it was activated")
        }
        step(.health)
        if let problem = await work.health(target) { throw TargetError(.serviceFailed, "\(service.name) isn't well: \(problem)") }
    }

    private func finish(_ journal: Journal, _ staged: Generation?, _ notes: [String]) async -> TargetOutcome {
        guard let files = target.files else { return .applied(generation: nil, notes: notes) }
        var notes = notes
        step(.sweep)
        do throws(TargetError) {
            var confirmed = journal
            confirmed.phase = .confirmed
            try await files.write(confirmed)
            try await files.sweep(keep: Self.keptGenerations)
            try await files.write(nil)
        } catch {
            notes.append("the plan is live; cleaning up failed and is done by the next run: \(error.message)")
        }
        return .applied(generation: staged?.number, notes: notes)
    }

    // MARK: The way back

    private func restore(_ works: [FileWork], _ journal: Journal, _ transcript: CallTranscript, because error: TargetError) async
        -> TargetOutcome
    {
        step(.undo)
        do throws(TargetError) {
            _ = try await Recovery.run(on: target)
        } catch let second {
            return .broken(error, left: ["bring back generation \(journal.from.map(String.init) ?? "none"): \(second.message)"])
        }
        let undone = works.map { "files and service of \($0.place)" }
        return await undo(transcript, because: error, also: undone)
    }

    private func perform(_ calls: [UndoableCall], _ transcript: inout CallTranscript) async throws(TargetError) {
        guard !calls.isEmpty else { return }
        guard let channel = target.calls else { throw TargetError(.unreachable, "\(target.host) takes no calls") }
        step(.call)
        for call in calls { transcript.record(call, id: try await channel.perform(call.call)) }
    }

    /// Undoes the calls made, the last first; what can't be undone is named.
    private func undo(_ transcript: CallTranscript, because error: TargetError, also: [String] = []) async -> TargetOutcome {
        if transcript.isEmpty, also.isEmpty { return .refused(error) }
        var (undone, left) = (also, [String]())
        for (call, inverse) in transcript.inverses {
            guard let inverse else {
                left.append("\(call.verb.rawValue) \(call.kind) \(call.id ?? "") can't be undone")
                continue
            }
            do throws(TargetError) {
                guard let channel = target.calls else { throw TargetError(.unreachable, "\(target.host) takes no calls") }
                _ = try await channel.perform(inverse)
                undone.append("\(call.verb.rawValue) \(call.kind)")
            } catch {
                left.append("undo \(call.verb.rawValue) \(call.kind) \(call.id ?? ""): \(error.message)")
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
