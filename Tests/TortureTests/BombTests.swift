import Foundation
import Testing

/// Files that are small and would be large when read (`Tools/bombs`): each is refused by the limit that it breaks, with little memory and few words.
/// How long that takes is measured by `scripts/bench --bombs`: no test hangs on a clock.
@Suite(.serialized) struct BombTests {
    private struct Bomb {
        var name: String
        var code: String
    }

    /// What reading a file came to.
    private struct Verdict {
        var complaints: [String] = []
        /// The most memory, in KiB.
        var peak = 0
    }

    private static let tool = "\(Bench.tools)/bombs"

    private static func bombs() async throws -> [Bomb] {
        try await Command.must([tool, "list"]).split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            return Bomb(name: parts[1], code: parts[0])
        }
    }

    /// An inventory without fault, and the file in it that is replaced.
    private final class Ground: Sendable {
        let folder = NSTemporaryDirectory() + "deevnet-bombs-\(UUID().uuidString.prefix(8))"
        var file: String { "\(folder)/sites/home/bomb.yml" }

        init() async throws {
            let make = "mkdir -p $0; cd $0; git init -q -b main; $1 init --organization sample --domain deevnet.net --site home > /dev/null"
            try await Command.must(["sh", "-ec", make, folder, Bench.program("deevnet")])
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// Lets a program read the ground and says what is wrong with how it refuses that.
    private static func judge(_ words: [String], code: String) async throws -> Verdict {
        let output = try await Command.run(["\(Bench.tools)/peak"] + words)
        let figures = output.complaints.split(separator: "\n").last?.split(separator: " ").compactMap { Int($0) } ?? []
        try #require(figures.count == 2)
        var verdict = Verdict(peak: figures[0])
        if output.status != 1 { verdict.complaints.append("not refused: it ended with \(output.status)") }
        if !output.complaints.contains("error[\(code)]") { verdict.complaints.append("not by its limit: \(output.complaints.prefix(300))") }
        if output.complaints.utf8.count >= 1 << 20 { verdict.complaints.append("many words: \(output.complaints.utf8.count) bytes") }
        if verdict.peak >= 64 << 10 { verdict.complaints.append("much memory: \(verdict.peak) KiB") }
        return verdict
    }

    @Test func `a bomb is refused by the limit that it breaks, with little memory and few words`() async throws {
        let ground = try await Ground()
        let bombs = try await Self.bombs()
        #expect(bombs.count > 30)
        var most = (peak: 0, name: "")
        for bomb in bombs {
            try await Command.must(["sh", "-ec", "$0 write \"$1\" > $2", Self.tool, bomb.name, ground.file])
            let verdict = try await Self.judge([Bench.program("deevnet"), "validate", "-C", ground.folder], code: bomb.code)
            #expect(verdict.complaints == [], "\(bomb.name)")
            if verdict.peak > most.peak { most = (verdict.peak, bomb.name) }
        }
        Tier.report("bombs: \(bombs.count) refused; at most \(most.peak >> 10) MiB (\(most.name)), the program's start included")
    }

    @Test func `a bomb that is let through, and a reader without limits, are caught`() async throws {
        let ground = try await Ground()
        try Data("# harmless\n".utf8).write(to: URL(fileURLWithPath: ground.file))
        let harmless = try await Self.judge([Bench.program("deevnet"), "validate", "-C", ground.folder], code: "DVN0016")
        #expect(harmless.complaints.count == 2, "\(harmless)")
        #expect(harmless.complaints.first == "not refused: it ended with 0")
        #expect(harmless.complaints.last?.hasPrefix("not by its limit") == true)
        // Each line holds the one before nine times: the ninth has some 190 MB.
        try await Command.must(["sh", "-ec", "$0 write 'a billion laughs' > $1", Self.tool, ground.file])
        let unlimited = """
            import re, sys
            values = {}
            for line in open(sys.argv[1]).readlines()[:9]:
                name, text = re.fullmatch(r"\\w+: &(\\w+) (.*)\\n", line).groups()
                values[name] = re.sub(r"\\*(\\w+)", lambda alias: values[alias[1]], text)
            sys.stderr.write("error[DVN0016]" + values["a7"][:2000000] + "\\n")
            sys.exit(1)
            """
        let caught = try await Self.judge(["python3", "-c", unlimited, ground.file], code: "DVN0016").complaints
        #expect(caught.count == 2 && caught[0].hasPrefix("many words") && caught[1].hasPrefix("much memory"), "\(caught)")
        Tier.report("control, a bomb that is let through and a reader without limits: caught")
    }
}
