internal import CSystemCalls
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// Runs programs on this machine, each in a session of its own, with a short list of environment variables and nothing on standard input.
public struct LocalPrograms: ProgramRunner {
    /// Where programs are looked for: never the caller's PATH, which may be anything.
    public static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    /// How much of a program's output is kept; the rest is read and dropped.
    public static let outputLimit = 64 << 10

    /// Makes a runner.
    public init() {}

    /// Runs a program until it ends, or kills it and its children at the deadline and throws `failed(ETIMEDOUT)`.
    ///
    /// It returns when the program itself has ended, also when a child in the background still holds the output open.
    public func run(_ command: [String], within seconds: Int) async throws(TargetError) -> ProgramResult {
        guard let program = command.first, !program.isEmpty else { throw TargetError(.programMissing, "an empty command names no program") }
        guard !command.contains(where: { $0.utf8.contains(0) }) else {
            throw TargetError(.failed(errno: EINVAL), "an argument of \(program) has a zero byte, and can't be passed")
        }
        try OpenFileLimit.ensure()
        let output = try ProgramOutput()
        do {
            return try await run(program, Array(command.dropFirst()), seconds, output)
        } catch let error as TargetError {
            throw error
        } catch let error as SubprocessError {
            throw Self.mapped(error, program)
        } catch {
            throw TargetError(.failed(errno: ECANCELED), "\(program) was given up: \(error)")
        }
    }

    private func run(_ program: String, _ arguments: [String], _ seconds: Int, _ output: ProgramOutput) async throws -> ProgramResult {
        var options = PlatformOptions()
        options.createSession = true
        let pipe = FileDescriptor(rawValue: output.writing)
        let deadline = ContinuousClock.now + .seconds(seconds)
        let outcome = try await Subprocess.run(
            program.contains("/") ? .path(FilePath(program)) : .name(program),
            arguments: Arguments(arguments),
            environment: .custom(["PATH": Self.path, "LC_ALL": "C"]),
            platformOptions: options,
            input: .none,
            output: .fileDescriptor(pipe, closeAfterSpawningProcess: false),
            error: .fileDescriptor(pipe, closeAfterSpawningProcess: false)
        ) { execution in
            output.closeWriting()
            let process = execution.processIdentifier
            while csys_process_ended(process.processDescriptor) == 0 {
                output.drain()
                if ContinuousClock.now >= deadline || Task.isCancelled {
                    // The whole session: a checker's children must not outlive it.
                    _ = kill(-process.value, SIGKILL)
                    return true
                }
                try? await Task.sleep(for: .milliseconds(5))
            }
            output.drain()
            return false
        }
        if outcome.closureResult {
            throw TargetError(
                .failed(errno: ETIMEDOUT), "\(program) did not end within \(seconds) s and was killed",
                mend: "run it by hand to see what it waits for: \(([program] + arguments).joined(separator: " "))")
        }
        let status: Int32 =
            switch outcome.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return ProgramResult(status: status, output: output.text)
    }

    /// Debian's packages of the programs that are run on a target.
    private static let packages = [
        "dnsmasq": "dnsmasq-base", "ip": "iproute2", "ss": "iproute2", "nsenter": "util-linux", "systemctl": "systemd",
    ]

    /// That a program isn't there, and which package has it.
    private static func missing(_ program: String) -> TargetError {
        TargetError(
            .programMissing, "\(program) isn't there (looked in \(path))",
            mend: "apt-get install \(packages[program] ?? "the package that has it")")
    }

    private static func mapped(_ error: SubprocessError, _ program: String) -> TargetError {
        let errno = error.underlyingError?.rawValue
        // The library calls a file that may not be executed not found, since it would look on along a PATH.
        if program.contains("/"), error.code == .executableNotFound, unsafe access(program, F_OK) == 0 {
            return .system(EACCES, deed: "run", call: "execve", program)
        }
        guard error.code != .executableNotFound, errno != ENOENT else {
            return missing(program)
        }
        return .system(errno ?? EIO, deed: "run", call: "execve", program)
    }
}
