import Planning
import SiteCompiler
import TestSupport
import Testing

@Suite struct ChangeOrderTests {
    /// Links of a chain: each names another one of the same kind, or none.
    enum LinkKind: String, ResourceKind {
        case link, last
        var order: Int { self == .link ? 0 : 1 }
        var ownership: Ownership { .place }
        var followsFromOthers: Bool { self == .last }
    }

    struct Link: ResourceState {
        var kind = LinkKind.link
        var key: String
        var names: [String] = []
        var attributes: [Attribute] { [Attribute("names", names.joined(separator: " "))] }
        var needs: [ResourceKey<LinkKind>] { names.map { ResourceKey(.link, $0) } }
    }

    private func plan(_ wanted: [Link], _ found: [Link]) async throws -> TypedPlan<Link> {
        let graph = try await RandomGraphs().base
        return TypedPlan(
            site: "lab", host: "builder-ph01", provider: "links", desired: DesiredSet(wanted.map { Desired($0, from: .site) }),
            observed: ObservedSet(found), applied: nil, causes: Causes(graph: graph, appliedGraph: nil, facts: []),
            weigh: { _, _, _ in .init(cost: .live, risk: .routine) })
    }

    private func sequence(_ plan: TypedPlan<Link>) -> [String] {
        plan.order.sequence.map { "\(plan.change(at: $0).action.rawValue) \(plan.address(at: $0).key)" }
    }

    @Test func `what is named is made first`() async throws {
        let plan = try await plan([Link(key: "a", names: ["b"]), Link(key: "b", names: ["c"]), Link(key: "c")], [])
        #expect(sequence(plan) == ["create c", "create b", "create a"])
        #expect(plan.change(at: 0, in: plan.order).needs.map(\.key) == ["b"])
        #expect(plan.change(at: 2, in: plan.order).needs.isEmpty)
    }

    @Test func `what is named goes last, once nothing names it any more`() async throws {
        let found = [Link(key: "a"), Link(key: "b", names: ["a"]), Link(key: "c", names: ["a"])]
        let plan = try await plan([Link(key: "c")], found)
        #expect(sequence(plan) == ["delete b", "update c", "delete a"])
        #expect(plan.change(at: 0, in: plan.order).needs.map(\.key) == ["b", "c"])
    }

    @Test func `what doesn't change isn't waited for`() async throws {
        let plan = try await plan([Link(key: "a", names: ["b"]), Link(key: "b")], [Link(key: "b")])
        #expect(plan.order.needs == [[]])
    }

    @Test func `what follows from all others comes after them`() async throws {
        let plan = try await plan([Link(key: "a"), Link(key: "b"), Link(kind: .last, key: "z")], [])
        #expect(plan.order.needs == [[], [], [0, 1]])
    }

    @Test func `things that name each other are made as they stand, each once`() async throws {
        for seed in 0..<300 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let keys = (0..<8).map { "k\($0)" }
            func some() -> [Link] {
                keys.shuffled(using: &random).prefix(Int.random(in: 0...8, using: &random)).map {
                    Link(key: $0, names: Array(keys.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))))
                }
            }
            let plan = try await plan(some(), some())
            let order = plan.order
            #expect(order.sequence.sorted() == Array(0..<plan.count), "seed \(seed)")
            let place = Dictionary(uniqueKeysWithValues: order.sequence.enumerated().map { ($1, $0) })
            // A need that stands later is one that needs, by some way, what needs it.
            for index in order.needs.indices {
                for need in order.needs[index] where (place[need] ?? 0) > (place[index] ?? 0) {
                    #expect(reaches(need, index, order.needs), "seed \(seed): \(index) before \(need)")
                }
            }
        }
    }

    private func reaches(_ start: Int, _ end: Int, _ needs: [[Int]]) -> Bool {
        var (seen, open) = (Set([start]), [start])
        while let next = open.popLast() {
            if next == end { return true }
            for need in needs[next] where seen.insert(need).inserted { open.append(need) }
        }
        return false
    }
}
