import Diagnostics
import Foundation
@testable import Planning
import SiteCompiler
import TestSupport
import Testing

@testable import InventorySchema

@Suite struct PlanRenderingTests {
    private let text = PlanText(style: TerminalStyle(isColoured: false), texts: FewTexts())
    private let span = SourceSpan(file: FileID(rawValue: 0), line: 41, column: 14)

    /// A plan with a bit of everything: a changed fact, drift, a delete, something unread, a remark, a missing provider, a target out of reach.
    private func everything() async throws -> Plan {
        var plans = try await NotePlans()
        plans.appliedGraph = plans.graph
        plans.subject = .segment(0)
        plans.facts = [
            FactChange(path: "sites.lab.segments.blackhole.vlan", before: "998", after: "999", span: span),
            FactChange(path: "sites.lab.segments.blackhole.prefixes[0]", before: nil, after: "10.1.9.0/24", span: span),
        ]
        let remark = ObservedSet<Note>.Remark(
            kind: .placed, key: "a", code: .leaseBlocksReservation, message: "10.1.99.21 is leased to another", mend: "release it")
        let changed = plans.plan(
            [Note(.placed, "a", "new"), Note(.placed, "c", "restart"), Note(.marked, "same", "1")],
            [Note(.placed, "a", "old"), Note(.placed, "stray", "x"), Note(.marked, "same", "0")],
            applied: [Note(.placed, "a", "old"), Note(.marked, "same", "1")],
            unread: [.rest: "permission denied", .kept: "permission denied"],
            remarks: [remark])
        var plan = plans.whole([changed], unreachable: [("core-rt01", "this machine isn't core-rt01")])
        plan.sites[0].missing = [.init(host: "builder-ph01", provider: "nftables", roles: ["gateway"])]
        return plan
    }

    @Test func `a plan with a bit of everything reads so`() async throws {
        expectGolden(text.render(try await everything()), at: "Goldens/everything.txt")
    }

    @Test func `a plan with a bit of everything is written so for machines`() async throws {
        expectGolden(PlanJSON.render(try await everything(), guards: [], texts: FewTexts()), at: "Goldens/everything.json")
    }

    @Test func `a first plan reads so, and one without changes`() async throws {
        let plans = try await NotePlans()
        let notes = [Note(.placed, "a", "1"), Note(.placed, "longer-name", "2"), Note(.marked, "m", "3")]
        expectGolden(text.render(plans.whole([plans.plan(notes, [])])), at: "Goldens/first.txt")
        expectGolden(text.render(plans.whole([plans.plan(notes, notes)])), at: "Goldens/no-changes.txt")
    }

    @Test func `a refused plan reads so`() async throws {
        let plans = try await NotePlans()
        let plan = plans.whole([plans.plan([], (0..<12).map { Note(.placed, "k\($0)", "1") })])
        expectGolden(
            PlanText(style: TerminalStyle(isColoured: false), texts: FewTexts(), limits: .init(each: 3, all: .max)).render(
                plan, guards: plan.guards),
            at: "Goldens/refused.txt")
    }

    @Test func `every fact that a group of changes follows from is told, once`() async throws {
        var plans = try await NotePlans()
        let graph = plans.graph
        plans.appliedGraph = graph
        // Two links of one trunk: they share the interface's card, and each has a segment of its own.
        let first = try #require(graph.links.firstIndex { $0.isTrunk })
        let second = try #require(
            graph.links.indices.first { $0 > first && graph.links[$0].isTrunk && graph.links[$0].host == graph.links[first].host })
        let segment = graph.segments[try #require(graph.links[second].segment)].name
        let shared = "hosts.\(graph.hosts[graph.links[first].host].name).interfaces.\(graph.links[first].label).mac"
        let own = "sites.lab.segments.\(segment).vlan"
        plans.facts = [
            FactChange(path: shared, before: "02:de:00:00:00:01", after: "02:de:00:00:00:02", span: span),
            FactChange(path: own, before: "98", after: "99", span: span),
        ]
        let wanted = DesiredSet([first, second].map { Desired(Note(.placed, "n\($0)", "new"), from: .link($0)) })
        let plan = TypedPlan(
            site: "lab", host: "builder-ph01", provider: "notes", desired: wanted, observed: ObservedSet([]),
            applied: DesiredSet([]), causes: Causes(graph: graph, appliedGraph: graph, facts: plans.facts),
            weigh: { _, _, _ in .init(cost: .live, risk: .routine) })
        let output = text.render(plans.whole([plan]))
        #expect(output.ranges(of: own).count == 1 && output.ranges(of: shared).count == 1)
    }

    @Test func `what isn't shown still counts for what has to be told`() async throws {
        let plans = try await NotePlans()
        let plan = plans.whole([plans.plan((0..<9).map { Note(.placed, "k\($0)", $0 == 8 ? "restart" : "1") }, [])])
        let short = PlanText(style: TerminalStyle(isColoured: false), texts: FewTexts(), limits: .init(each: 2, all: .max)).render(plan)
        #expect(short.contains("one restart") && short.contains("… and 7 more"))
    }

    @Test(arguments: [(0, 200), (1, 200), (5, 200), (16, 62), (100, 10), (1000, 10)])
    func `what is spelled out is shared by all that change`(placements: Int, share: Int) {
        #expect(PlanText.Limits.standard.share(of: placements) == share)
    }

    @Test func `many providers show fewer of their changes each`() async throws {
        let plans = try await NotePlans()
        let notes = (0..<9).map { Note(.placed, "k\($0)", "1") }
        let plan = plans.whole([plans.plan(notes, [], host: "a"), plans.plan(notes, [], host: "b"), plans.plan(notes, notes, host: "c")])
        let text = PlanText(style: TerminalStyle(isColoured: false), texts: FewTexts(), limits: .init(each: 20, all: 12)).render(plan)
        #expect(text.ranges(of: "+ k").count == 18, "ten of each would fit, and each has nine")
        let less = PlanText(style: TerminalStyle(isColoured: false), texts: FewTexts(), limits: .init(each: 4, all: 12)).render(plan)
        #expect(less.ranges(of: "+ k").count == 8 && less.ranges(of: "… and 5 more").count == 2)
    }

    @Test func `nothing from an inventory or a target can move the cursor or colour the text`() async throws {
        var plans = try await NotePlans()
        let evil = "x\u{1b}[2J\u{7}\r\n\u{202e}\u{9b}y"
        plans.appliedGraph = plans.graph
        plans.subject = .segment(0)
        plans.facts = [FactChange(path: "sites.lab.segments.blackhole.\(evil)", before: evil, after: evil + "2", span: span)]
        let remark = ObservedSet<Note>.Remark(kind: .placed, key: evil, code: .leaseBlocksReservation, message: evil, mend: evil)
        let hostile = [
            plans.plan(
                [Note(.placed, evil, evil), Note(.placed, "b", evil)], [Note(.placed, "b", "1"), Note(.marked, evil, evil)], applied: [],
                unread: [.rest: evil], site: evil, host: evil, remarks: [remark]),
            plans.plan([], (0..<12).map { Note(.placed, "\(evil)\($0)", evil) }, host: evil),
        ]
        var plan = plans.whole(
            hostile, source: Plan.Source(summary: evil, commit: evil, isDirty: true, inventoryDigest: evil, isCommit: true),
            unreachable: [(evil, evil)])
        plan.sites[0].name = evil
        plan.sites[0].missing = [.init(host: evil, provider: "kea", roles: ["dhcp"])]
        plans.appliedGraph = nil
        plan.sites[0].placements.append(plans.plan([Note(.placed, evil, evil)], []))
        let texts = FewTexts(name: evil)
        let outputs = [
            PlanText(style: TerminalStyle(isColoured: false), texts: texts).render(plan, guards: plan.guards),
            PlanJSON.render(plan, guards: plan.guards, texts: texts),
        ]
        for output in outputs {
            let bad = output.unicodeScalars.filter { scalar in
                scalar != "\n" && [.control, .format].contains(scalar.properties.generalCategory)
            }
            #expect(bad.isEmpty, "\(bad.map { String($0.value, radix: 16) })")
            #expect(output.contains("u{1b}") || output.contains("u001b"))
        }
        _ = try JSONSerialization.jsonObject(with: Data(outputs[1].utf8))
    }

    @Test func `the JSON says what the plan does, in words that policies know`() async throws {
        let plan = try await everything()
        let object =
            try JSONSerialization.jsonObject(with: Data(PlanJSON.render(plan, guards: [], texts: FewTexts()).utf8)) as? [String: Any]
        let json = try #require(object)
        #expect(json["applyable"] as? Bool == false && json["complete"] as? Bool == false)
        let changes = try #require(json["resource_changes"] as? [[String: Any]])
        #expect(changes.count == plan.counts.total && changes.count == 4)
        for change in changes {
            let address = try #require(change["address"] as? String)
            #expect(ResourceAddress(address)?.kind == change["type"] as? String)
            let inner = try #require(change["change"] as? [String: Any])
            let actions = try #require(inner["actions"] as? [String])
            #expect((inner["before"] is NSNull) == (actions == ["create"]) && (inner["after"] is NSNull) == (actions == ["delete"]))
        }
        let summary = try #require(json["summary"] as? [String: Int])
        #expect(summary == ["create": 1, "update": 2, "replace": 0, "delete": 1, "decommission": 0])
    }

    @Test func `colour changes nothing but colour`() async throws {
        let plan = try await everything()
        let coloured = PlanText(style: TerminalStyle(isColoured: true), texts: FewTexts()).render(plan)
        let plain = coloured.replacing(#/\u{1b}\[[0-9;]*m/#, with: "")
        #expect(plain == text.render(plan) && plain != coloured)
    }

    @Test func `any plan is sound JSON and the same text, whatever the order of what it is made from`() async throws {
        let plans = try await NotePlans()
        for seed in 0..<100 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let (wanted, found) = (Note.some(&random), Note.some(&random))
            let plan = plans.whole([plans.plan(wanted, found)])
            let other = plans.whole([plans.plan(wanted.shuffled(using: &random), found.shuffled(using: &random))])
            let json = PlanJSON.render(plan, guards: plan.guards, texts: FewTexts())
            #expect(json == PlanJSON.render(other, guards: other.guards, texts: FewTexts()), "seed \(seed)")
            #expect(text.render(plan) == text.render(other), "seed \(seed)")
            let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
            #expect((object?["resource_changes"] as? [Any])?.count == plan.counts.total, "seed \(seed)")
        }
    }
}
