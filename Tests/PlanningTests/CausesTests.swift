import Diagnostics
import Planning
import SiteCompiler
import TestSupport
import Testing

@testable import InventorySchema

@Suite struct CausesTests {
    private let span = SourceSpan(file: FileID(rawValue: 0), line: 4, column: 2)

    private func change(
        _ facts: [FactChange], wanted: String?, applied: String?, isKnown: Bool = true, subject: Subject = .segment(0),
        isDecommission: Bool = false
    ) async throws -> Change {
        var plans = try await NotePlans()
        plans.facts = facts
        plans.appliedGraph = isKnown ? plans.graph : nil
        plans.subject = subject
        let plan = plans.plan(
            wanted.map { [Note(.placed, "a", $0)] } ?? [], [Note(.placed, "a", "found")],
            applied: isKnown ? applied.map { [Note(.placed, "a", $0)] } ?? [] : nil,
            isDecommission: isDecommission)
        return plan.change(at: 0)
    }

    @Test func `where nothing is known of the past everything is for the first time`() async throws {
        let change = try await change([], wanted: "now", applied: nil, isKnown: false)
        #expect(change.reason == .first)
        #expect(change.causes.map(\.path) == ["sites.lab.segments.blackhole"] && change.causes.first?.span != nil)
    }

    @Test func `what was wanted just so before is drift`() async throws {
        let fact = FactChange(path: "sites.lab.segments.blackhole.vlan", before: "998", after: "999", span: span)
        let change = try await change([fact], wanted: "now", applied: "now")
        #expect(change.reason == .drift && change.causes.map(\.path) == ["sites.lab.segments.blackhole"])
    }

    @Test func `the facts at and below an origin are its causes, items of lists too, and no namesake's`() async throws {
        let paths = [
            "sites.lab.segments.blackhole.vlan", "sites.lab.segments.blackhole", "sites.lab.segments.blackhole[0]",
            "sites.lab.segments.blackhole-2.vlan",
            "sites.lab.segments.blackholes", "sites.lab.segments.blackhol", "sites.away.segments.blackhole.vlan",
            "sites.lab.segments.blackhole.prefixes[10].x",
        ]
        let facts = paths.map { FactChange(path: $0, before: "1", after: "2", span: span) }
        let change = try await change(facts.reversed(), wanted: "now", applied: "before")
        #expect(change.reason == .inventory)
        #expect(change.causes.map(\.path) == [paths[1], paths[7], paths[0], paths[2]])
        #expect(change.causes.allSatisfy { $0.before == "1" && $0.after == "2" && $0.span == span })
    }

    @Test func `what follows from no single fact follows from where it was written`() async throws {
        let change = try await change([], wanted: "now", applied: "before")
        #expect(change.reason == .inventory && change.causes.map(\.path) == ["sites.lab.segments.blackhole"])
        #expect(change.causes.first?.span != nil)
    }

    @Test func `what is wanted no more names the fact that is gone, and no place that isn't there`() async throws {
        let fact = FactChange(path: "sites.lab.segments.blackhole.vlan", before: "999", after: nil, span: nil)
        let gone = try await change([fact], wanted: nil, applied: "before")
        #expect(gone.action == .delete && gone.reason == .inventory)
        #expect(gone.causes == [Cause(path: fact.path, span: nil, before: "999", after: nil)])
        let untold = try await change([], wanted: nil, applied: "before")
        #expect(untold.causes == [Cause(path: "sites.lab.segments.blackhole", span: nil)])
    }

    @Test func `what stood in an entry that is gone has the entry for its cause`() async throws {
        let facts = [
            FactChange(path: "sites.lab.segments", before: nil, after: nil, span: nil, presence: .removed),
            FactChange(path: "sites.lab.segments.black", before: nil, after: nil, span: nil, presence: .removed),
            FactChange(path: "sites.lab", before: "1", after: "2", span: span),
        ]
        let gone = try await change(facts, wanted: nil, applied: "before")
        #expect(gone.causes == [Cause(path: "sites.lab.segments", span: nil, presence: .removed)])
    }

    @Test func `what nobody ever wanted is drift without a cause`() async throws {
        let change = try await change([], wanted: nil, applied: nil)
        #expect(change.action == .delete && change.reason == .drift && change.causes.isEmpty)
    }

    @Test func `changes fold under their causes, the gravest first`() async throws {
        let plans = try await NotePlans()
        let notes = [Note(.placed, "a", "1"), Note(.placed, "b", "1"), Note(.placed, "c", "1")]
        var changes = (0..<3).map { plans.plan(notes, []).change(at: $0) }
        changes[0].causes = [Cause(path: "x", span: nil)]
        changes[1].causes = [Cause(path: "y", span: nil)]
        changes[2].causes = [Cause(path: "x", span: nil)]
        changes[1].risk = .authority
        let groups = CauseGroup.fold(changes)
        #expect(groups.map { $0.cause?.path } == ["y", "x"] && groups.map(\.risk) == [.authority, .routine])
        #expect(groups[1].changes.map(\.address.key) == ["a", "c"])
        changes[2].reason = .drift
        #expect(CauseGroup.fold(changes).count == 3)
        #expect(CauseGroup.fold([]).isEmpty)
    }
}
