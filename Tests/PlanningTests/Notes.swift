import Diagnostics
import InventorySchema
import Planning
import SiteCompiler
import TestSupport

/// Kinds that are owned in each of the ways there are.
enum NoteKind: String, ResourceKind {
    case placed, marked, rest, kept

    var order: Int {
        switch self {
        case .placed: 0
        case .marked: 1
        case .rest: 2
        case .kept: 3
        }
    }
    var ownership: Ownership {
        switch self {
        case .placed: .place
        case .marked: .mark
        case .rest: .attribute
        case .kept: .keep
        }
    }
}

/// The smallest state: a key and a text.
struct Note: ResourceState {
    var kind: NoteKind
    var key: String
    var text: String

    init(_ kind: NoteKind, _ key: String, _ text: String) {
        self.kind = kind
        self.key = key
        self.text = text
    }

    var attributes: [Attribute] { [Attribute("text", text)] }

    static func some(_ random: inout SeededGenerator, keys: Int = 8) -> [Note] {
        var notes: [String: Note] = [:]
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let kind = NoteKind.allCases.randomElement(using: &random) ?? .placed
            let note = Note(kind, "k\(Int.random(in: 0..<keys, using: &random))", "\(Int.random(in: 0...2, using: &random))")
            notes["\(kind)/\(note.key)"] = note
        }
        return notes.values.shuffled(using: &random)
    }
}

/// Plans of notes on the host of the sample inventory.
struct NotePlans {
    let graph: SiteGraph
    var facts: [FactChange] = []
    var appliedGraph: SiteGraph?
    var subject = Subject.site

    init() async throws { graph = try await RandomGraphs().base }

    func desired(_ notes: [Note]) -> DesiredSet<Note> { DesiredSet(notes.map { Desired($0, from: subject) }) }

    func plan(
        _ wanted: [Note], _ found: [Note], applied: [Note]? = nil, unread: [NoteKind: String] = [:], inapplicable: [NoteKind: String] = [:],
        isDecommission: Bool = false, isRemote: Bool = false, provider: String = "notes", site: String = "lab",
        host: String = "builder-ph01",
        remarks: [ObservedSet<Note>.Remark] = []
    ) -> TypedPlan<Note> {
        TypedPlan(
            site: site, host: host, provider: provider, desired: desired(wanted),
            observed: ObservedSet(found, unread: unread, inapplicable: inapplicable, remarks: remarks), applied: applied.map(desired),
            isDecommission: isDecommission, isRemote: isRemote, causes: Causes(graph: graph, appliedGraph: appliedGraph, facts: facts),
            weigh: { action, _, after in
                .init(cost: after?.text == "restart" ? .restart : .reload, risk: action == .delete ? .disruptive : .routine)
            })
    }

    static let source = Plan.Source(
        summary: "commit 1a2b3c4d5e", commit: "1a2b3c4d5e", isDirty: false, inventoryDigest: "d1", isCommit: true)

    func whole(_ placements: [any PlacementPlan], source: Plan.Source = source, unreachable: [(host: String, reason: String)] = []) -> Plan
    {
        Plan(
            source: source,
            sites: [Plan.Site(name: "lab", mode: "bootstrap", placements: placements, missing: [], unreachable: unreachable)])
    }
}

/// Texts of files that nobody has to open.
struct FewTexts: SourceTexts {
    var name = "sites/lab/hosts.yml"
    func path(of file: FileID) -> String { name }
    func line(_ number: UInt32, of file: FileID) -> String? { nil }
}
