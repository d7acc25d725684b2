import Planning
import TestSupport
import Testing

@Suite struct TypedPlanTests {
    @Test func `a decommission says so, and takes nothing that is kept`() async throws {
        let plans = try await NotePlans()
        let plan = plans.plan([], [Note(.placed, "a", "1"), Note(.kept, "b", "1")], isDecommission: true)
        #expect(plan.counts[.decommission] == 1 && plan.counts.total == 1)
        #expect(plan.change(at: 0).action == .decommission)
    }

    @Test func `attributes are those that differ, with what was and what will be`() async throws {
        let plans = try await NotePlans()
        let plan = plans.plan([Note(.placed, "a", "2"), Note(.placed, "b", "1")], [Note(.placed, "a", "1"), Note(.placed, "c", "3")])
        let changes = (0..<plan.count).map { plan.change(at: $0) }
        #expect(changes.map(\.action) == [.update, .create, .delete])
        #expect(changes.map { $0.attributes.map(\.before) } == [["1"], [nil], ["3"]])
        #expect(changes.map { $0.attributes.map(\.after) } == [["2"], ["1"], [nil]])
    }

    @Test func `what it takes is the most that any change takes`() async throws {
        let plans = try await NotePlans()
        #expect(plans.plan([], []).cost == .live)
        #expect(plans.plan([Note(.placed, "a", "1")], []).cost == .reload)
        #expect(plans.plan([Note(.placed, "a", "1"), Note(.placed, "b", "restart")], []).cost == .restart)
    }

    @Test func `the digests tell what is wanted and what is changed, and nothing else`() async throws {
        let plans = try await NotePlans()
        for seed in 0..<200 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let (wanted, found) = (Note.some(&random), Note.some(&random))
            let plan = plans.plan(wanted, found)
            let again = plans.plan(wanted.shuffled(using: &random), found.shuffled(using: &random))
            #expect(plan.desiredDigest == again.desiredDigest && plan.observedDigest == again.observedDigest, "seed \(seed)")
            if var other = found.first(where: { note in wanted.contains { $0.kind == note.kind && $0.key == note.key && $0 != note } }) {
                other.text += "'"
                let moved = found.map { $0.kind == other.kind && $0.key == other.key ? other : $0 }
                #expect(plans.plan(wanted, moved).observedDigest != plan.observedDigest, "seed \(seed)")
            }
            if let first = wanted.first {
                #expect(plans.plan(Array(wanted.dropFirst()), found).desiredDigest != plan.desiredDigest, "seed \(seed): \(first)")
            }
        }
    }

    @Test func `what is observed again is compared with what was wanted before`() async throws {
        let plans = try await NotePlans()
        let plan = plans.plan([Note(.placed, "a", "1")], [])
        #expect(plan.count == 1 && plan.observedAgain(ObservedSet([Note(.placed, "a", "1")])).count == 0)
    }
}
