import Foundation
import Testing

/// What harnesses use and a release may not have.
@Suite struct ReleaseTests {
    @Test func `faults from the environment are compiled into debug builds only`() throws {
        let sources = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources").path
        let paths = (FileManager.default.enumerator(atPath: sources)?.allObjects ?? []).compactMap { $0 as? String }
        var mentions = 0
        for path in paths where path.hasSuffix(".swift") {
            var conditions: [String] = []
            for line in try String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8).split(separator: "\n") {
                let text = line.trimmingCharacters(in: .whitespaces)
                if text.hasPrefix("#if ") { conditions.append(text) }
                if text == "#else" { conditions[conditions.count - 1] += " not" }
                if text == "#endif" { conditions.removeLast() }
                guard text.contains("EnvironmentFault") || text.contains("DEEVNET_FAULT") else { continue }
                mentions += 1
                #expect(conditions.contains("#if DEBUG"), "\(path): \(text)")
            }
        }
        #expect(mentions > 3)
    }
}
