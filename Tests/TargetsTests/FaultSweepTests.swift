import Glibc
import Targets
import Testing

/// Every changing call of one apply fails once with every errno: the live files are the old or the new ones, and the next apply works.
@Suite struct `A fault at any call of an apply` {
    /// One apply of the new files over the old, as the engine makes it.
    private static func apply(_ store: LocalFileStore, from first: Generation) async throws {
        let next = try await store.stage([Samples.place: Samples.new], records: [Samples.record("dvntm", digest: "d2")])
        try await store.write(Samples.journal(from: first.number, to: next.number))
        try await store.makeLive(next.number, replacing: first.number)
        try await store.write(Samples.journal(.confirmed, from: first.number, to: next.number))
        try await store.write(nil)
        try await store.sweep(keep: 1)
    }

    private static func prepared() async throws -> (Scratch, Generation) {
        let scratch = try Scratch(inMemory: true)
        let store = LocalFileStore(root: scratch.path)
        let zeroth = try await store.stage([Samples.place: [Samples.file("hosts", "older")]], records: [])
        try await store.makeLive(zeroth.number, replacing: nil)
        let first = try await store.stage(
            [Samples.place: Samples.old, Samples.other: Samples.old], records: [Samples.record("dvntm", digest: "d1")])
        try await store.makeLive(first.number, replacing: zeroth.number)
        return (scratch, first)
    }

    private static func calls() async throws -> [SystemCallRecord] {
        let (scratch, first) = try await prepared()
        let gate = SystemGate(isRecording: true)
        try await apply(LocalFileStore(root: scratch.path, gate: gate), from: first)
        // Each trial has a root of its own.
        return gate.calls.map { SystemCallRecord(number: $0.number, call: $0.call, path: String($0.path.dropFirst(scratch.path.count))) }
    }

    /// Applies with a fault, then looks at the target with a store that has none; returns whether the apply failed and what is live.
    private static func suffer(_ plan: FaultPlan) async throws -> (error: TargetError?, isNew: Bool) {
        // The other tests' deadlines must not suffer from thousands of short calls that never wait.
        await Task.yield()
        let (scratch, first) = try await prepared()
        var failure: TargetError?
        do {
            try await apply(LocalFileStore(root: scratch.path, gate: SystemGate(injector: plan)), from: first)
        } catch let error as TargetError {
            failure = error
        }
        let store = LocalFileStore(root: scratch.path)
        let live = try #require(try await store.live())
        let contents = try await store.read(Samples.place)
        let isNew = live.number != first.number
        #expect(contents == PlaceContents(files: isNew ? Samples.new : Samples.old), "\(plan)")
        #expect(live.records.map(\.desiredDigest) == [isNew ? "d2" : "d1"], "\(plan)")
        #expect(try await store.read(Samples.other).files == Samples.old, "\(plan)")
        // The next run: look at the journal, sweep, apply again.
        if let journal = try await store.journal() {
            #expect([journal.from, journal.to].contains(live.number), "\(plan)")
            try await store.write(nil)
        }
        try await store.sweep(keep: 0)
        #expect(scratch.names("etc/deevnet/generations") == ["\(live.number)"], "\(plan)")
        #expect(scratch.tree.allSatisfy { !$0.contains(".new") }, "\(plan)")
        let again = try await store.stage([Samples.place: Samples.old], records: [])
        #expect(again.number > live.number)
        try await store.makeLive(again.number, replacing: live.number)
        #expect(try await store.read(Samples.place).files == Samples.old, "\(plan)")
        return (failure, isNew)
    }

    @Test(arguments: [EIO, ENOSPC, EROFS, EACCES, EDQUOT, EMFILE]) func `leaves old or new and says so`(_ errno: Int32) async throws {
        let calls = try await Self.calls()
        #expect(calls.count > 50)
        let switched = try #require(calls.first { $0.call == .renameat && $0.path.hasSuffix("deevnet/current") }?.number)
        for record in calls {
            let (error, isNew) = try await Self.suffer(FaultPlan(.fail(errno), at: record.number))
            // Falling back to a copy is right only for the errors of linking, and none of these is one.
            let failure = try #require(error, "\(record) failed in silence")
            #expect(isNew == (record.number > switched), "\(record)")
            let isDirectoryAfterRename = record.call == .fsync && calls[record.number - 2].call == .renameat
            let isAfterRemoval =
                record.call == .fsync && record.number > switched && calls[record.number - 2].path.hasSuffix("journal.json")
            let isInSweep = record.path.contains("generations/1")
            if (isDirectoryAfterRename || isAfterRemoval) && !isInSweep {
                #expect(failure.kind == .visibleNotDurable(errno: errno), "\(record)")
            } else {
                #expect(failure.kind == .failed(errno: errno), "\(record)")
            }
            #expect(failure.message.contains(record.path), "\(record): \(failure)")
            #expect(errno == EMFILE || failure.mend != nil)
        }
    }

    @Test(arguments: [EIO, ENOSPC, EROFS]) func `leaves old or new when all later calls fail too`(_ errno: Int32) async throws {
        for record in try await Self.calls() {
            let (error, _) = try await Self.suffer(FaultPlan(.fail(errno), at: record.number, continues: true))
            #expect(error != nil, "\(record) failed in silence")
        }
    }

    @Test func `is nothing when it is only an interruption`() async throws {
        for record in try await Self.calls() {
            let (error, isNew) = try await Self.suffer(FaultPlan(.fail(EINTR), at: record.number))
            #expect(error == nil && isNew, "\(record): \(String(describing: error))")
        }
        let (error, isNew) = try await Self.suffer(FaultPlan(.fail(EINTR), at: 1, continues: true))
        #expect(error == nil && isNew)
    }

    @Test func `is written anew where linking isn't allowed`() async throws {
        for record in try await Self.calls() where record.call == .linkat {
            let (error, isNew) = try await Self.suffer(FaultPlan(.fail(EMLINK), at: record.number))
            #expect(error == nil && isNew, "\(record): \(String(describing: error))")
        }
    }

    @Test(arguments: ["kill@3", "stop@1+", "short@2", "lost@2", "ENOSPC@12", "EIO@7+"]) func `is written as text`(_ text: String) throws {
        #expect(FaultPlan(text)?.description == text)
    }

    @Test(arguments: ["", "kill", "kill@0", "kill@x", "@3", "ENOTHING@3", "kill@3@4", "kill@-1"]) func `is refused as text`(_ text: String)
    {
        #expect(FaultPlan(text) == nil)
    }
}
