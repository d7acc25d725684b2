import InventorySchema
import Planning
import Reconciling
import Targets
import TestSupport
import Testing

/// Every call of an apply is made to fail, and every process is killed at every deed.
@Suite struct FailureSweepTests {
    @Test(arguments: [false, true])
    func `a failure at any call leaves the old or the new, never a mixture, and the next run mends`(_ isAfterwards: Bool) async throws {
        for isFirst in [true, false] {
            var number = 1
            while try await fail(at: number, isAfterwards, isFirst: isFirst) { number += 1 }
            #expect(number > 5)
        }
    }

    private func fail(at number: Int, _ isAfterwards: Bool, isFirst: Bool) async throws -> Bool {
        let world = try await World([.nsd, .knot])
        let (old, new) = (try world.graph(1), try world.graph(2))
        if !isFirst { #expect(try await world.apply(old).isApplied) }
        let planned = try await world.plan(new)
        let (start, before) = (world.store.changes, try await (world.files(.nsd), world.files(.knot)))
        world.store.fail(call: number, afterwards: isAfterwards)
        let outcome = await world.apply(planned)
        let isReached = world.store.changes - start >= number
        world.store.fail(call: 0)
        let what: Comment = "call \(number) fails \(isAfterwards ? "afterwards" : "before")\(isFirst ? ", first apply" : ""): \(outcome)"
        let isNew = try await world.holds(new)
        if !isNew {
            #expect(try await world.files(.nsd) == before.0, what)
            #expect(try await world.files(.knot) == before.1, what)
            let isBack = try await isFirst ? world.store.live() == nil : world.holds(old)
            #expect(isBack, what)
            if isFirst { #expect(world.loaded(.nsd) == nil && world.loaded(.knot) == nil, what) }
        }
        switch outcome {
        case .applied: #expect(isNew, what)
        case .refused, .rolledBack: #expect(!isNew, what)
        default: Issue.record(what)
        }
        let next = try await world.apply(new)
        #expect(isNew ? next == .unchanged : next.isApplied, "\(what), then \(next)")
        #expect(try await world.holds(new), what)
        #expect(try await world.store.journal() == nil, what)
        #expect(world.store.generations.count <= Apply.keptGenerations + 1, what)
        return isReached
    }

    @Test(arguments: [false, true])
    func `a process killed at any deed, and its recovery at any of its own, is mended by the next run`(_ isLastDone: Bool) async throws {
        for isFirst in [true, false] {
            var deed = 1
            while try await kill(at: deed, 0, isLastDone, isFirst: isFirst) {
                var second = 1
                while try await kill(at: deed, second, isLastDone, isFirst: isFirst) { second += 1 }
                deed += 1
            }
            #expect(deed > 5)
        }
    }

    /// Kills an apply, and its recovery at `second` (0: not); whether both were killed.
    private func kill(at first: Int, _ second: Int, _ isLastDone: Bool, isFirst: Bool) async throws -> Bool {
        let world = try await World([.nsd, .knot])
        let (old, new) = (try world.graph(1), try world.graph(2))
        if !isFirst { #expect(try await world.apply(old).isApplied) }
        let life = Mortality(at: first, isLastDone: isLastDone)
        _ = await world.apply(try await world.plan(new), on: MortalTarget(life: life, immortal: world.target))
        guard life.isDead else { return false }
        if second > 0 {
            let nextLife = Mortality(at: second, isLastDone: isLastDone)
            _ = try? await TargetSession.recover(MortalTarget(life: nextLife, immortal: world.target), holder: World.holder)
            guard nextLife.isDead else { return false }
        }
        let what: Comment =
            "killed at \(first), then at \(second), \(isLastDone ? "after" : "before") the deed\(isFirst ? ", first apply" : "")"
        _ = try await TargetSession.recover(world.target, holder: World.holder)
        let (isOld, isNew) = (try await isFirst ? world.store.live() == nil : world.holds(old), try await world.holds(new))
        #expect(isOld || isNew, what)
        #expect(try await world.store.journal() == nil, what)
        for name in [ProviderName.nsd, .knot] where isOld && isFirst { #expect(world.loaded(name) == nil, what) }
        _ = try await world.apply(new)
        #expect(try await world.holds(new), what)
        #expect(try await TargetSession.recover(world.target, holder: World.holder) == nil, what)
        return true
    }

    @Test func `what was reported done stays done when cleaning up fails`() async throws {
        for number in 1...12 {
            let world = try await World()
            let (old, new) = (try world.graph(1), try world.graph(2))
            try await world.apply(old)
            let planned = try await world.plan(new)
            world.store.fail(call: number)
            guard await world.apply(planned).isApplied else { continue }
            world.store.fail(call: 0)
            _ = try await TargetSession.recover(world.target, holder: World.holder)
            #expect(try await world.holds(new), "call \(number)")
        }
    }

    @Test func `a switch that may not last is reported, and live`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        let new = try world.graph(2)
        let planned = try await world.plan(new)
        // Sweep, stage, journal, switch.
        world.store.fail(call: 4, afterwards: true, with: TargetError(.visibleNotDurable(errno: 5), "cannot sync the link"))
        guard case .applied(_, let notes) = await world.apply(planned) else {
            Issue.record("a visible switch is no failure")
            return
        }
        #expect(notes.last == "cannot sync the link")
        #expect(try await world.holds(new))
    }

    @Test func `a way back that may not last still brings the old services back`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        let before = try await world.files()
        let (store, new) = (world.store, try world.graph(2))
        world.services.judge { _, files in
            if files == before { return .runs }
            store.fail(call: 1, afterwards: true, with: TargetError(.visibleNotDurable(errno: 5), "cannot sync the link"))
            return .refuses("bad option")
        }
        let outcome = try await world.apply(new)
        guard case .broken(_, let left) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(left.joined().contains("cannot sync the link"))
        #expect(try await world.runs(.nsd, before))
        _ = try await TargetSession.recover(world.target, holder: World.holder)
        #expect(try await world.store.journal() == nil)
    }
}
