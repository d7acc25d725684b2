import Targets
import Testing

/// The two stores that must mean the same.
enum StoreKind: String, CaseIterable, Sendable {
    case local, inMemory

    /// A new, empty store, and what must stay alive with it.
    func make() throws -> (store: any FileStore, scratch: Scratch?) {
        switch self {
        case .local:
            let scratch = try Scratch()
            return (LocalFileStore(root: scratch.path), scratch)
        case .inMemory: return (InMemoryFileStore(), nil)
        }
    }
}

@Suite struct `A file store` {
    @Test(arguments: StoreKind.allCases) func `is empty and complete before the first apply`(_ kind: StoreKind) async throws {
        let (store, scratch) = try kind.make()
        #expect(try await store.live() == nil)
        #expect(try await store.read(Samples.place) == PlaceContents())
        #expect(try await store.journal() == nil)
        try await store.sweep(keep: 2)
        try await store.write(nil)
        try await store.makeLive(nil, replacing: nil)
        #expect(scratch?.tree ?? [] == [], "looking changes nothing")
    }

    @Test(arguments: StoreKind.allCases) func `switches to a staged generation and not before`(_ kind: StoreKind) async throws {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        let first = try await store.stage([Samples.place: Samples.old], records: [Samples.record("dvntm")])
        #expect(try await store.live() == nil)
        #expect(try await store.read(Samples.place, of: first.number).files == Samples.old)
        try await store.makeLive(first.number, replacing: nil)
        #expect(try await store.live() == first)
        #expect(try await store.read(Samples.place) == PlaceContents(files: Samples.old))
    }

    @Test(arguments: StoreKind.allCases) func `carries other places over and removes one given no files`(_ kind: StoreKind) async throws {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        let first = try await store.stage([Samples.place: Samples.old, Samples.other: Samples.new], records: [])
        try await store.makeLive(first.number, replacing: nil)
        let second = try await store.stage([Samples.place: []], records: [])
        #expect(try await store.read(Samples.place, of: second.number) == PlaceContents())
        #expect(try await store.read(Samples.other, of: second.number).files == Samples.new)
        #expect(try await store.read(Samples.place).files == Samples.old)
    }

    @Test(arguments: StoreKind.allCases) func `sorts its records by site`(_ kind: StoreKind) async throws {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        let records = [Samples.record("dvntm"), Samples.record("dvnt")]
        let first = try await store.stage([:], records: records)
        try await store.makeLive(first.number, replacing: nil)
        #expect(try await store.live()?.records.map(\.site) == ["dvnt", "dvntm"])
    }

    @Test(arguments: StoreKind.allCases) func `never gives a number twice`(_ kind: StoreKind) async throws {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        let first = try await store.stage([:], records: [])
        try await store.discard(first.number)
        try await store.discard(first.number)
        let second = try await store.stage([:], records: [])
        #expect(second.number > first.number)
        #expect(try await !store.read(Samples.place, of: first.number).isComplete)
    }

    @Test(arguments: StoreKind.allCases) func `refuses a writer that overslept`(_ kind: StoreKind) async throws {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        let slow = try await store.stage([Samples.place: Samples.old], records: [])
        let quick = try await store.stage([Samples.place: Samples.new], records: [])
        try await store.makeLive(quick.number, replacing: nil)
        let error = await #expect(throws: TargetError.self) { try await store.makeLive(slow.number, replacing: nil) }
        #expect(error?.kind == .overtaken(live: quick.number))
        #expect(try await store.read(Samples.place).files == Samples.new)
    }

    @Test(arguments: StoreKind.allCases) func `goes back when the undoing names what it replaces, and to nothing`(_ kind: StoreKind)
        async throws
    {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        let first = try await store.stage([Samples.place: Samples.old], records: [])
        try await store.makeLive(first.number, replacing: nil)
        let second = try await store.stage([Samples.place: Samples.new], records: [])
        try await store.makeLive(second.number, replacing: first.number)
        try await store.makeLive(first.number, replacing: second.number)
        try await store.makeLive(first.number, replacing: second.number)
        #expect(try await store.read(Samples.place).files == Samples.old)
        try await store.makeLive(nil, replacing: first.number)
        #expect(try await store.live() == nil)
    }

    @Test(arguments: StoreKind.allCases) func `refuses to make a missing generation live, and to discard the live one`(_ kind: StoreKind)
        async throws
    {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        let first = try await store.stage([:], records: [])
        try await store.makeLive(first.number, replacing: nil)
        let missing = await #expect(throws: TargetError.self) { try await store.makeLive(99, replacing: first.number) }
        #expect(missing?.kind == .unexpectedShape)
        let live = await #expect(throws: TargetError.self) { try await store.discard(first.number) }
        #expect(live?.kind == .unexpectedShape)
        #expect(try await store.live() == first)
    }

    @Test(arguments: StoreKind.allCases) func `keeps a journal until it is told to remove it`(_ kind: StoreKind) async throws {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        try await store.write(Samples.journal())
        #expect(try await store.journal() == Samples.journal())
        try await store.write(Samples.journal(.confirmed))
        #expect(try await store.journal()?.phase == .confirmed)
        try await store.write(nil)
        #expect(try await store.journal() == nil)
    }

    @Test(arguments: StoreKind.allCases) func `sweeps all but the live, the journalled and the last few generations`(_ kind: StoreKind)
        async throws
    {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        var numbers: [UInt64] = []
        for index in 0..<6 {
            let generation = try await store.stage([Samples.place: [Samples.file("n", "\(index)")]], records: [])
            try await store.makeLive(generation.number, replacing: numbers.last)
            numbers.append(generation.number)
        }
        let failed = try await store.stage([:], records: [])
        try await store.write(Samples.journal(from: numbers[0], to: numbers[5]))
        #expect(try await store.hasLeftovers(keep: 2))
        try await store.sweep(keep: 2)
        #expect(try await !store.hasLeftovers(keep: 2))
        for (index, number) in numbers.enumerated() {
            let isThere = try await store.read(Samples.place, of: number).isComplete
            #expect(isThere == [0, 3, 4, 5].contains(index), "generation \(number)")
        }
        #expect(try await !store.read(Samples.place, of: failed.number).isComplete)
    }

    @Test(arguments: StoreKind.allCases) func `keeps what a record calls its baseline, beside the last few generations`(_ kind: StoreKind)
        async throws
    {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        var numbers: [UInt64] = []
        for index in 0..<6 {
            var record = Samples.record("dvntm")
            record.baseline = numbers.first
            let generation = try await store.stage([Samples.place: [Samples.file("n", "\(index)")]], records: [record])
            try await store.makeLive(generation.number, replacing: numbers.last)
            numbers.append(generation.number)
        }
        #expect(try await store.live()?.records.map(\.baseline) == [numbers[0]])
        try await store.sweep(keep: 2)
        for (index, number) in numbers.enumerated() {
            let isThere = try await store.read(Samples.place, of: number).isComplete
            #expect(isThere == [0, 3, 4, 5].contains(index), "generation \(number)")
        }
    }

    @Test(arguments: StoreKind.allCases, ["..", ".", "", "a/b", ".hidden", "a\nb", "a\0b", "ä", String(repeating: "x", count: 201)])
    func `refuses a name that could leave its place or hide in it`(_ kind: StoreKind, _ name: String) async throws {
        let (store, scratch) = try kind.make()
        let bad: [[Place: [PlaceFile]]] = [
            [Samples.place: [Samples.file(name, "x")]],
            [Place(provider: name, site: "dvntm"): [Samples.file("x", "x")]],
            [Place(provider: "dnsmasq", site: name): [Samples.file("x", "x")]],
        ]
        for places in bad {
            let error = await #expect(throws: TargetError.self) { try await store.stage(places, records: []) }
            #expect(error?.kind == .unexpectedShape)
        }
        #expect(scratch?.tree ?? [] == [])
    }

    @Test(arguments: StoreKind.allCases) func `refuses one name twice, and a provider that hides the records`(_ kind: StoreKind)
        async throws
    {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        await #expect(throws: TargetError.self) {
            try await store.stage([Samples.place: [Samples.file("a", "1"), Samples.file("a", "2")]], records: [])
        }
        await #expect(throws: TargetError.self) {
            try await store.stage([Place(provider: "records.json", site: "a"): [Samples.file("a", "1")]], records: [])
        }
    }

    @Test(arguments: StoreKind.allCases) func `gives the lock to one, who is named to the next`(_ kind: StoreKind) async throws {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        let lock = try await store.lock(Samples.holder)
        var second = Samples.holder
        second.user = "second"
        let error = await #expect(throws: TargetError.self) { try await store.lock(second) }
        #expect(error?.kind == .lockHeld(Samples.holder))
        #expect(error?.message.contains("root on provisioner-ph01") == true)
        lock.release()
        lock.release()
        try await store.lock(second).release()
    }

    @Test(arguments: StoreKind.allCases) func `frees the lock when it is let go of`(_ kind: StoreKind) async throws {
        let (store, scratch) = try kind.make()
        defer { withExtendedLifetime(scratch) {} }
        _ = try await store.lock(Samples.holder)
        try await store.lock(Samples.holder).release()
    }

    @Test(arguments: StoreKind.allCases) func `names places as the target does`(_ kind: StoreKind) throws {
        let (store, scratch) = try kind.make()
        #expect(store.path(of: Samples.place, in: nil) == "/etc/deevnet/current/dnsmasq/dvntm")
        #expect(store.path(of: Samples.place, in: 7) == "/etc/deevnet/generations/7/dnsmasq/dvntm")
        #expect(store.hostPath(of: Samples.place, in: 7) == (scratch?.path ?? "") + "/etc/deevnet/generations/7/dnsmasq/dvntm")
    }
}
