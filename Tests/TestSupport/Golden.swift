import Foundation
public import Testing

/// Expects a text to be the contents of a golden file.
///
/// With the environment variable `DEEVNET_UPDATE_GOLDENS=1` the file is rewritten instead, and the test fails all the same, so that a run which
/// rewrites can't pass unseen.
///
/// - Parameter path: the file, relative to the folder of the test's own source file.
public func expectGolden(
    _ actual: String, at path: String, testFile: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
    let folder = testFile.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let file = "\(folder)/\(path)"
    let expected = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    guard expected != actual else { return }
    if ProcessInfo.processInfo.environment["DEEVNET_UPDATE_GOLDENS"] == "1" {
        let isWritten = (try? Data(actual.utf8).write(to: URL(fileURLWithPath: file))) != nil
        Issue.record(
            "\(path) \(isWritten ? "was rewritten: review it, and run the tests again without DEEVNET_UPDATE_GOLDENS" : "can't be written")",
            sourceLocation: sourceLocation)
        return
    }
    let difference = expected.map { firstDifference($0, actual) } ?? "the file isn't there"
    Issue.record("\(path) differs: \(difference)\nDEEVNET_UPDATE_GOLDENS=1 rewrites it", sourceLocation: sourceLocation)
}

/// The first line that differs, as the file has it and as it was made.
func firstDifference(_ expected: String, _ actual: String) -> String {
    let (a, b) = (
        expected.split(separator: "\n", omittingEmptySubsequences: false), actual.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let line = zip(a, b).prefix { $0 == $1 }.count
    func text(_ lines: [Substring]) -> String { lines.indices.contains(line) ? String(lines[line]) : "(end of file)" }
    return "line \(line + 1)\n- \(text(a))\n+ \(text(b))"
}
