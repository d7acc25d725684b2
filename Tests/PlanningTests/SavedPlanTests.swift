import Planning
import TestSupport
import Testing

@Suite struct SavedPlanTests {
    private let notes = [Note(.placed, "a", "1"), Note(.placed, "b", "1")]

    private func save(_ plan: Plan) throws -> SavedPlan {
        try SavedPlan(json: Array(PlanJSON.render(plan, guards: plan.guards, texts: FewTexts()).utf8))
    }

    @Test func `what was saved is what is read, and the same plan is no difference`() async throws {
        let plans = try await NotePlans()
        let plan = plans.whole([plans.plan(notes, [])])
        let saved = try save(plan)
        #expect(saved.source == plan.source && saved.sites == ["lab"])
        #expect(saved.difference(from: plan) == nil)
        #expect(saved.difference(from: plans.whole([plans.plan(notes.reversed(), [])])) == nil)
    }

    @Test func `a working tree without a commit is saved as that`() async throws {
        let plans = try await NotePlans()
        let source = Plan.Source(summary: "working tree", commit: nil, isDirty: true, inventoryDigest: "d", isCommit: false)
        #expect(try save(plans.whole([], source: source)).source == source)
    }

    @Test func `each way in which the world can move is refused in words`() async throws {
        let plans = try await NotePlans()
        let saved = try save(plans.whole([plans.plan(notes, [Note(.placed, "a", "0")])]))
        func difference(_ placements: [any PlacementPlan], digest: String = "d1") -> String {
            var source = NotePlans.source
            source.inventoryDigest = digest
            return saved.difference(from: plans.whole(placements, source: source))?.message ?? "none"
        }
        let same = plans.plan(notes, [Note(.placed, "a", "0")])
        #expect(difference([same]) == "none")
        #expect(difference([same], digest: "d2").contains("the inventory has changed"))
        #expect(difference([plans.plan(notes + [Note(.placed, "c", "1")], [Note(.placed, "a", "0")])]).contains("what is desired"))
        #expect(difference([plans.plan(notes, [Note(.placed, "a", "9")])]).contains("isn't as it was"))
        #expect(difference([plans.plan(notes, notes)]).contains("now it needs 0 changes"))
        // What the guards counted.
        #expect(difference([plans.plan(notes, [Note(.placed, "a", "0"), Note(.kept, "z", "1")])]).contains("isn't as it was"))
        #expect(difference([same, plans.plan(notes, [], provider: "other")]).contains("other on builder-ph01 for lab isn't in the plan"))
        #expect(difference([]).contains("isn't there now"))
        let details = saved.difference(from: plans.whole([plans.plan(notes + [Note(.placed, "c", "1")], [Note(.placed, "a", "9")])]))?
            .details
        #expect(
            details == [
                "lab/builder-ph01/notes/placed/a: update text 9 → 1; planned was: update text 0 → 1",
                "lab/builder-ph01/notes/placed/c: create text 1; not planned",
            ])
        let empty = saved.difference(from: plans.whole([plans.plan(notes + [Note(.placed, "c", "")], [Note(.placed, "a", "9")])]))?.details
        #expect(
            empty == [
                "lab/builder-ph01/notes/placed/a: update text 9 → 1; planned was: update text 0 → 1",
                "lab/builder-ph01/notes/placed/c: create; not planned",
            ], "an attribute without a value says nothing")
        let gone = saved.difference(from: plans.whole([plans.plan(notes, notes)]))?.details
        #expect(gone?.first == "lab/builder-ph01/notes/placed/a: planned was: update text 0 → 1; not needed any more")
    }

    @Test func `what a plan doesn't change may move`() async throws {
        let plans = try await NotePlans()
        let saved = try save(plans.whole([plans.plan([], [Note(.placed, "a", "1"), Note(.kept, "z", "1")])]))
        #expect(saved.difference(from: plans.whole([plans.plan([], [Note(.placed, "a", "1"), Note(.kept, "z", "2")])])) == nil)
    }

    @Test(arguments: ["", "[]", "{}", "null", "{\"format_version\":\"1.0\"}", "\u{0}"])
    func `what isn't a plan is refused`(_ text: String) {
        let error = #expect(throws: SavedPlan.Unreadable.self) { try SavedPlan(json: Array(text.utf8)) }
        #expect(error?.description == "it isn't a plan's JSON")
    }

    @Test func `another format's plan is refused with both versions`() async throws {
        let plans = try await NotePlans()
        let json = PlanJSON.render(plans.whole([]), guards: [], texts: FewTexts())
        for (version, isRead) in [("1.9", true), ("2.0", false), ("10", false), ("", false)] {
            let text = json.replacing("\"format_version\": \"1.2\"", with: "\"format_version\": \"\(version)\"")
            if isRead {
                #expect(throws: Never.self) { try SavedPlan(json: Array(text.utf8)) }
            } else {
                let error = #expect(throws: SavedPlan.Unreadable.self) { try SavedPlan(json: Array(text.utf8)) }
                #expect(error?.description.contains("reads 1.2") == true, "\(version)")
            }
        }
    }

    @Test func `a plan of which something couldn't be reached or read is refused`() async throws {
        let plans = try await NotePlans()
        for plan in [
            plans.whole([], unreachable: [("hv01", "no route")]), plans.whole([plans.plan(notes, [], unread: [.marked: "no rights"])]),
        ] {
            #expect(!plan.isComplete)
            let error = #expect(throws: SavedPlan.Unreadable.self) { try save(plan) }
            #expect(error?.description.contains("incomplete") == true)
        }
        #expect(plans.whole([plans.plan(notes, [], inapplicable: [.marked: "a dry tree"])]).isComplete)
    }
}
