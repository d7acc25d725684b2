import Foundation
import Testing

/// A session at a shell, as it is written in `Cases/`: what it shows, the repository it begins with, and each command with what comes of it.
///
/// ```
/// # A sentence: what the session shows.
/// base: samples
///
/// -- sites/lab/site.yml --
/// site: ...
///
/// $ deevnet validate
/// ? 1
/// -- stdout --
/// 3 files, sites lab: 1 error
/// ```
///
/// Files are in the repository's first commit. A line of output that would look like one of these signs stands behind a backslash. Everything
/// before the first command is read; of what follows, only commands and comments: the rest is what a run is compared with.
struct Transcript: Sendable, CustomTestStringConvertible {
    /// A command, with the comments above it.
    struct Step {
        var comments: [String]
        var command: String
    }

    /// The file's name.
    let name: String
    /// The sentence.
    let testDescription: String
    /// Everything before the first command, as it is written.
    let head: String
    /// What the repository holds at first.
    let base: Sandbox.Base
    /// The files of the first commit.
    let files: [(path: String, text: String)]
    /// The commands.
    let steps: [Step]

    init(name: String, _ text: String) throws {
        self.name = name
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        testDescription = String((lines.first ?? "").drop { $0 == "#" || $0 == " " })
        var headLines = Array(lines.prefix { !$0.hasPrefix("$ ") })
        lines = lines.dropFirst(headLines.count)
        // Comments just above the first command belong to it.
        let opening = Array(headLines.reversed().prefix { $0.hasPrefix("#") }.reversed())
        headLines.removeLast(opening.count)
        head = headLines.map { $0 + "\n" }.joined()
        let words = headLines.compactMap { $0.hasPrefix("base: ") ? String($0.dropFirst(6)) : nil }.first
        guard let base = Sandbox.Base(rawValue: words ?? "empty") else { throw Trouble("\(name): there is no base '\(words ?? "")'") }
        self.base = base
        files = Self.files(headLines)
        var comments = opening
        var steps: [Step] = []
        for line in lines {
            if line.hasPrefix("#") { comments.append(line) }
            guard line.hasPrefix("$ ") else { continue }
            steps.append(Step(comments: comments, command: String(line.dropFirst(2))))
            comments = []
        }
        self.steps = steps
        guard !steps.isEmpty else { throw Trouble("\(name) has no command") }
    }

    private static func files(_ lines: [String]) -> [(path: String, text: String)] {
        var files: [(path: String, lines: [String])] = []
        for line in lines {
            if line.hasPrefix("-- "), line.hasSuffix(" --") {
                files.append((String(line.dropFirst(3).dropLast(3)), []))
            } else if !files.isEmpty {
                files[files.count - 1].lines.append(line)
            }
        }
        // The empty line that parts a file from what follows isn't the file's.
        return files.map { file in (file.path, file.lines.reversed().drop(while: \.isEmpty).reversed().map { $0 + "\n" }.joined()) }
    }

    /// All cases, by name.
    static func all() throws -> [Transcript] {
        try FileManager.default.contentsOfDirectory(atPath: Project.cases).filter { $0.hasSuffix(".txtar") }.sorted().map { name in
            try Transcript(
                name: name, String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(Project.cases)/\(name)")), as: UTF8.self))
        }
    }

    /// Runs the session, and writes it down as the file should be.
    func recorded() async throws -> String {
        let sandbox = try await Sandbox(base, files: files)
        var text = head
        for (index, step) in steps.enumerated() {
            let isWatched = Self.mayWriteNothing(step.command)
            let before = isWatched ? try sandbox.listing() : [:]
            let output = try await sandbox.run(step.command)
            if isWatched, output.status != 0 || !step.command.contains("apply ") {
                let changed = try difference(before, try sandbox.listing())
                #expect(changed.isEmpty, "\(name): `\(step.command)` wrote \(changed)")
            }
            if index > 0 { text += "\n" }
            text += step.comments.map { $0 + "\n" }.joined() + "$ \(step.command)\n"
            if output.status != 0 { text += "? \(output.status)\n" }
            text +=
                section("stdout", try await sandbox.stable(output.results)) + section("stderr", try await sandbox.stable(output.complaints))
        }
        return text
    }

    /// Whether a command is one that leaves no trace: it only looks, or, for an apply, it does so when it is refused.
    private static func mayWriteNothing(_ command: String) -> Bool {
        let words = command.split(separator: " ").drop { $0.contains("=") }
        guard words.first == "deevnet", !command.contains(">"), !command.contains(" --out") else { return false }
        return ["validate", "plan", "explain", "graph", "apply"].contains { words.dropFirst().first == $0 }
    }

    private func difference(_ before: [String: String], _ after: [String: String]) throws -> [String] {
        Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    }

    private func section(_ title: String, _ text: String) -> String {
        if text.isEmpty { return "" }
        let digestless = text.replacing(/\b[0-9a-f]{64}\b/, with: "DIGEST")
        var lines = digestless.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() } else { lines.append("\\ no newline at the end") }
        let escaped = lines.map { line in
            let looksLikeASign = ["$ ", "#", "? ", "-- ", "\\"].contains { line.hasPrefix($0) } && line != "\\ no newline at the end"
            return (looksLikeASign ? "\\" : "") + line.replacing("\u{1b}", with: "␛") + "\n"
        }
        return "-- \(title) --\n" + escaped.joined()
    }
}
