import Foundation
import FuzzTargets
import Testing

/// Every seed, and every input that ever broke a promise, is tried again as an ordinary test.
@Suite struct ReplayTests {
    @Test(arguments: FuzzTarget.honest) func `seeds and former crashes keep all promises`(_ target: FuzzTarget) async throws {
        let seeds = try Inputs.of(target, in: "Seeds")
        #expect(!seeds.isEmpty)
        for (name, bytes) in seeds + (try Inputs.of(target, in: "Crashes")) {
            if let violation = await target.violation(in: bytes) { Issue.record("\(target.rawValue)/\(name): \(violation)") }
        }
    }

    @Test func `the planted mistake is one`() async throws {
        #expect(await FuzzTarget.planted.violation(in: Array("deev".utf8)) != nil)
        #expect(await FuzzTarget.planted.violation(in: Array("deex".utf8)) == nil)
    }
}

/// Inputs in files.
private enum Inputs {
    static func of(_ target: FuzzTarget, in kind: String) throws -> [(name: String, bytes: [UInt8])] {
        let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Fuzz/\(kind)/\(target.rawValue)").path
        guard FileManager.default.fileExists(atPath: directory) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: directory).sorted().map { name in
            (name, Array(try #require(FileManager.default.contents(atPath: "\(directory)/\(name)"))))
        }
    }
}
