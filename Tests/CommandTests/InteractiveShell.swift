import Testing

/// A shell as a person uses it, with nothing of the machine's configuration but the project's completions.
enum InteractiveShell: String, CaseIterable, CustomTestStringConvertible {
    case bash, zsh, fish

    var testDescription: String { rawValue }
    /// The completions' file.
    var file: String { self == .zsh ? "_deevnet" : "deevnet.\(rawValue)" }
    var isInstalled: Bool { Project.installed(rawValue) != nil }

    /// The last word of a line after TAB.
    func complete(_ typed: String, in sandbox: Sandbox) async throws -> String {
        let folder = "\(Project.folder)/packaging/completions"
        let (program, setUp) =
            switch self {
            case .bash: ("bash --norc --noprofile -i", "source \(folder)/\(file); \(Self.last)")
            case .zsh: ("zsh -f -i", "fpath=(\(folder) $fpath); autoload -Uz compinit; compinit -u -D; bindkey -e; \(Self.last)")
            case .fish: ("fish --no-config -i", "source \(folder)/\(file); function last; printf 'LAST''<%s>' $argv[-1]; end")
            }
        let output = try await sandbox.run(
            "/usr/bin/python3 -I -c \"$DRIVER\" \"$SETUP\" \"$TYPED\" \(program)",
            ["DRIVER": Self.driver, "SETUP": setUp, "TYPED": typed, "TERM": "dumb"])
        return output.results + output.complaints
    }

    /// Prints its last argument; the quotes keep what is typed from looking like what is printed.
    private static let last = #"last() { printf 'LAST''<%s>' "${@: -1}"; }"#

    /// Types at a terminal: TAB at the end of the line, then a command before it that prints its last word. A shell takes its keys one by one,
    /// so nothing has to be waited for but its prompt and that word.
    private static let driver = #"""
        import os, pty, select, sys, time

        setup, typed, program = sys.argv[1], sys.argv[2], sys.argv[3:]
        pid, terminal = pty.fork()
        if pid == 0:
            os.execvp(program[0], program)

        seen = b""
        def between(begin, end):
            global seen
            deadline = time.monotonic() + 20
            while begin not in seen or end not in seen.split(begin, 1)[1]:
                ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.monotonic()))
                if not ready: sys.exit(f"no {begin!r} in {seen!r}")
                seen += os.read(terminal, 65536)
            return seen.split(begin, 1)[1].split(end, 1)[0].decode()

        os.write(terminal, (setup + "; printf 'REA''DY<>'\n").encode())
        between(b"READY<", b">")
        os.write(terminal, typed.encode() + b"\t\x01last \n")
        print(between(b"LAST<", b">"), end="")
        os.close(terminal)
        """#
}
