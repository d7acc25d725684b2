import Foundation
import Testing

/// Whoever made a repository, looking at it runs nothing, connects to nothing, opens nothing outside of it, writes nothing, and ends.
@Suite(.serialized, .enabled(if: Trace.isPossible && geteuid() == 0, "strace isn't installed or may not trace, or this isn't root"))
struct HostileRepositoryTests {
    /// How long one command may take under strace, which slows it down about threefold, and what it may have in memory beside its programs.
    private static let seconds = 20
    private static let memory = 256 << 20
    private static let commands = [["validate"], ["validate", "--ref", "HEAD"], ["plan"]]
    private static let documented: Set<Int32> = [0, 1, 2, 3, 4, 5, 64, 75, 130]
    private static let secret = "sekret-4711"

    /// A sample repository, and another one outside of it.
    private final class Ground: Sendable {
        let folder: String

        init() async throws {
            folder = NSTemporaryDirectory() + "deevnet-hostile-\(UUID().uuidString.prefix(8))"
            let make = """
                mkdir -p $0/base/outside; cd $0/base; git init -q -b main repo
                $1 init --organization sample --domain deevnet.net --site home -C repo > /dev/null; git -C repo add .; git -C repo commit -qm first
                cp -a repo outside/other; echo 'secret: \(HostileRepositoryTests.secret)' > outside/secret.yml
                chmod 600 outside/secret.yml
                """
            try await Command.must(["sh", "-ec", make, folder, Bench.program("deevnet")])
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        /// Makes a variant of a kind; its directory, with `repo` and `outside` in it.
        func make(_ kind: HostileRepository, _ number: Int) async throws -> String {
            let place = "\(folder)/\(UUID().uuidString.prefix(8))"
            try await Command.must(["cp", "-a", "\(folder)/base", place])
            let output = try await Command.run(
                [
                    "sh", "-c", HostileRepository.preamble + kind.script + HostileRepository.end, "\(place)/repo", "\(place)/outside",
                    "\(number)",
                ],
                ["TOOLS": Bench.tools, "HOME": folder])
            guard output.status == 0 else { throw Trouble("\(kind) \(number) can't be made: \(output)") }
            return place
        }
    }

    /// What a command did that it shouldn't.
    private static func judge(_ command: [String], in folder: String, _ kind: HostileRepository) async throws -> (
        complaints: [String], output: Output
    ) {
        let trace = "\(folder)/\(UUID().uuidString).trace"
        let output = try await Command.run(
            ["timeout", "-k", "2", "\(seconds)", "prlimit", "--data=\(memory)"] + Confinement.tracer(trace) + command,
            ["HOME": "\(folder)/home"])
        // As by git, a repository that isn't one is looked for in the directories above; another user's, in what the user's configuration calls safe.
        let above = sequence(first: folder) { $0 == "/" ? nil : URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        let confinement = Confinement(
            readable: ["\(folder)/repo", "\(folder)/dry"] + kind.parts.map { "\(folder)/outside/\($0)" },
            sought: above.flatMap { path in [".git", ".git/HEAD", "HEAD"].map { (path == "/" ? "" : path) + "/\($0)" } },
            configuration: "/dev/null")
        var complaints = try confinement.complaints(about: trace)
        if output.status == 124 {
            complaints.append("doesn't end")
        } else if !documented.contains(output.status) {
            complaints.append("ends with \(output.status): \(output.complaints.suffix(400))")
        }
        let told = output.results + output.complaints
        if told.contains(secret) || told.contains("root:x:0") { complaints.append("tells what stands outside") }
        if told.unicodeScalars.contains(where: {
            $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.generalCategory == .format)
        }) {
            complaints.append("writes a control character")
        }
        return (complaints, output)
    }

    private static func hasRun(_ folder: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/outside/ran") }

    @Test func `a program that opens, runs or tells too much is caught, and what is planted does run when git looks`() async throws {
        let ground = try await Ground()
        let kind = try #require(HostileRepository.all.first { $0.name == "filters" })
        let folder = try await ground.make(kind, 1)
        let controls = [
            ("cat /etc/passwd; :", ["opens outside", "runs a program", "tells what"]), ("echo x > \(folder)/repo/x", ["opens for writing"]),
            ("read x < \(folder)/outside/secret.yml; echo $x", ["opens outside", "tells what"]),
            ("read x < \(folder)/repo/../gone", ["asks for a file outside"]),
            (
                "exec python3 -c 'import socket; socket.socket().connect_ex((\"127.0.0.1\", 9))'",
                ["runs a program", "socket: ", "connect: "]
            ),
            ("kill -SEGV $$", ["ends with 139"]), ("exit 77", ["ends with 77"]), ("printf '\\033[31m'", ["writes a control"]),
        ]
        for (script, expected) in controls {
            let (complaints, _) = try await Self.judge(["sh", "-c", script], in: folder, kind)
            for words in expected { #expect(complaints.contains { $0.contains(words) }, "\(script): \(complaints)") }
        }
        #expect(try await Self.judge(["sh", "-c", "read x < \(folder)/repo/.git/HEAD"], in: folder, kind).complaints == [])
        var live = 0
        for name in ["filters", "a hooks path", "programs in the configuration"] {
            let kind = try #require(HostileRepository.all.first { $0.name == name })
            let folder = try await ground.make(kind, 1)
            _ = try await Command.run([
                "sh", "-c", "cd $0; git status; git add -A; git commit -qm x; git checkout -q -f HEAD", "\(folder)/repo",
            ])
            live += Self.hasRun(folder) ? 1 : 0
        }
        #expect(live == 3)
        Tier.report("control, programs that do what they shouldn't: \(controls.count) caught; git itself ran \(live) of 3 traps")
    }

    private static func words(_ command: [String], _ folder: String) -> [String] {
        let dry = command == ["plan"] ? ["home", "--root", "\(folder)/dry"] : []
        return [Bench.program("deevnet")] + command + dry + ["-C", "\(folder)/repo"]
    }

    @Test func `a hostile repository is safe to look at`() async throws {
        let ground = try await Ground()
        let cases = HostileRepository.all.flatMap { kind in (0..<Tier.of(1, deep: 4)).map { (kind, $0) } }
        let began = ContinuousClock.now
        let verdicts = try await each(of: cases) { kind, number in
            let folder: String
            do { folder = try await ground.make(kind, number) } catch {
                return (name: "\(kind) (\(number))", complaints: ["\("\(error)".suffix(300))"], codes: [Int32](), slowest: 0.0)
            }
            var complaints: [String] = []
            var (codes, slowest): ([Int32], Double) = ([], 0)
            for command in Self.commands {
                let (found, output) = try await Self.judge(Self.words(command, folder), in: folder, kind)
                complaints += found.map { "\(command.joined(separator: " ")) \($0)" }
                codes.append(output.status)
                slowest = max(slowest, output.seconds)
            }
            if Self.hasRun(folder) { complaints.append("something has run") }
            try await Command.must(["rm", "-rf", folder])
            return (name: "\(kind) (\(number))", complaints: complaints, codes: codes, slowest: slowest)
        }
        for verdict in verdicts where !verdict.complaints.isEmpty { Issue.record("\(verdict.name): \(verdict.complaints.prefix(3))") }
        let codes = verdicts.flatMap(\.codes)
        // Some are harmless and some are refused, or nothing was looked at.
        #expect(codes.contains(0) && codes.contains(1))
        let slowest = try #require(verdicts.max { $0.slowest < $1.slowest })
        Tier.report(
            [
                "hostile repositories: \(HostileRepository.all.count) kinds, \(verdicts.count) made, \(codes.count) commands, \(codes.count { $0 == 0 }) found nothing wrong,",
                "\(codes.count { $0 == 1 }) refused; programs, connections, files outside 0 in \(verdicts.count { $0.complaints.isEmpty }) of them;",
                "slowest \(Int(slowest.slowest * 1000)) ms under strace (\(slowest.name)), all in \((ContinuousClock.now - began).components.seconds) s",
            ].joined(separator: " "))
    }
}
