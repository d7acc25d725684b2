import Foundation
import Glibc
import Targets
import Testing

@Suite struct `Local programs` {
    let programs = LocalPrograms()

    @Test func `give their status and both outputs in order`() async throws {
        let result = try await programs.run(["sh", "-c", "echo one; echo two >&2; echo three; exit 7"], within: 10)
        #expect(result == ProgramResult(status: 7, output: "one\ntwo\nthree\n"))
    }

    @Test func `get their arguments as they are`() async throws {
        let arguments = ["a b", "$HOME", "`id`", "*", "", "ä\n"]
        let result = try await programs.run(["printf", "%s|"] + arguments, within: 10)
        #expect(result.output == arguments.joined(separator: "|") + "|")
    }

    @Test func `get no environment but a path and a language, and nothing to read`() async throws {
        let result = try await programs.run(["env"], within: 10)
        #expect(result.output.split(separator: "\n").sorted() == ["LC_ALL=C", "PATH=\(LocalPrograms.path)"])
        #expect(try await programs.run(["cat"], within: 10) == ProgramResult(status: 0, output: ""))
    }

    @Test(arguments: ["no-such-checker", "/no/such/checker"]) func `are named when they are missing`(_ program: String) async throws {
        let error = await #expect(throws: TargetError.self) { try await programs.run([program, "-t"], within: 10) }
        #expect(error?.kind == .programMissing)
        #expect(error?.message.contains(program) == true)
    }

    @Test func `are refused when they are nothing, or when an argument can't be passed`() async throws {
        for command in [[], [""], ["echo", "a\0b"]] {
            await #expect(throws: TargetError.self) { try await programs.run(command, within: 10) }
        }
    }

    @Test func `are told apart from those that may not run`() async throws {
        let scratch = try Scratch()
        try scratch.write("text", to: "program")
        let error = await #expect(throws: TargetError.self) { try await programs.run(["\(scratch.path)/program"], within: 10) }
        #expect(error?.kind == .failed(errno: EACCES))
    }

    @Test func `are killed at their deadline with their children`() async throws {
        let scratch = try Scratch()
        let start = ContinuousClock.now
        let error = await #expect(throws: TargetError.self) {
            try await programs.run(["sh", "-c", "sleep 60 & echo $! > \(scratch.path)/pid; wait"], within: 1)
        }
        #expect(error?.kind == .failed(errno: ETIMEDOUT))
        #expect(ContinuousClock.now - start < .seconds(20))
        let child = try #require(scratch.text("pid").flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
        #expect(try await eventually { kill(child, 0) != 0 }, "the child \(child) outlived its parent")
    }

    @Test func `are cut in what they say, and not held up by it`() async throws {
        let result = try await programs.run(["sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x; echo end"], within: 30)
        #expect(result.status == 0)
        #expect(result.output.utf8.count == LocalPrograms.outputLimit)
        let error = await #expect(throws: TargetError.self) { try await programs.run(["yes"], within: 1) }
        #expect(error?.kind == .failed(errno: ETIMEDOUT))
    }

    @Test func `end when they end, not when a child lets go of the output`() async throws {
        let start = ContinuousClock.now
        let result = try await programs.run(["sh", "-c", "sleep 30 & echo started $!"], within: 25)
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(result.status == 0 && result.output.hasPrefix("started "))
        if let child = result.output.split(whereSeparator: \.isWhitespace).last.flatMap({ Int32($0) }) { kill(child, SIGKILL) }
    }

    @Test func `that are killed say by what`() async throws {
        #expect(try await programs.run(["sh", "-c", "kill -SEGV $$"], within: 10).status == 128 + SIGSEGV)
    }
}

/// Tries until it holds, for at most ten seconds.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return try await condition()
}
