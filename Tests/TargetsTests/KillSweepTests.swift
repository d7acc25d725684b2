import Foundation
import Glibc
import Targets
import Testing

/// A process is killed before every changing call of an apply; what it leaves is old or new, and the next apply works.
@Suite(.serialized) struct `A kill at any call of an apply` {
    /// The second apply on a root that holds a first one.
    static func apply(root: String, gate: SystemGate) async throws {
        let store = LocalFileStore(root: root, gate: gate)
        let lock = try await store.lock(Samples.holder)
        let live = try await store.live()
        let next = try await store.stage([Samples.place: Samples.new], records: [Samples.record("dvntm", digest: "d2")])
        try await store.write(Samples.journal(from: live?.number, to: next.number))
        try await store.makeLive(next.number, replacing: live?.number)
        try await store.write(Samples.journal(.confirmed, from: live?.number, to: next.number))
        try await store.write(nil)
        try await store.sweep(keep: 0)
        lock.release()
    }

    private static func prepare(_ scratch: Scratch) async throws {
        let store = LocalFileStore(root: scratch.path)
        let first = try await store.stage([Samples.place: Samples.old, Samples.other: Samples.old], records: [Samples.record("dvntm")])
        try await store.makeLive(first.number, replacing: nil)
    }

    @Test func `leaves old or new, no lock, and nothing that a sweep doesn't find`() async throws {
        let recorded = try Scratch(inMemory: true)
        try await Self.prepare(recorded)
        let recorder = SystemGate(isRecording: true)
        try await Self.apply(root: recorded.path, gate: recorder)
        let calls = recorder.calls
        let switched = try #require(calls.first { $0.call == .renameat && $0.path.hasSuffix("deevnet/current") }?.number)
        for record in calls {
            let scratch = try Scratch(inMemory: true)
            try await Self.prepare(scratch)
            await #expect(processExitsWith: .signal(SIGKILL)) { [root = scratch.path as String, number = record.number as Int] in
                try await Self.apply(root: root, gate: SystemGate(injector: FaultPlan(.kill, at: number)))
            }
            let store = LocalFileStore(root: scratch.path)
            let lock = try await store.lock(Samples.holder)
            let live = try #require(try await store.live(), "\(record)")
            #expect(live.number == (record.number > switched ? 2 : 1), "\(record)")
            #expect(try await store.read(Samples.place) == PlaceContents(files: live.number == 2 ? Samples.new : Samples.old), "\(record)")
            #expect(try await store.read(Samples.other).files == Samples.old, "\(record)")
            // What has records is whole, also when it was killed while it was removed.
            for number in [UInt64(1), 2] where scratch.exists("etc/deevnet/generations/\(number)/records.json") {
                #expect(try await store.read(Samples.place, of: number).files == (number == 2 ? Samples.new : Samples.old), "\(record)")
                #expect(try await store.read(Samples.other, of: number).files == Samples.old, "\(record)")
            }
            let journal = try await store.journal()
            #expect(journal == nil || journal?.from == 1 && journal?.to == 2, "\(record)")
            #expect(journal != nil || live.number == 1 || record.number > switched, "\(record): switched without a journal")
            try await store.write(nil)
            try await store.sweep(keep: 0)
            #expect(scratch.names("etc/deevnet/generations") == ["\(live.number)"], "\(record)")
            #expect(scratch.tree.allSatisfy { !$0.contains(".new") }, "\(record)")
            lock.release()
            try await Self.apply(root: scratch.path, gate: SystemGate())
            #expect(try await store.read(Samples.place).files == Samples.new, "\(record)")
        }
        #expect(calls.count > 50)
    }

    @Test func `is told from a stop, after which the writer goes on and the lock was held all the time`() async throws {
        let scratch = try Scratch()
        try await Self.prepare(scratch)
        let path = scratch.path
        // Watches for the stopped writer, finds the lock held, and lets the writer go on.
        async let refused: Bool = {
            let store = LocalFileStore(root: path)
            var holder: LockHolder?
            _ = try await eventually {
                do throws(TargetError) {
                    let lock = try await store.lock(Samples.holder)
                    lock.release()
                } catch {
                    if case .lockHeld(let found) = error.kind, isStopped(found.pid) { holder = found }
                }
                return holder != nil
            }
            guard let holder else { return false }
            kill(holder.pid, SIGCONT)
            return true
        }()
        await #expect(processExitsWith: .success) { [root = path as String] in
            try await Self.apply(root: root, gate: SystemGate(injector: FaultPlan(.stop, at: 30)))
        }
        #expect(try await refused)
        #expect(try await LocalFileStore(root: path).read(Samples.place).files == Samples.new)
    }
}

/// Whether a process is stopped by a signal.
private func isStopped(_ pid: Int32) -> Bool {
    let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    return stat.split(separator: ")").last?.split(separator: " ").first == "T"
}
