import Foundation
import Glibc
import Targets
import Testing

@Suite struct `A local file store` {
    let scratch: Scratch
    let store: LocalFileStore

    init() throws {
        scratch = try Scratch()
        store = LocalFileStore(root: scratch.path)
    }

    /// Applies files as the first, or as the next, generation.
    @discardableResult
    private func apply(_ files: [PlaceFile]) async throws -> Generation {
        let live = try await store.live()
        let next = try await store.stage([Samples.place: files], records: [Samples.record("dvntm")])
        try await store.makeLive(next.number, replacing: live?.number)
        return next
    }

    @Test func `stands where it says, with final modes whatever the umask`() async throws {
        let before = umask(0o077)
        defer { umask(before) }
        try await apply(Samples.new)
        try await store.write(Samples.journal())
        #expect(
            scratch.tree == [
                "etc/", "etc/deevnet/", "etc/deevnet/current", "etc/deevnet/generations/", "etc/deevnet/generations/1/",
                "etc/deevnet/generations/1/dnsmasq/", "etc/deevnet/generations/1/dnsmasq/dvntm/",
                "etc/deevnet/generations/1/dnsmasq/dvntm/dnsmasq.conf", "etc/deevnet/generations/1/dnsmasq/dvntm/hosts",
                "etc/deevnet/generations/1/dnsmasq/dvntm/leases.conf", "etc/deevnet/generations/1/records.json",
                "var/", "var/lib/", "var/lib/deevnet/", "var/lib/deevnet/journal.json", "var/lib/deevnet/last-generation",
            ])
        #expect(scratch.attribute(.posixPermissions, of: "etc/deevnet/generations/1/dnsmasq/dvntm") == 0o755)
        #expect(scratch.attribute(.posixPermissions, of: "etc") == 0o755)
        #expect(scratch.attribute(.posixPermissions, of: "etc/deevnet/current/dnsmasq/dvntm/hosts") == 0o644)
        #expect(scratch.attribute(.posixPermissions, of: "etc/deevnet/current/dnsmasq/dvntm/leases.conf") == 0o600)
    }

    @Test func `makes a root that isn't there, but not by looking`() async throws {
        let deep = LocalFileStore(root: "\(scratch.path)/a/b/")
        #expect(try await deep.live() == nil)
        #expect(scratch.tree == [])
        _ = try await deep.stage([:], records: [])
        #expect(scratch.exists("a/b/etc/deevnet/generations/1/records.json"))
    }

    @Test func `carries an equal file over by its inode and writes one with another mode anew`() async throws {
        try await apply([Samples.file("same", "1"), Samples.file("mode", "1"), Samples.file("bytes", "1")])
        let old = ["same", "mode", "bytes"].map { scratch.attribute(.systemFileNumber, of: "etc/deevnet/current/dnsmasq/dvntm/\($0)") }
        try await apply([Samples.file("same", "1"), Samples.file("mode", "1", mode: 0o640), Samples.file("bytes", "2")])
        let new = ["same", "mode", "bytes"].map { scratch.attribute(.systemFileNumber, of: "etc/deevnet/current/dnsmasq/dvntm/\($0)") }
        #expect(old[0] == new[0])
        #expect(old[1] != new[1])
        #expect(old[2] != new[2])
        #expect(scratch.text("etc/deevnet/generations/1/dnsmasq/dvntm/bytes") == "1")
    }

    @Test func `syncs every file and directory before the switch, and the directory of the switch after it`() async throws {
        let gate = SystemGate(isRecording: true)
        let store = LocalFileStore(root: scratch.path, gate: gate)
        let generation = try await store.stage([Samples.place: Samples.new], records: [])
        try await store.makeLive(generation.number, replacing: nil)
        let calls = gate.calls
        let switched = try #require(calls.lastIndex { $0.call == .renameat && $0.path.hasSuffix("etc/deevnet/current") })
        #expect(calls[(switched + 1)...].map(\.call) == [.fsync])
        #expect(calls.last?.path == "\(scratch.path)/etc/deevnet")
        // Whatever a call changes must be synced by a later call before the switch.
        for (index, record) in calls[..<switched].enumerated() {
            let mustSync: String? =
                switch record.call {
                case .openat, .write, .fchmod, .fallocate: record.path
                case .mkdirat, .linkat, .renameat: String(record.path[..<(record.path.lastIndex(of: "/") ?? record.path.startIndex)])
                default: nil
                }
            guard let mustSync else { continue }
            #expect(calls[(index + 1)..<switched].contains { $0.call == .fsync && $0.path == mustSync }, "\(record)")
        }
        // Space before data, mode before data, records last.
        let hosts = calls.filter { $0.path.hasSuffix("dvntm/hosts") }.map(\.call)
        #expect(hosts == [.openat, .fchmod, .fallocate, .write, .fsync])
        let records = try #require(calls.firstIndex { $0.path.contains("records.json") })
        #expect(calls[records...].allSatisfy { !$0.path.contains("dvntm") })
    }

    @Test func `follows no link planted in its tree`() async throws {
        let outside = try Scratch()
        try outside.write("precious", to: "file")
        try await apply(Samples.old)
        for (name, destination) in [
            ("etc/deevnet/.current.new", outside.path), ("var/lib/deevnet/.journal.json.new", "\(outside.path)/file"),
        ] {
            try scratch.link(name, to: destination)
        }
        try await apply(Samples.new)
        try await store.write(Samples.journal())
        try scratch.remove("etc/deevnet/generations/2/dnsmasq/dvntm/hosts")
        try scratch.link("etc/deevnet/generations/2/dnsmasq/dvntm/hosts", to: "\(outside.path)/file")
        let contents = try await store.read(Samples.place)
        #expect(contents.files.map(\.name) == ["dnsmasq.conf", "leases.conf"])
        #expect(contents.strays == [.init(name: "hosts", noun: "a symbolic link")] && contents.isComplete)
        try await apply(Samples.old)
        try await store.write(nil)
        try await store.sweep(keep: 0)
        #expect(outside.text("file") == "precious")
        #expect(outside.tree == ["file"])
    }

    @Test func `refuses a linked directory on its way`() async throws {
        let outside = try Scratch()
        try scratch.write("", to: "etc/x")
        try scratch.link("etc/deevnet", to: outside.path)
        let error = await #expect(throws: TargetError.self) { try await store.stage([Samples.place: Samples.old], records: []) }
        #expect(error?.kind == .unexpectedShape)
        #expect(error?.message.contains("\(scratch.path)/etc/deevnet") == true)
        #expect(error?.mend?.contains("symbolic link") == true)
        #expect(outside.tree == [])
    }

    @Test func `removes no linked directory's contents`() async throws {
        let outside = try Scratch()
        try outside.write("precious", to: "file")
        let generation = try await store.stage([Samples.place: Samples.old], records: [])
        try scratch.link("etc/deevnet/generations/1/dnsmasq/dvntm/link", to: outside.path)
        try scratch.link("etc/deevnet/generations/1/link", to: outside.path)
        try await store.discard(generation.number)
        #expect(scratch.names("etc/deevnet/generations") == [])
        #expect(outside.text("file") == "precious")
    }

    @Test(arguments: ["etc", "etc/deevnet", "etc/deevnet/generations", "var/lib", "var/lib/deevnet"])
    func `says what stands where a directory should`(_ path: String) async throws {
        try scratch.write("a file", to: path)
        let error = await #expect(throws: TargetError.self) { try await store.stage([Samples.place: Samples.old], records: []) }
        #expect(error?.kind == .unexpectedShape)
        #expect(error?.message.contains("\(scratch.path)/\(path.split(separator: "/")[0])") == true)
        #expect(scratch.text(path) == "a file")
    }

    @Test(arguments: ["generations/../../x", "/generations/1", "generations/01", "generations/", "generations/1/", "1", "generations/x"])
    func `trusts only a live link of its own form`(_ destination: String) async throws {
        try await apply(Samples.old)
        try scratch.remove("etc/deevnet/current")
        try scratch.link("etc/deevnet/current", to: destination)
        let error = await #expect(throws: TargetError.self) { try await store.live() }
        #expect(error?.kind == .unexpectedShape)
    }

    @Test func `refuses a live link that is a directory, or names an incomplete generation`() async throws {
        try await apply(Samples.old)
        try scratch.remove("etc/deevnet/generations/1/records.json")
        let incomplete = await #expect(throws: TargetError.self) { try await store.live() }
        #expect(incomplete?.message.contains("isn't complete") == true)
        try scratch.remove("etc/deevnet/current")
        try scratch.write("", to: "etc/deevnet/current/x")
        let directory = await #expect(throws: TargetError.self) { try await store.live() }
        #expect(directory?.kind == .unexpectedShape)
    }

    @Test func `makes no incomplete generation live`() async throws {
        try scratch.write("x", to: "etc/deevnet/generations/3/dnsmasq/dvntm/hosts")
        let error = await #expect(throws: TargetError.self) { try await store.makeLive(3, replacing: nil) }
        #expect(error?.kind == .unexpectedShape)
        #expect(try await store.live() == nil)
    }

    @Test func `names what no text can name, and sweeps it away with the rest`() async throws {
        try await apply(Samples.old)
        let place = "\(scratch.path)/etc/deevnet/generations/1/dnsmasq/dvntm/"
        let bytes: (UInt8) -> [CChar] = { last in (Array(place.utf8) + [0xFF, last, 0]).map { CChar(bitPattern: $0) } }
        let file = unsafe open(bytes(0xFE), O_CREAT | O_WRONLY, 0o644)
        try #require(file >= 0)
        close(file)
        #expect(unsafe mkdir(bytes(0xFD), 0o755) == 0)
        let below = unsafe open(Array(bytes(0xFD).dropLast()) + [0x2F, CChar(bitPattern: 0x80), 0], O_CREAT | O_WRONLY, 0o644)
        try #require(below >= 0)
        close(below)
        let contents = try await store.read(Samples.place)
        #expect(contents.files == Samples.old && contents.isComplete)
        #expect(contents.strays.map(\.noun) == ["something whose name isn't UTF-8", "something whose name isn't UTF-8"])
        try await apply(Samples.new)
        try await store.sweep(keep: 0)
        #expect(scratch.names("etc/deevnet/generations") == ["2"])
    }

    @Test func `names what is no file and reads the rest`() async throws {
        try await apply(Samples.old)
        let place = "etc/deevnet/generations/1/dnsmasq/dvntm"
        try scratch.write("x", to: "\(place)/directory/x")
        let made = unsafe mkfifo("\(scratch.path)/\(place)/pipe", 0o644)
        #expect(made == 0)
        let contents = try await store.read(Samples.place)
        #expect(contents.files == Samples.old)
        #expect(contents.strays.map(\.noun).sorted() == ["a directory", "a named pipe"] && contents.isComplete)
        // What isn't ours goes with the generation that it was put into; where a link leads nothing is touched.
        try await apply(Samples.new)
        try await store.sweep(keep: 0)
        #expect(try await store.read(Samples.place) == PlaceContents(files: Samples.new))
        #expect(scratch.names("etc/deevnet/generations") == ["2"])
    }

    @Test func `is incomplete where a place is a file`() async throws {
        try await apply(Samples.old)
        try scratch.write("x", to: "etc/deevnet/generations/1/dnsmasq/dvnt")
        let contents = try await store.read(Samples.other)
        #expect(contents.files == [] && contents.unread.count == 1)
        let error = await #expect(throws: TargetError.self) { try await store.stage([Samples.place: Samples.new], records: []) }
        #expect(error?.kind == .unexpectedShape, "staging would lose it")
        #expect(scratch.names("etc/deevnet/generations") == ["1"])
    }

    @Test func `doesn't lose what stands among files that it would carry over`() async throws {
        try await apply(Samples.old)
        try scratch.write("notes", to: "etc/deevnet/generations/1/dnsmasq/dvntm/notes/mine")
        let error = await #expect(throws: TargetError.self) { try await store.stage([Samples.other: Samples.new], records: []) }
        #expect(error?.kind == .unexpectedShape)
        #expect(error?.message.contains("notes is a directory") == true)
        #expect(scratch.names("etc/deevnet/generations") == ["1"])
    }

    @Test func `sweeps what a crash left and touches nothing else`() async throws {
        try await apply(Samples.old)
        try scratch.write("half", to: "etc/deevnet/generations/2/dnsmasq/dvntm/hosts")
        try scratch.write("half", to: "etc/deevnet/generations/3/.records.json.new")
        try scratch.write("mine", to: "etc/deevnet/generations/mine/file")
        try scratch.write("mine", to: "etc/deevnet/config.yml")
        try scratch.write("half", to: "var/lib/deevnet/.journal.json.new")
        try scratch.write("half", to: "var/lib/deevnet/.last-generation.new")
        try scratch.link("etc/deevnet/.current.new", to: "generations/2")
        try await store.sweep(keep: 3)
        #expect(scratch.names("etc/deevnet") == ["config.yml", "current", "generations"])
        #expect(scratch.names("etc/deevnet/generations") == ["1", "mine"])
        #expect(scratch.names("var/lib/deevnet") == ["last-generation"])
        #expect(try await store.read(Samples.place).files == Samples.old)
        #expect(try await store.stage([:], records: []).number == 2)
    }

    @Test(arguments: ["var/lib/deevnet/.journal.json.new", "var/lib/deevnet/.last-generation.new", "etc/deevnet/.current.new"])
    func `tells that there is something to sweep, and nothing when it is gone`(_ leftover: String) async throws {
        try await apply(Samples.old)
        try scratch.write("mine", to: "etc/deevnet/generations/mine/file")
        #expect(try await !store.hasLeftovers(keep: 3))
        try scratch.write("half", to: leftover)
        #expect(try await store.hasLeftovers(keep: 3))
        try await store.sweep(keep: 3)
        #expect(try await !store.hasLeftovers(keep: 3))
        #expect(!scratch.exists(leftover))
    }

    @Test func `takes over the temporary names of a dead apply`() async throws {
        try scratch.write("half", to: "var/lib/deevnet/.last-generation.new")
        try scratch.write("", to: "etc/deevnet/x")
        try scratch.link("etc/deevnet/.current.new", to: "generations/9")
        try await apply(Samples.old)
        #expect(try await store.read(Samples.place).files == Samples.old)
        #expect(!scratch.exists("etc/deevnet/.current.new"))
    }

    @Test(arguments: ["", "x\n", "-1\n", "7", "18446744073709551615\n"]) func `says which counter it can't read`(_ text: String)
        async throws
    {
        try scratch.write(text, to: "var/lib/deevnet/last-generation")
        let error = await #expect(throws: TargetError.self) { try await store.stage([:], records: []) }
        #expect(error?.kind == .unexpectedShape)
        #expect(scratch.text("var/lib/deevnet/last-generation") == text)
    }

    @Test func `refuses a journal and records that it did not write`() async throws {
        try await apply(Samples.old)
        try scratch.write("{\"phase\":", to: "var/lib/deevnet/journal.json")
        let journal = await #expect(throws: TargetError.self) { try await store.journal() }
        #expect(journal?.kind == .unexpectedShape && journal?.message.contains("journal.json") == true)
        try scratch.write("[]x", to: "etc/deevnet/generations/1/records.json")
        let records = await #expect(throws: TargetError.self) { try await store.live() }
        #expect(records?.kind == .unexpectedShape && records?.message.contains("records.json") == true)
    }

    @Test func `catches bytes that a write claimed and lost`() async throws {
        let recorder = SystemGate(isRecording: true)
        _ = try await LocalFileStore(root: scratch.path, gate: recorder).stage([Samples.place: Samples.old], records: [])
        let writes = recorder.calls.filter { $0.call == .write }
        #expect(writes.count == 4)
        for write in writes {
            let scratch = try Scratch()
            let lying = LocalFileStore(root: scratch.path, gate: SystemGate(injector: FaultPlan(.lostBytes, at: write.number)))
            let error = await #expect(throws: TargetError.self, "\(write)") {
                try await lying.stage([Samples.place: Samples.old], records: [])
            }
            #expect(error?.kind == .failed(errno: EIO))
            #expect(error?.message.contains("reads back differently") == true)
            #expect(scratch.names("etc/deevnet/generations") == [])
        }
    }

    @Test func `writes on where a write took less`() async throws {
        let scratch = try Scratch()
        let short = LocalFileStore(root: scratch.path, gate: SystemGate(injector: FaultPlan(.shortWrite, at: 1, continues: true)))
        let generation = try await short.stage([Samples.place: Samples.new], records: [])
        #expect(try await short.read(Samples.place, of: generation.number).files == Samples.new)
    }

    @Test func `changes nothing that equals, but a generation's own directories`() async throws {
        try await apply(Samples.new)
        let gate = SystemGate(isRecording: true)
        let again = LocalFileStore(root: scratch.path, gate: gate)
        _ = try await again.stage([Samples.place: Samples.new], records: [])
        #expect(gate.calls.filter { $0.path.contains("dvntm/") }.map(\.call) == [.linkat, .linkat, .linkat])
    }
}
