import Foundation
import Testing

/// What the kernel was asked, by strace: the gate sees every change of a target, and a second apply makes none.
@Suite(.serialized, .enabled(if: Trace.isPossible, "strace isn't installed, or may not trace")) struct TraceTests {
    @Test(arguments: Bench.Base.allCases)
    func `every call that changes a target passes the gate, and no other does`(base: Bench.Base) async throws {
        let bench = try await Bench()
        let root = try await bench.root(base)
        let trace = "\(root.path).trace"
        let output = try await bench.apply(to: root, under: Trace.program(trace))
        try #require(output.status == 0, "\(output)")
        let gated = GatedCall.all(in: output)
        #expect(gated.count > 60)
        #expect(try Trace.changes(in: trace).map(\.description) == gated.map(\.description))
        // Where the root is made, the directory that holds it is synced; nothing else outside is touched.
        let elsewhere = gated.filter { !$0.path.hasPrefix(root.path) }
        #expect(elsewhere.map(\.name) == (base == .empty ? ["fsync"] : []))
        try FileManager.default.removeItem(atPath: trace)
    }

    @Test func `a second apply changes nothing`() async throws {
        let bench = try await Bench()
        let root = try await bench.root(.settled)
        let trace = "\(root.path).trace"
        let output = try await bench.apply(.old, to: root, under: Trace.program(trace))
        try #require(output.status == 0, "\(output)")
        let text = try String(contentsOfFile: trace, encoding: .utf8)
        // The tree was looked at; that alone shows that the trace has seen it.
        #expect(text.contains("\(root.path)/builder-ph01"))
        #expect(try Trace.changes(in: trace) == [])
        #expect(!text.contains("kill(") && !text.contains("pidfd_send_signal("))
        Tier.report("a second apply: 0 changing calls, \(Int(output.seconds * 1000)) ms under strace")
        try FileManager.default.removeItem(atPath: trace)
    }

    @Test func `a program that changes a tree past the gate is seen, and one that only reads isn't`() async throws {
        let folder = NSTemporaryDirectory() + "deevnet-trace-\(UUID().uuidString.prefix(8))"
        defer { for path in [folder, "\(folder).trace"] { try? FileManager.default.removeItem(atPath: path) } }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let trace = Trace.program("\(folder).trace")
        let change = "echo x > $0/a; mv $0/a $0/b; chmod 600 $0/b; mkdir $0/c; rm $0/b"
        try await Command.must(trace + ["sh", "-ec", change, folder])
        let changes = try Trace.changes(in: "\(folder).trace").map { "\($0.name.prefix(5)) \($0.path.dropFirst(folder.count))" }
        #expect(changes == ["opena /a", "write /a", "renam /b", "fchmo /b", "mkdir /c", "unlin /b"])
        try await Command.must(trace + ["sh", "-ec", "read word < /etc/passwd; ls $0 > /dev/null", folder])
        #expect(try Trace.changes(in: "\(folder).trace") == [])
        Tier.report("control, \(changes.count) calls past the gate: seen")
    }
}

/// strace and how its lines are read.
enum Trace {
    static let isPossible = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["strace", "-o", "/dev/null", "true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Every call of Linux 6.1 that makes, changes or removes something in a file system, and the sending of signals.
    private static let names = [
        "open", "openat", "openat2", "creat", "mkdir", "mkdirat", "mknod", "mknodat", "write", "writev", "pwrite64", "pwritev", "pwritev2",
        "sendfile", "copy_file_range", "splice", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink",
        "unlinkat", "rmdir", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "fallocate", "truncate", "ftruncate",
        "fsync", "fdatasync", "sync_file_range", "utimensat", "futimesat", "utime", "utimes", "setxattr", "lsetxattr", "fsetxattr",
        "removexattr", "lremovexattr", "fremovexattr", "kill", "tkill", "tgkill", "pidfd_send_signal", "mount", "umount2",
    ]

    static func program(_ file: String) -> [String] {
        ["strace", "-f", "-y", "-s", "0", "-o", file, "-e", "trace=\(names.joined(separator: ","))"]
    }

    /// The calls that change something, in the order in which they began. Descriptors without a path (pipes, sockets, memory)
    /// and devices aren't counted.
    static func changes(in file: String) throws -> [GatedCall] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            guard let match = line.prefixMatch(of: /\d+ +(\w+)\((.*)/) else { return nil }
            var (name, rest) = (String(match.1), String(match.2))
            let isOpening = name.hasPrefix("open") || name == "creat"
            if isOpening {
                let flags = rest.matches(of: /\bO_(WRONLY|RDWR|CREAT|TRUNC|APPEND)\b/)
                if name != "creat" && flags.isEmpty { return nil }
                name = "openat"
            }
            if name.hasSuffix("kill") || name.hasSuffix("signal") { return nil }
            guard let path = path(of: name, rest), path.hasPrefix("/"), !path.hasPrefix("/dev/") || path.hasPrefix("/dev/shm/") else {
                return nil
            }
            return GatedCall(name: name, path: path)
        }
    }

    /// What a call acts on: of two names the later, which is the one that is made.
    private static func path(of name: String, _ rest: String) -> String? {
        // Each descriptor is followed by its path in angle brackets.
        let pairs = rest.matches(of: /(?:AT_FDCWD|\d+)<([^>]*)>, "([^"]*)"/)
        if name.contains("at") && !name.hasPrefix("f"), let pair = pairs.last {
            return pair.2.hasPrefix("/") ? String(pair.2) : "\(pair.1)/\(pair.2)"
        }
        if let own = rest.firstMatch(of: /^\d+<([^>]*)>/) { return String(own.1) }
        return rest.firstMatch(of: /"([^"]*)"/).map { String($0.1) }
    }
}
