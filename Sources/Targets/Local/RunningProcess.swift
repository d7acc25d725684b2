internal import CSystemCalls
internal import Glibc

/// A process of this machine, named for ever by its id and the time it was started.
struct RunningProcess {
    let pid: Int32
    let startedAt: UInt64
    /// The program and its arguments, as the process shows them.
    let arguments: [String]
    /// The file that it runs; nil when we may not know.
    let executable: String?

    /// Looks a process up in /proc; nil when it isn't there or has ended.
    init?(pid: Int32) {
        guard pid > 0, let stat = Self.file("/proc/\(pid)/stat") else { return nil }
        // The second field is the name in parentheses and may hold anything, a parenthesis too: what follows the last one can be counted.
        let text = String(decoding: stat, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X", let started = UInt64(fields[19]) else { return nil }
        self.pid = pid
        startedAt = started
        arguments =
            Self.file("/proc/\(pid)/cmdline").map { bytes in
                bytes.split(separator: 0, omittingEmptySubsequences: true).map { String(decoding: $0, as: UTF8.self) }
            } ?? []
        executable = Self.link("/proc/\(pid)/exe")
    }

    /// When it was started, in seconds since 1970, as far as the clock has not been set since.
    var startTime: Double {
        var (now, sinceBoot) = (timespec(), timespec())
        guard unsafe clock_gettime(CLOCK_REALTIME, &now) == 0, unsafe clock_gettime(CLOCK_BOOTTIME, &sinceBoot) == 0 else {
            return .infinity
        }
        let boot = Double(now.tv_sec - sinceBoot.tv_sec) + Double(now.tv_nsec - sinceBoot.tv_nsec) / 1e9
        return boot + Double(startedAt) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Whether this is the program of a command, by its name: the process may show another path, or the interpreter of a script.
    func runs(programOf command: [String]) -> Bool {
        guard let program = command.first.map(Self.baseName) else { return false }
        let shown = arguments.prefix(2).map(Self.baseName)
        return shown.contains(program) || executable.map(Self.baseName) == program
    }

    /// Whether it was started with the files that a command names. A dry tree's process may name them with the root before.
    func hasPaths(of command: [String]) -> Bool {
        command.dropFirst().compactMap(Self.pathPart).allSatisfy { path in arguments.dropFirst().contains { $0.hasSuffix(path) } }
    }

    /// Opens one of its namespaces (`net`, `mnt`) when it isn't our own; nil when it is, or when we may not.
    func foreignNamespace(_ kind: String) -> Namespace? {
        guard let theirs = Self.link("/proc/\(pid)/ns/\(kind)"), let ours = Self.link("/proc/self/ns/\(kind)"), theirs != ours else {
            return nil
        }
        let opened = unsafe csys_open(AT_FDCWD, "/proc/\(pid)/ns/\(kind)", O_RDONLY, 0, 0, 0)
        return opened < 0 ? nil : Namespace(adopting: opened)
    }

    private static func baseName(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

    /// The path in `--conf-file=/etc/x`, `-C/etc/x` or `/etc/x`.
    private static func pathPart(_ argument: String) -> String? {
        argument.firstIndex(of: "/").map { String(argument[$0...]) }
    }

    private static func file(_ path: String) -> [UInt8]? {
        let opened = unsafe csys_open(AT_FDCWD, path, O_RDONLY, 0, 0, 0)
        guard opened >= 0 else { return nil }
        defer { close(opened) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 20 {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(opened, $0.baseAddress, $0.count) }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes.append(contentsOf: chunk.prefix(count))
        }
        return bytes
    }

    private static func link(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let length = unsafe buffer.withUnsafeMutableBufferPointer { unsafe csys_read_link(AT_FDCWD, path, $0.baseAddress, $0.count) }
        return length < 0 ? nil : String(decoding: buffer.prefix(length), as: UTF8.self)
    }
}

/// A namespace held open, so that it outlives the last process in it.
final class Namespace: Sendable {
    private let descriptor: Int32

    init(adopting descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// A path by which a program that we start can enter it.
    var path: String { "/proc/\(getpid())/fd/\(descriptor)" }
}
