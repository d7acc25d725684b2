import Planning
import SiteCompiler
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
        let refusal = Guard.check(plan).first
        #expect((refusal != nil) == isRefused && refusal?.reason ?? .massDelete == .massDelete)
        guard let refusal else { return }
        #expect(refusal.resources.count == deletes && refusal.owned == owned)
        #expect(refusal.message.contains("\(deletes) of \(owned)") && refusal.message.contains("30 %") && refusal.message.contains("10"))
        #expect(plans.whole([plan]).guards == [refusal])
    }

    @Test func `a decommission counts, and what is kept doesn't`() async throws {
        let plans = try await NotePlans()
        let placed = (0..<10).map { Note(.placed, "k\($0)", "1") }
        #expect(Guard.check(plans.plan([], placed, isDecommission: true)).first?.resources.count == 10)
        #expect(Guard.check(plans.plan([], placed.map { Note(.kept, $0.key, "1") })).isEmpty)
        #expect(Guard.check(plans.plan(placed.map { Note(.placed, $0.key, "2") }, placed)).isEmpty)
    }

    @Test func `a permission is for these deletes and no others`() async throws {
        let plans = try await NotePlans()
        let found = (0..<30).map { Note(.placed, "k\($0)", "1") }
        let one = try #require(Guard.check(plans.plan(Array(found.dropFirst(12)), found)).first)
        let same = try #require(Guard.check(plans.plan(Array(found.dropFirst(12)) + [Note(.placed, "new", "1")], found.shuffled())).first)
        let other = try #require(Guard.check(plans.plan(Array(found.dropLast(12)), found)).first)
        #expect(one.digest == same.digest && one.digest != other.digest)
    }

    @Test func `the way by which the controller comes isn't changed without a yes`() async throws {
        var plans = try await NotePlans()
        let graph = plans.graph
        let controller = try #require(graph.controller)
        let own = try #require(graph.links.firstIndex { graph.hosts[$0.host].name == controller && $0.name != nil })
        let other = try #require(graph.links.firstIndex { ![controller, "builder-ph01"].contains(graph.hosts[$0.host].name) })
        let (old, new) = ([Note(.placed, "a", "1")], [Note(.placed, "a", "2")])
        plans.appliedGraph = graph
        plans.subject = .link(own)
        for (wanted, isPath) in [(new, true), ([], true), (old, false)] {
            let plan = plans.plan(wanted, old, applied: old, isRemote: true)
            #expect(plan.pathChanges.map(\.key) == (isPath ? ["a"] : []), "\(wanted)")
            #expect(Guard.check(plan).map(\.reason) == (isPath ? [.controllerPath] : []))
        }
        #expect(Guard.check(plans.plan(new, [], applied: old, isRemote: true)).isEmpty, "what is made cuts nothing")
        #expect(Guard.check(plans.plan(new, old, applied: old, isRemote: false)).isEmpty, "a machine stays within its own reach")
        let refusal = try #require(Guard.check(plans.plan(new, old, applied: old, isRemote: true)).first)
        #expect(refusal.message == "notes on builder-ph01 would change what the controller comes by: placed/a")
        plans.subject = .link(other)
        #expect(Guard.check(plans.plan(new, old, applied: old, isRemote: true)).isEmpty, "another host's address is no way to this one")
    }
}
