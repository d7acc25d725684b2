import Foundation
import Glibc
import Targets
import Testing

@Suite struct `A local lock` {
    let scratch: Scratch
    let store: LocalFileStore

    init() throws {
        scratch = try Scratch()
        store = LocalFileStore(root: scratch.path)
    }

    @Test func `is held once among many who try at the same moment`() async throws {
        let path = scratch.path
        for _ in 0..<20 {
            let winners = await withTaskGroup(of: (any TargetLock)?.self) { group in
                for _ in 0..<8 { group.addTask { try? await LocalFileStore(root: path).lock(Samples.holder) } }
                return await group.reduce(into: [any TargetLock]()) { $0 += $1.map { [$0] } ?? [] }
            }
            #expect(winners.count == 1)
            for lock in winners { lock.release() }
        }
    }

    @Test func `is free at once when it is released, whatever child has just been started`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled { _ = try? await LocalPrograms().run(["true"], within: 10) }
            }
            for _ in 0..<300 {
                try await store.lock(Samples.holder).release()
                await Task.yield()
            }
            group.cancelAll()
        }
    }

    @Test func `ends with its holder, however that ends`() async throws {
        try scratch.write("", to: "run/deevnet/lock")
        // Another program with the kernel's lock on the same file: it says when it has it, and waits to be killed.
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        holder.arguments = ["-x", "-o", "\(scratch.path)/run/deevnet/lock", "sh", "-c", "echo held; exec sleep 60"]
        let pipe = Pipe()
        holder.standardOutput = pipe
        try holder.run()
        #expect(String(decoding: pipe.fileHandleForReading.readData(ofLength: 5), as: UTF8.self) == "held\n")
        let json = """
            {"host": "provisioner-ph01", "pid": \(holder.processIdentifier), "revision": "f00", "since": "2030-01-01T00:00:00Z", "user": "op"}
            """
        // In place, as a holder writes it: another file would be another lock.
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(scratch.path)/run/deevnet/lock"))
        try handle.write(contentsOf: Data(json.utf8))
        try handle.close()
        let error = await #expect(throws: TargetError.self) { try await store.lock(Samples.holder) }
        guard case .lockHeld(let found) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found.user == "op" && found.pid == holder.processIdentifier && found.revision == "f00")
        let children = try String(
            contentsOfFile: "/proc/\(holder.processIdentifier)/task/\(holder.processIdentifier)/children", encoding: .utf8)
        kill(holder.processIdentifier, SIGKILL)
        for child in children.split(separator: " ").compactMap({ Int32($0) }) { kill(child, SIGKILL) }
        holder.waitUntilExit()
        let lock = try await store.lock(Samples.holder)
        #expect(scratch.text("run/deevnet/lock")?.contains("\"user\" : \"root\"") == true)
        lock.release()
        #expect(scratch.text("run/deevnet/lock") == "")
    }

    @Test func `is told of soon, also when the holder's name can't be read`() async throws {
        let lock = try await store.lock(Samples.holder)
        truncate(scratch.path + "/run/deevnet/lock")
        let start = ContinuousClock.now
        let error = await #expect(throws: TargetError.self) { try await store.lock(Samples.holder) }
        // A quarter of a second when nothing else runs.
        #expect(ContinuousClock.now - start < .seconds(5))
        guard case .lockHeld(let holder) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(holder.user == "unknown")
        lock.release()
    }

    @Test func `is of the file that has the name, not of one that was removed`() async throws {
        let first = try await store.lock(Samples.holder)
        try scratch.remove("run/deevnet/lock")
        let second = try await store.lock(Samples.holder)
        let error = await #expect(throws: TargetError.self) { try await store.lock(Samples.holder) }
        #expect(error?.kind == .lockHeld(Samples.holder))
        first.release()
        second.release()
    }

    private func truncate(_ path: String) {
        let answer = unsafe Glibc.truncate(path, 0)
        #expect(answer == 0)
    }
}
