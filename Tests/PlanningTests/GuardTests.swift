import Planning
import TestSupport
import Testing

@Suite struct GuardTests {
    @Test(arguments: [
        (0, 100, false), (9, 9, false), (9, 10, false), (10, 10, true), (10, 33, true), (10, 34, false), (30, 100, false), (31, 100, true),
        (11, 36, true),
        (11, 37, false),
    ])
    func `a plan may delete less than ten, or up to thirty per cent`(_ deletes: Int, _ owned: Int, _ isRefused: Bool) async throws {
        let plans = try await NotePlans()
        let found = (0..<owned).map { Note(.placed, "k\($0)", "1") }
        let plan = plans.plan(Array(found.dropFirst(deletes)), found)
        let refusal = Guard.check(plan)
        #expect((refusal != nil) == isRefused)
        guard let refusal else { return }
        #expect(refusal.deletes == deletes && refusal.owned == owned)
        #expect(refusal.message.contains("\(deletes) of \(owned)") && refusal.message.contains("30 %") && refusal.message.contains("10"))
        #expect(plans.whole([plan]).guards == [refusal])
    }

    @Test func `a decommission counts, and what is kept doesn't`() async throws {
        let plans = try await NotePlans()
        let placed = (0..<10).map { Note(.placed, "k\($0)", "1") }
        #expect(Guard.check(plans.plan([], placed, isDecommission: true))?.deletes == 10)
        #expect(Guard.check(plans.plan([], placed.map { Note(.kept, $0.key, "1") })) == nil)
        #expect(Guard.check(plans.plan(placed.map { Note(.placed, $0.key, "2") }, placed)) == nil)
    }

    @Test func `a permission is for these deletes and no others`() async throws {
        let plans = try await NotePlans()
        let found = (0..<30).map { Note(.placed, "k\($0)", "1") }
        let one = try #require(Guard.check(plans.plan(Array(found.dropFirst(12)), found)))
        let same = try #require(Guard.check(plans.plan(Array(found.dropFirst(12)) + [Note(.placed, "new", "1")], found.shuffled())))
        let other = try #require(Guard.check(plans.plan(Array(found.dropLast(12)), found)))
        #expect(one.digest == same.digest && one.digest != other.digest)
    }
}
