import Foundation

/// What a program did that looking at a repository doesn't take, by what the kernel was asked (strace).
struct Confinement: Sendable {
    /// Directories that may be read.
    let readable: [String]
    /// Files that may be looked for.
    let sought: [String]
    /// The user's git configuration.
    let configuration: String

    private static let opening: Set<String> = ["open", "openat", "openat2"]
    /// Every other call that is traced is one too many.
    private static let forbidden = [
        "creat", "execveat", "socket", "socketpair", "connect", "bind", "sendto", "sendmsg", "mkdir", "mkdirat", "mknod", "mknodat",
        "rename", "renameat",
        "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "chmod", "fchmod", "fchmodat", "chown",
        "fchown",
        "lchown", "fchownat", "truncate", "ftruncate", "utimensat", "setxattr", "lsetxattr", "fsetxattr", "fork", "vfork", "ptrace",
        "mount",
    ]

    /// Files that a program of this build opens wherever it is used: the loader, the C and Swift runtimes (how many processors, how much memory), and
    /// libgit2's start, which reads the machine's certificates. What day it is, which a waiver's end is compared with, is asked of the time zone's file.
    private static let own = [
        "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/ssl/certs/ca-certificates.crt", "/usr/lib/ssl/openssl.cnf", "/etc/ssl/openssl.cnf",
        "/proc/sys/vm/overcommit_memory", "/etc/localtime",
    ]

    /// What lines are looked at with. Made once for a trace: a pattern in a function is compiled again in each call, which took most of the harness's time.
    private struct Patterns {
        let call = /^\d+ +(?:<\.\.\. )?(\w+)(\(| resumed>)/
        let writing = /\bO_(WRONLY|RDWR|CREAT|TRUNC|APPEND)\b/
        let opened = /= \d+<([^>]*)>$/
        let asked = /\((?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"([^"]*)"/
        let process = /^\/proc\/(self|\d+)\/(maps|exe|cgroup|stat|status|mountinfo)$/
        let library = /\.so(\.[0-9.]+)?$/
    }

    static func tracer(_ file: String) -> [String] {
        [
            "strace", "-f", "--seccomp-bpf", "-y", "-s", "4096", "-o", file, "-e",
            "trace=execve,\((opening.sorted() + forbidden).joined(separator: ","))",
            "-e", "signal=none",
        ]
    }

    /// What shouldn't have been; nothing, if it only read what it may.
    func complaints(about file: String) throws -> [String] {
        let patterns = Patterns()
        var programs = 0
        var complaints: [String] = []
        for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
            guard let call = line.firstMatch(of: patterns.call) else { continue }
            let (name, isBeginning) = (String(call.1), call.2 == "(")
            switch name {
            case "execve":
                programs += isBeginning ? 1 : 0
                if programs > 1 { complaints.append("runs a program: \(line)") }
            case _ where Self.opening.contains(name):
                complaints += self.complaints(ofOpening: line, isBeginning: isBeginning, patterns).map { "\($0): \(line)" }
            default: complaints.append("\(name): \(line)")
            }
        }
        if programs == 0 { complaints.append("nothing was traced") }
        return complaints.map { String($0.prefix(300)) }
    }

    private func complaints(ofOpening line: Substring, isBeginning: Bool, _ patterns: Patterns) -> [String] {
        var complaints: [String] = []
        if isBeginning, line.contains(patterns.writing) { complaints.append("opens for writing") }
        // What was opened in the end, whatever links were on the way; and of what couldn't be, what was asked for.
        if let opened = line.firstMatch(of: patterns.opened) {
            if !mayRead(String(opened.1), patterns) { complaints.append("opens outside") }
        } else if isBeginning, let asked = line.firstMatch(of: patterns.asked) {
            let path = asked.2.hasPrefix("/") ? String(asked.2) : "\(asked.1 ?? "")/\(asked.2)"
            if !mayRead(path, patterns), !sought.contains(path) { complaints.append("asks for a file outside") }
        }
        return complaints
    }

    private func mayRead(_ path: String, _ patterns: Patterns) -> Bool {
        let path = Self.plain(path)
        if readable.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) || Self.own.contains(path) || path == configuration {
            return true
        }
        if path.hasPrefix("/sys/fs/cgroup/") || path.hasPrefix("/sys/devices/system/cpu") { return true }
        if path.contains(patterns.process) { return true }
        return path.contains(patterns.library) || path.hasPrefix("/usr/lib/locale/") || path.hasPrefix("/usr/share/zoneinfo/")
    }

    /// Without `.`, `..` and doubled slashes.
    private static func plain(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
