import Foundation
import Glibc
import Targets
import Testing

/// A small file system of its own, for the tests that need a full or a read-only one.
private final class SmallFileSystem: Sendable {
    let scratch: Scratch

    /// Mounts it; nil when we may not.
    init?(kibibytes: Int) async throws {
        scratch = try Scratch()
        let result = try await LocalPrograms().run(
            ["mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", scratch.path], within: 10)
        if result.status != 0 { return nil }
    }

    deinit { _ = unsafe umount2(scratch.path, Int32(MNT_DETACH)) }

    func remount(_ option: String) async throws {
        let result = try await LocalPrograms().run(["mount", "-o", "remount,\(option)", scratch.path], within: 10)
        #expect(result.status == 0, "\(result.output)")
    }
}

@Suite(.enabled(if: geteuid() == 0, "mounting a file system needs root")) struct `A local file store on a real file system` {
    @Test func `keeps the old files and gives the space back when it is full`() async throws {
        let big = [Samples.file("hosts", String(repeating: "x", count: 100_000))]
        var full = 0
        // From no space for a single directory to space for everything.
        for kibibytes in stride(from: 4, through: 400, by: 12) {
            let system = try #require(try await SmallFileSystem(kibibytes: kibibytes), "tmpfs can't be mounted here")
            let store = LocalFileStore(root: system.scratch.path)
            guard let first = try? await store.stage([Samples.place: Samples.old], records: []) else {
                full += 1
                continue
            }
            try await store.makeLive(first.number, replacing: nil)
            do {
                let second = try await store.stage([Samples.place: big], records: [])
                try await store.makeLive(second.number, replacing: first.number)
                #expect(try await store.read(Samples.place).files == big)
            } catch {
                full += 1
                #expect(error.kind == .failed(errno: ENOSPC), "\(error)")
                #expect(error.mend?.contains("free some space") == true)
                #expect(try await store.read(Samples.place).files == Samples.old)
                #expect(system.scratch.names("etc/deevnet/generations") == ["1"])
            }
        }
        #expect(full > 5 && full < 34)
    }

    @Test func `reserves the space before it writes`() async throws {
        let system = try #require(try await SmallFileSystem(kibibytes: 200), "tmpfs can't be mounted here")
        let gate = SystemGate(isRecording: true)
        let store = LocalFileStore(root: system.scratch.path, gate: gate)
        await #expect(throws: TargetError.self) {
            try await store.stage([Samples.place: [Samples.file("hosts", String(repeating: "x", count: 1_000_000))]], records: [])
        }
        #expect(gate.calls.filter { $0.path.hasSuffix("dvntm/hosts") }.map(\.call) == [.openat, .fchmod, .fallocate, .unlinkat])
    }

    @Test func `says that it is read-only and still reads`() async throws {
        let system = try #require(try await SmallFileSystem(kibibytes: 1000), "tmpfs can't be mounted here")
        let store = LocalFileStore(root: system.scratch.path)
        let first = try await store.stage([Samples.place: Samples.old], records: [])
        try await store.makeLive(first.number, replacing: nil)
        let second = try await store.stage([Samples.place: Samples.new], records: [])
        try await system.remount("ro")
        for change in [
            { _ = try await store.stage([Samples.place: Samples.old], records: []) },
            { try await store.makeLive(second.number, replacing: first.number) },
            { try await store.write(Samples.journal()) }, { try await store.discard(second.number) },
            { _ = try await store.lock(Samples.holder) },
        ] as [@Sendable () async throws -> Void] {
            let error = await #expect(throws: TargetError.self) { try await change() }
            #expect(error?.kind == .failed(errno: EROFS))
            #expect(error?.mend?.contains("read-only") == true)
        }
        #expect(try await store.read(Samples.place).files == Samples.old)
        try await system.remount("rw")
        try await store.makeLive(second.number, replacing: first.number)
        #expect(try await store.read(Samples.place).files == Samples.new)
    }

    @Test func `removes nothing behind a mount point`() async throws {
        let outside = try #require(try await SmallFileSystem(kibibytes: 100), "tmpfs can't be mounted here")
        try outside.scratch.write("precious", to: "file")
        let scratch = try Scratch()
        let store = LocalFileStore(root: scratch.path)
        let generation = try await store.stage([Samples.place: Samples.old], records: [])
        let inside = "\(scratch.path)/etc/deevnet/generations/1/dnsmasq/dvntm/mounted"
        try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
        let mounted = try await LocalPrograms().run(["mount", "--bind", outside.scratch.path, inside], within: 10)
        defer { _ = unsafe umount2(inside, Int32(MNT_DETACH)) }
        #expect(mounted.status == 0)
        let error = await #expect(throws: TargetError.self) { try await store.discard(generation.number) }
        #expect(error?.kind == .failed(errno: EXDEV))
        #expect(outside.scratch.text("file") == "precious")
    }
}
