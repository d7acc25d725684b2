import Diagnostics
import InventorySchema
import Planning
import Targets
import TestSupport
import Testing

@testable import Reconciling

@Suite struct FileDiffTests {
    private func diff(_ files: [PlaceFile]) async throws -> String {
        let world = try await World()
        try await world.apply(try world.graph(1))
        world.store.drift(world.place(.nsd), to: files)
        let runs = try await world.plan(try world.graph(1))
        return FileDiff.render(
            runs, style: TerminalStyle(isColoured: false))
    }

    @Test func `names and lines of a target can't move the cursor`() async throws {
        let text = try await diff([PlaceFile(name: "evil\u{1b}[2J", bytes: Array("\u{1b}[31mred\n".utf8))])
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
        #expect(text.contains("evil\\u{1b}[2J") && text.contains("-\\u{1b}[31mred"))
    }

    @Test func `a last line without its end is a difference`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        let files = try await world.files()
        let changed = files.map { PlaceFile(name: $0.name, bytes: $0.bytes + Array("half".utf8)) }
        let text = try await diff(changed)
        #expect(text.contains("-half"))
    }

    @Test func `only lines near a change are shown`() async throws {
        let world = try await World()
        try await world.apply(try world.graph(1))
        let settings = try await world.files().filter { $0.name == FileDaemonFiles.settings }
        let many = (0..<100).map { "x\($0)=1\n" }.joined()
        let text = try await diff(settings + [PlaceFile(name: FileDaemonFiles.entries, bytes: Array(many.utf8))])
        #expect(text.contains("--- nsd/lab/entries") && text.contains("-x50=1") && !text.contains("daemon.conf"))
    }
}
