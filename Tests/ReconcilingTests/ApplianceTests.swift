import InventorySchema
import Planning
import Reconciling
import Targets
import TestSupport
import Testing

/// Files and calls on one target: both, or neither, or a list of what is left.
@Suite struct ApplianceTests {
    @Test func `a call that fails leaves the files alone and takes the calls before it back`() async throws {
        for number in 1...40 {
            let world = try await World(appliance: true)
            let appliance = try #require(world.appliance)
            let (old, new) = (try world.graph(1), try world.graph(2))
            try await world.apply(old)
            let planned = try await world.plan(new)
            await appliance.fail(call: number)
            let outcome = await world.apply(planned)
            if outcome.isApplied {
                #expect(number > 3)
                return
            }
            switch outcome {
            case .refused: #expect(number == 1)
            case .rolledBack(let error, let undone):
                #expect(error.kind == .refused && undone.count == number - 1, "call \(number)")
            default: Issue.record("call \(number): \(outcome)")
            }
            #expect(try await world.holds(old), "call \(number)")
            #expect(world.store.generations == [1], "call \(number)")
        }
        Issue.record("the calls never ended")
    }

    @Test func `a daemon that refuses takes the calls back too`() async throws {
        let world = try await World(appliance: true)
        let old = try world.graph(1)
        try await world.apply(old)
        let before = try await world.files()
        world.services.judge { _, files in files == before ? .runs : .refuses("bad option") }
        let outcome = try await world.apply(try world.graph(2))
        guard case .rolledBack(_, let undone) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(undone.first == "files and service of nsd/lab" && undone.count > 1)
        #expect(try await world.holds(old))
    }

    @Test func `calls are taken back even where the files can't be`() async throws {
        let world = try await World(appliance: true)
        let old = try world.graph(1)
        try await world.apply(old)
        let (store, before) = (world.store, try await world.files())
        world.services.judge { _, files in
            if files == before { return .runs }
            store.fail(call: 1)
            return .refuses("bad option")
        }
        let outcome = try await world.apply(try world.graph(2))
        guard case .broken(_, let left) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(left.count == 1 && left[0].contains("generation 1"))
        #expect(try await world.holds(old, only: [.opnsense]))
        _ = try await TargetSession.recover(world.target, holder: World.holder)
        #expect(try await world.holds(old))
    }

    @Test func `a call whose answer is lost is named, since nobody knows whether it was made`() async throws {
        for number in 1...40 {
            let world = try await World(appliance: true)
            let appliance = try #require(world.appliance)
            let new = try world.graph(2)
            try await world.apply(try world.graph(1))
            let planned = try await world.plan(new)
            await appliance.fail(call: number, .after)
            let outcome = await world.apply(planned)
            if outcome.isApplied { return }
            guard case .broken(let error, let left) = outcome else {
                // An update can be undone without knowing whether it was made.
                if case .rolledBack = outcome {
                    #expect(try await world.holds(try world.graph(1)), "call \(number)")
                } else {
                    Issue.record("\(number): \(outcome)")
                }
                continue
            }
            #expect(error.kind == .unreachable && left.count == 1, "call \(number): \(left)")
            #expect(try await world.apply(new).isApplied, "call \(number)")
            #expect(try await world.holds(new), "call \(number)")
        }
    }

    @Test func `an undoing call that fails is named`() async throws {
        let world = try await World(appliance: true)
        let appliance = try #require(world.appliance)
        try await world.apply(try world.graph(1))
        let (before, calls) = (try await world.files(), await appliance.calls.count)
        let planned = try await world.plan(try world.graph(2))
        guard case .calls(let wanted)? = planned.last?.work else {
            Issue.record("the appliance makes no calls")
            return
        }
        world.services.judge { _, files in files == before ? .runs : .refuses("bad option") }
        await appliance.fail(call: wanted.count + 1)
        let outcome = await world.apply(planned)
        guard case .broken(_, let left) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(left.count == 1 && left[0].hasPrefix("undo "))
        #expect(await appliance.calls.count == calls + 2 * wanted.count)
        #expect(try await world.runs(.nsd, before))
    }

    @Test func `a host is made before the reservation that names it, and goes after it`() async throws {
        let world = try await World(appliance: true)
        let appliance = try #require(world.appliance)
        var (made, gone) = (0, 0)
        for seed in 1...30 as ClosedRange<UInt64> {
            let count = await appliance.calls.count
            var names: [String: String] = [:]
            var hosts: Set<String> = []
            var reservations: [String: String] = [:]
            for kind in ["host", "reservation"] {
                for object in try await appliance.list(kind).objects {
                    let name = object.values["name"] ?? ""
                    names[object.id] = name
                    if kind == "host" { hosts.insert(name) } else { reservations[name] = host(object.values["value"]) }
                }
            }
            try await world.apply(try world.graph(seed))
            for call in await appliance.calls.dropFirst(count) {
                let name = call.values["name"] ?? call.id.flatMap { names[$0] } ?? ""
                switch (call.kind, call.verb) {
                case ("host", .create): hosts.insert(name)
                case ("host", .delete):
                    gone += 1
                    #expect(!reservations.values.contains(name), "seed \(seed): \(name) goes while a reservation names it")
                    hosts.remove(name)
                case ("reservation", .delete): reservations[name] = nil
                case ("reservation", _):
                    if host(call.values["value"]) != nil { made += 1 }
                    reservations[name] = host(call.values["value"])
                    let named = host(call.values["value"])
                    #expect(named.map(hosts.contains) ?? true, "seed \(seed): \(name) names a host that isn't there")
                default: break
                }
            }
        }
        #expect(made > 10 && gone > 10)
    }

    /// The host that a reservation names: the last of its words, unless that is an address.
    private func host(_ value: String?) -> String? {
        value?.split(separator: " ").last.map(String.init).flatMap { $0.contains(".example.") ? $0 : nil }
    }
}
