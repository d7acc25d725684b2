import Planning
import SiteCompiler
import TestSupport
import Testing

@Suite struct DifferenceTests {
    private func differences(
        _ wanted: [Note], _ found: [Note], unread: [NoteKind: String] = [:], inapplicable: [NoteKind: String] = [:]
    ) -> [String] {
        let desired = DesiredSet(wanted.map { Desired($0, from: .site) })
        let observed = ObservedSet(found, unread: unread, inapplicable: inapplicable)
        return Planning.differences(desired: desired, observed: observed).map { difference in
            let state = difference.desired.map { desired.resources[$0].state } ?? difference.observed.map { observed.resources[$0] }
            return "\(difference.action.rawValue) \(state?.kind.rawValue ?? "")/\(state?.key ?? "")"
        }
    }

    @Test func `nothing against nothing is nothing`() { #expect(differences([], []).isEmpty) }

    @Test func `what is wanted is made, what is found and not wanted goes, what differs is changed`() {
        let wanted = [Note(.marked, "b", "1"), Note(.placed, "a", "1"), Note(.placed, "c", "1")]
        let found = [Note(.placed, "c", "2"), Note(.placed, "d", "1"), Note(.marked, "b", "1")]
        #expect(differences(wanted, found) == ["create placed/a", "update placed/c", "delete placed/d"])
    }

    @Test func `one key of two kinds is two things`() {
        #expect(differences([Note(.placed, "a", "1")], [Note(.marked, "a", "1")]) == ["create placed/a", "delete marked/a"])
    }

    @Test(arguments: NoteKind.allCases) func `only what is kept stays when nobody wants it`(_ kind: NoteKind) {
        #expect(differences([], [Note(kind, "a", "1")]) == (kind.ownership == .keep ? [] : ["delete \(kind.rawValue)/a"]))
        #expect(differences([Note(kind, "a", "2")], [Note(kind, "a", "1")]) == ["update \(kind.rawValue)/a"])
    }

    @Test func `a kind that wasn't read whole, or can't be there, neither gains nor loses`() {
        let (wanted, found) = (
            [Note(.placed, "a", "1"), Note(.placed, "c", "1"), Note(.marked, "a", "1")], [Note(.placed, "b", "1"), Note(.placed, "c", "2")]
        )
        #expect(differences(wanted, found, unread: [.placed: "permission denied"]) == ["update placed/c", "create marked/a"])
        #expect(differences(wanted, found, inapplicable: [.placed: "a dry tree"]) == ["update placed/c", "create marked/a"])
    }

    @Test func `of two found with one key the first counts`() {
        let found = ObservedSet([Note(.placed, "a", "1"), Note(.placed, "a", "2"), Note(.placed, "b", "1")])
        #expect(found.resources.map(\.key) == ["a", "b"])
    }

    @Test func `the merge finds what a comparison one by one finds, in order, whatever the order of both sides`() {
        for seed in 0..<500 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let (wanted, found) = (Note.some(&random), Note.some(&random))
            let unread: [NoteKind: String] = seed % 3 == 0 ? [.marked: "x"] : [:]
            var expected: [(order: Int, key: String, text: String)] = []
            for note in wanted {
                let old = found.first { $0.kind == note.kind && $0.key == note.key }
                if old == nil, unread[note.kind] == nil { expected.append((note.kind.order, note.key, "create \(note.kind)/\(note.key)")) }
                if let old, old != note { expected.append((note.kind.order, note.key, "update \(note.kind)/\(note.key)")) }
            }
            for note in found where !wanted.contains(where: { $0.kind == note.kind && $0.key == note.key }) {
                guard unread[note.kind] == nil, note.kind != .kept else { continue }
                expected.append((note.kind.order, note.key, "delete \(note.kind)/\(note.key)"))
            }
            let sorted = expected.sorted { ($0.order, $0.key) < ($1.order, $1.key) }.map(\.text)
            #expect(differences(wanted, found, unread: unread) == sorted, "seed \(seed)")
            #expect(
                differences(wanted.shuffled(using: &random), found.shuffled(using: &random), unread: unread) == sorted,
                "seed \(seed), shuffled")
        }
    }

    @Test func `the differences made true on what is there give what is wanted, and then there are none`() {
        for seed in 0..<500 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let desired = DesiredSet(Note.some(&random).map { Desired($0, from: .site) })
            let observed = ObservedSet(Note.some(&random))
            var there = Dictionary(observed.resources.map { ("\($0.kind)/\($0.key)", $0) }, uniquingKeysWith: { first, _ in first })
            for difference in Planning.differences(desired: desired, observed: observed) {
                if let index = difference.desired {
                    let state = desired.resources[index].state
                    there["\(state.kind)/\(state.key)"] = state
                } else if let index = difference.observed {
                    there["\(observed.resources[index].kind)/\(observed.resources[index].key)"] = nil
                }
            }
            let after = ObservedSet(Array(there.values))
            #expect(Planning.differences(desired: desired, observed: after).isEmpty, "seed \(seed)")
            #expect(
                after.resources.filter { $0.kind != .kept } == desired.resources.map(\.state).filter { $0.kind != .kept }, "seed \(seed)")
        }
    }
}
