import Foundation
import Testing

/// What isn't committed isn't applied to a real machine by accident.
@Suite(.needsLab, .site, .serialized)
struct DirtyTreeTests {
    private let site: LabSite

    init() throws { site = try LabSite.shared }

    @Test func `a change that isn't committed is refused, and goes through when it is allowed`() async throws {
        try await site.settle()
        let path = "\(site.repository)/sites/dvntm/hosts.yml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try Data(text.replacingOccurrences(of: "[10.20.99.41]", with: "[10.20.99.42]").utf8).write(to: URL(fileURLWithPath: path))

        let refused = try await site.apply()
        #expect(refused.status == 3, "\(refused)")
        #expect(refused.complaints.contains("error[DVN1204]"), "\(refused)")
        #expect(try await site.servesTheSamples())

        let allowed = try await site.deevnet("apply", "dvntm", "--auto-approve", "--allow-dirty")
        #expect(allowed.status == 0, "\(allowed)")
        #expect(try await site.ask("store-ph01.dvntm.deevnet.net").data == ["10.20.99.42"])
        try await site.settle()
    }
}
