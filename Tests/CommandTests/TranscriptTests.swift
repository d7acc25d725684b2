import TestSupport
import Testing

/// Sessions with the command, as a person would have them: `Cases/` holds what is typed and everything that comes of it.
@Suite struct TranscriptTests {
    @Test(arguments: try Transcript.all())
    func `a session goes as it is written down`(_ session: Transcript) async throws {
        expectGolden(try await session.recorded(), at: "Cases/\(session.name)")
    }
}
