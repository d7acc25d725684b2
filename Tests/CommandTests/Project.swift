import Foundation

/// Where the project stands, and the command that is tested.
enum Project {
    /// The project's folder: three above this file.
    static let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

    /// The golden cases.
    static let cases = "\(folder)/Tests/CommandTests/Cases"

    /// The command: what `DEEVNET_BINARY` names, else `deevnet` beside the running tests, where the same build has put it.
    static let binary: String = {
        if let named = ProcessInfo.processInfo.environment["DEEVNET_BINARY"] { return named }
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("deevnet").path
    }()

    /// The whole path of a program that a person would start; nil: it isn't installed.
    static func installed(_ program: String) -> String? {
        Sandbox.path.split(separator: ":").map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
