internal import CSystemCalls
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// Rooms on this machine, made by `unshare` (util-linux) and `ip` (iproute2) in namespaces of their own.
///
/// In a room the staged files stand below `/etc/deevnet/current`, `/var/lib` and `/run` are empty, and there is no network but its own. All that
/// runs in it ends with it, and it ends with us.
public struct LocalRehearsals: RehearsalRooms {
    /// How long making a room may take.
    private static let patience = Duration.seconds(10)

    /// Makes them.
    public init() {}

    /// Asked once: making a network namespace takes milliseconds, and what a process may doesn't change while it runs.
    private static let unshareAnswer = csys_may_unshare()

    /// Whether the kernel lets us have namespaces, and the programs are there.
    public func obstacle() -> String? {
        let answer = Self.unshareAnswer
        guard answer == 0 else {
            let who = geteuid() == 0 ? "" : " to user \(geteuid())"
            return "no namespaces are allowed\(who) (unshare, \(SystemError.name(of: -answer)))"
        }
        let folders = LocalPrograms.path.split(separator: ":")
        let missing = ["unshare", "mount", "ip"].filter { program in
            !folders.contains { unsafe access("\($0)/\(program)", X_OK) == 0 }
        }
        return missing.isEmpty ? nil : "\(missing.joined(separator: " and ")) isn't there"
    }

    /// Makes a room, starts the daemon, and waits until what is done with it is done.
    public func open(
        _ setup: RehearsalSetup, while body: @escaping @Sendable (any RehearsalRoom) async -> RehearsalOutcome
    ) async -> RehearsalOutcome {
        do {
            return try await run(Self.arguments(setup), setup, body)
        } catch let error as TargetError {
            return .notPossible(error.message)
        } catch {
            return .notPossible("no room could be made: \(error)")
        }
    }

    private static func arguments(_ setup: RehearsalSetup) -> [String] {
        let namespaces = ["--net", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"]
        let interfaces = setup.interfaces.enumerated().flatMap { index, interface in
            [interface.name, setup.peer(index)] + interface.addresses
        }
        return namespaces + ["--", "sh", "-c", RehearsalScript.text, "rehearsal", setup.staged, setup.place.description] + interfaces + [
            "--"
        ]
            + setup.command
    }

    private func run(
        _ arguments: [String], _ setup: RehearsalSetup, _ body: @escaping @Sendable (any RehearsalRoom) async -> RehearsalOutcome
    ) async throws -> RehearsalOutcome {
        let output = try ProgramOutput()
        let wish = try RehearsalWish()
        var options = PlatformOptions()
        options.createSession = true
        let pipe = FileDescriptor(rawValue: output.writing)
        let ended = try await Subprocess.run(
            .name("unshare"), arguments: Arguments(arguments), environment: .custom(["PATH": LocalPrograms.path, "LC_ALL": "C"]),
            platformOptions: options, input: .fileDescriptor(FileDescriptor(rawValue: wish.reading), closeAfterSpawningProcess: false),
            output: .fileDescriptor(pipe, closeAfterSpawningProcess: false),
            error: .fileDescriptor(pipe, closeAfterSpawningProcess: false)
        ) { execution in
            output.closeWriting()
            let process = execution.processIdentifier
            let room = LocalRehearsalRoom(
                pid: process.value, process: process.processDescriptor, setup: setup, told: output)
            let outcome = await Self.use(room, output, body)
            wish.end()
            return outcome
        }
        return ended.closureResult
    }

    private static func use(
        _ room: LocalRehearsalRoom, _ output: ProgramOutput, _ body: @escaping @Sendable (any RehearsalRoom) async -> RehearsalOutcome
    ) async -> RehearsalOutcome {
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while !room.isReady {
            // One that was ready and has ended since is a daemon that ended, which is for the body to say.
            if (room.hasEnded && !room.isReady) || Task.isCancelled || clock.now >= deadline {
                return .notPossible("no room could be made: \(room.output.split(whereSeparator: \.isNewline).last ?? "it took too long")")
            }
            try? await clock.sleep(for: .milliseconds(2))
        }
        // What the daemon tells is read while it is asked, or it would wait for us with a full pipe.
        let reading = Task {
            while !Task.isCancelled {
                output.drain()
                try? await clock.sleep(for: .milliseconds(5))
            }
        }
        let outcome = await body(room)
        reading.cancel()
        return outcome
    }
}

extension RehearsalSetup {
    /// The name of the client's side of an interface: one that none of the interfaces has.
    func peer(_ index: Int) -> String {
        let names = Set(interfaces.map(\.name))
        var name = "client\(index)"
        while names.contains(name) { name = "x" + name }
        return name
    }
}

/// The room's standard input: it is wanted as long as this is open, so it goes when we end, whatever ends us.
private final class RehearsalWish: Sendable {
    let reading: Int32
    private let writing: OpenDescriptor

    init() throws(TargetError) {
        var (reading, writing): (Int32, Int32) = (-1, -1)
        let answer = unsafe csys_pipe(&reading, &writing)
        guard answer >= 0 else { throw .system(-answer, deed: "make", call: "pipe2", "a pipe") }
        self.reading = reading
        self.writing = OpenDescriptor(adopting: writing)
    }

    deinit { close(reading) }

    func end() { writing.close() }
}
