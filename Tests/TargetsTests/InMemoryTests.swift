import Glibc
import Targets
import Testing

@Suite struct `A store in memory` {
    let store = InMemoryFileStore()

    @Test func `fails the call that the test names, once, before or after it took effect`() async throws {
        store.fail(call: 2)
        let first = try await store.stage([Samples.place: Samples.old], records: [])
        let before = await #expect(throws: TargetError.self) { try await store.makeLive(first.number, replacing: nil) }
        #expect(before?.kind == .failed(errno: EIO))
        #expect(try await store.live() == nil)
        store.fail(call: 1, afterwards: true, with: TargetError(.visibleNotDurable(errno: EIO), "sync"))
        let after = await #expect(throws: TargetError.self) { try await store.makeLive(first.number, replacing: nil) }
        #expect(after?.kind == .visibleNotDurable(errno: EIO))
        #expect(try await store.live() == first)
        try await store.makeLive(nil, replacing: first.number)
        #expect(store.changes == 4)
    }

    @Test func `drifts and hides behind the back of whoever applied`() async throws {
        let first = try await store.stage([Samples.place: Samples.old], records: [])
        try await store.makeLive(first.number, replacing: nil)
        store.drift(Samples.place, to: Samples.new)
        store.hide(Samples.place, because: ["the test hides a file"])
        let contents = try await store.read(Samples.place)
        #expect(contents == PlaceContents(files: Samples.new, unread: ["the test hides a file"]))
        store.hide(Samples.place, because: [])
        store.drift(Samples.place, to: nil)
        #expect(try await store.read(Samples.place) == PlaceContents())
    }
}

@Suite struct `Services in memory` {
    let store = InMemoryFileStore()

    private func apply(_ files: [PlaceFile]) async throws {
        let live = try await store.live()
        let next = try await store.stage([Samples.place: files], records: [])
        try await store.makeLive(next.number, replacing: live?.number)
    }

    @Test func `load everything at a start and only what is reloadable at a reload`() async throws {
        let services = InMemoryServices(files: store)
        try await apply([Samples.file("dnsmasq.conf", "1"), Samples.file("hosts", "1")])
        try await services.start(Samples.unit)
        let first = await services.status(of: Samples.unit)
        try await apply([Samples.file("dnsmasq.conf", "2"), Samples.file("hosts", "2")])
        try await services.reload(Samples.unit)
        #expect(services.loaded(Samples.unit.name) == [Samples.file("dnsmasq.conf", "1"), Samples.file("hosts", "2")])
        #expect(await services.status(of: Samples.unit) == first)
        try await services.restart(Samples.unit)
        #expect(services.loaded(Samples.unit.name) == [Samples.file("dnsmasq.conf", "2"), Samples.file("hosts", "2")])
        #expect(await services.status(of: Samples.unit) != first)
        try await services.stop(Samples.unit)
        #expect(await services.status(of: Samples.unit) == .stopped)
        await #expect(throws: TargetError.self) { try await services.reload(Samples.unit) }
        #expect(services.log.map { $0.split(separator: " ")[0] } == ["start", "reload", "restart", "stop", "reload"])
    }

    @Test func `refuse bad files, and run good ones again`() async throws {
        let services = InMemoryServices(
            files: store, judge: { _, files in files.contains { $0.bytes == Array("bad".utf8) } ? .refuses("bad option") : .runs })
        try await apply([Samples.file("dnsmasq.conf", "bad")])
        let error = await #expect(throws: TargetError.self) { try await services.start(Samples.unit) }
        #expect(error?.kind == .serviceFailed && error?.message.contains("bad option") == true)
        #expect(await services.status(of: Samples.unit) == .stopped)
        try await apply([Samples.file("dnsmasq.conf", "good")])
        try await services.start(Samples.unit)
        #expect(await services.status(of: Samples.unit) != .stopped)
    }

    @Test func `die after their start, answer from what they loaded, and can't start in a dry tree`() async throws {
        try await apply([Samples.file("hosts", "answer")])
        let services = InMemoryServices(files: store, answerer: { files, question in question == [1] ? files.first?.bytes : nil })
        #expect(await services.ask(Samples.unit, dns: [1], port: 53, within: 10) == nil)
        try await services.start(Samples.unit)
        #expect(await services.ask(Samples.unit, dns: [1], port: 53, within: 10) == Array("answer".utf8))
        services.judge { _, _ in .dies }
        try await services.restart(Samples.unit)
        #expect(await services.status(of: Samples.unit) == .stopped)
        let dry = InMemoryServices(files: store, canStart: false)
        await #expect(throws: TargetError.self) { try await dry.start(Samples.unit) }
    }
}

@Suite struct `An appliance in memory` {
    let appliance = InMemoryAppliance()

    @Test func `makes ids, changes by them, and lists what there is`() async throws {
        let foreign = await appliance.plant("record", ["name": "foreign"])
        let id = try await appliance.perform(ApplianceCall(.create, kind: "record", values: ["name": "a", "ttl": "60"]))
        #expect(id != foreign)
        #expect(try await appliance.perform(ApplianceCall(.update, kind: "record", id: id, values: ["ttl": "90"])) == id)
        let (objects, isComplete) = try await appliance.list("record")
        #expect(isComplete && objects.map(\.values) == [["name": "foreign"], ["name": "a", "ttl": "90"]])
        _ = try await appliance.perform(ApplianceCall(.delete, kind: "record", id: id))
        #expect(try await appliance.list("record").objects.map(\.id) == [foreign])
        #expect(try await appliance.list("zone").objects == [])
    }

    @Test func `refuses ids that it did not make`() async throws {
        for call in [
            ApplianceCall(.create, kind: "record", id: "mine"), ApplianceCall(.update, kind: "record", id: "none"),
            ApplianceCall(.delete, kind: "record"),
        ] {
            let error = await #expect(throws: TargetError.self) { try await appliance.perform(call) }
            #expect(error?.kind == .refused)
        }
    }

    @Test func `fails half-way, with or without an effect, and may list too little`() async throws {
        await appliance.fail(call: 2)
        _ = try await appliance.perform(ApplianceCall(.create, kind: "record"))
        await #expect(throws: TargetError.self) { try await appliance.perform(ApplianceCall(.create, kind: "record")) }
        #expect(try await appliance.list("record").objects.count == 1)
        await appliance.fail(call: 1, .after)
        let lost = await #expect(throws: TargetError.self) { try await appliance.perform(ApplianceCall(.create, kind: "record")) }
        #expect(lost?.kind == .unreachable)
        #expect(try await appliance.list("record").objects.count == 2)
        await appliance.setIncomplete("record", true)
        let (objects, isComplete) = try await appliance.list("record")
        #expect(objects.count == 1 && !isComplete)
    }
}

@Suite struct `Targets` {
    @Test func `say how they are reached and what they have`() async throws {
        let dry = LocalTarget(host: "core-rt01", root: "/srv/dry/core-rt01/")
        #expect(dry.summary == "local, root /srv/dry/core-rt01")
        #expect(dry.services?.canStart == false)
        #expect(dry.files?.hostPath(of: Samples.place, in: nil) == "/srv/dry/core-rt01/etc/deevnet/current/dnsmasq/dvntm")
        let machine = LocalTarget(host: "core-rt01")
        #expect(machine.summary == "local" && machine.services?.canStart == true)
        #expect(machine.files?.hostPath(of: Samples.place, in: nil) == "/etc/deevnet/current/dnsmasq/dvntm")
        let memory = InMemoryTarget(
            host: "core-rt01", programs: InMemoryPrograms { $0 == ["true"] ? ProgramResult(status: 0, output: "") : nil })
        #expect(memory.files == nil && memory.calls == nil)
        #expect(try await memory.programs?.run(["true"], within: 1).status == 0)
        let error = await #expect(throws: TargetError.self) { try await memory.programs?.run(["false"], within: 1) }
        #expect(error?.kind == .programMissing)
    }
}
