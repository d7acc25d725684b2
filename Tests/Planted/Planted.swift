import Glibc
import Targets

/// A writer of a target's files with one mistake planted in it, or none: what the harnesses must catch, and what they must let pass.
///
///     deevnet-planted MISTAKE ROOT NAME TEXT
///
/// It makes a generation whose files say TEXT live, as the product does and with none of its code; NAME is the host's directory below the root.
/// The gate's faults reach it by the same variable.
enum Mistake: String {
    case none
    /// Nothing is waited for until it is on the disk.
    case sync
    /// The live link is removed and made again, not replaced.
    case rename
    /// Changes the live files where they stand.
    case place
    /// Doesn't look whether another generation became live before it switches.
    case fencing
    /// Works without the lock.
    case lock
    /// An error is not told.
    case silence
    /// Opens whole paths, and follows what is in the way.
    case follow
}

struct Failure: Error {
    let text: String
}

@main struct Planted {
    let mistake: Mistake
    let tree: String
    let text: String
    #if DEBUG
        let fault = EnvironmentFault()
    #endif

    static func main() {
        let words = CommandLine.arguments
        guard words.count == 5, let mistake = Mistake(rawValue: words[1]) else { exit(64) }
        do {
            try Planted(mistake: mistake, tree: "\(words[2])/\(words[3])", text: words[4]).apply()
        } catch {
            complain("\(error)")
            exit((error as? Failure)?.text == "locked" ? 4 : 1)
        }
    }

    private static func complain(_ text: String) {
        let bytes = Array("planted: \(text)\n".utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// One call, with the fault that is asked for before it.
    private func call(_ call: SystemCall, _ path: String, _ body: () -> Int32) throws {
        Self.complain("number=0 path=\(path) [Targets] \(call)")
        #if DEBUG
            switch fault?.fault(before: call, number: 0) {
            case .kill: _ = kill(getpid(), SIGKILL)
            case .stop: _ = raise(SIGSTOP)
            case .fail(let errno):
                if mistake == .silence { return }
                throw Failure(text: "\(call) \(path): (\(errno == ENOSPC ? "ENOSPC" : "EIO"))")
            default: break
            }
        #endif
        guard body() >= 0 else { throw Failure(text: "\(call) \(path): errno \(errno)") }
    }

    private func apply() throws {
        try directory("\(tree)/run/deevnet")
        let lock = unsafe open("\(tree)/run/deevnet/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        if mistake != .lock, flock(lock, LOCK_EX | LOCK_NB) != 0 { throw Failure(text: "locked") }
        let base = "\(tree)/etc/deevnet"
        let live = link("\(base)/current")
        let number = max(live, counter("\(tree)/var/lib/deevnet/last-generation")) + 1
        if mistake == .place, live > 0 { return try fill("\(base)/generations/\(live)") }
        try directory("\(tree)/var/lib/deevnet")
        try file("\(tree)/var/lib/deevnet/.last-generation.new", "\(number)\n")
        try rename("\(tree)/var/lib/deevnet/.last-generation.new", "\(tree)/var/lib/deevnet/last-generation")
        try sync("\(tree)/var/lib/deevnet")
        try fill("\(base)/generations/\(number)")
        if mistake == .rename {
            try call(.unlinkat, "current") { unsafe unlink("\(base)/current") == 0 || errno == ENOENT ? 0 : -1 }
            try call(.symlinkat, "current") { unsafe symlink("generations/\(number)", "\(base)/current") }
        } else {
            _ = unsafe unlink("\(base)/.current.new")
            try call(.symlinkat, ".current.new") { unsafe symlink("generations/\(number)", "\(base)/.current.new") }
            // Only now: whoever took over since has removed the new link, or shows here.
            guard mistake == .fencing || link("\(base)/current") == live else { throw Failure(text: "overtaken by another") }
            try rename("\(base)/.current.new", "\(base)/current")
        }
        // What is visible now may not last; that is told, and is no failure.
        do { try sync(base) } catch { Self.complain("\(error)") }
    }

    /// The files of a generation: several that must not be mixed, and the mark of completeness.
    private func fill(_ generation: String) throws {
        try directory("\(generation)/dnsmasq/home")
        for name in ["dnsmasq.conf", "hosts", "options", "reservations"] { try file("\(generation)/dnsmasq/home/\(name)", text) }
        try file("\(generation)/records.json", "[]\n")
        for part in ["/dnsmasq/home", "/dnsmasq", "", "/.."] { try sync(generation + part) }
    }

    private func file(_ path: String, _ text: String) throws {
        var opened: Int32 = -1
        try call(.openat, path) {
            // What is in the way is followed where that is the mistake.
            opened = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | (mistake == .follow ? 0 : O_NOFOLLOW), 0o644)
            return opened
        }
        defer { close(opened) }
        let bytes = Array(text.utf8)
        try call(.write, path) { unsafe bytes.withUnsafeBytes { Int32(unsafe write(opened, $0.baseAddress, $0.count)) } }
        if mistake != .sync { try call(.fsync, path) { fsync(opened) } }
    }

    private func directory(_ path: String) throws {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/\(part)"
            try call(.mkdirat, made) { unsafe mkdir(made, 0o755) == 0 || errno == EEXIST ? 0 : -1 }
        }
    }

    private func rename(_ old: String, _ new: String) throws { try call(.renameat, new) { unsafe Glibc.rename(old, new) } }

    private func sync(_ path: String) throws {
        if mistake == .sync { return }
        let opened = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(opened) }
        try call(.fsync, path) { fsync(opened) }
    }

    /// The generation that a link names; 0: none.
    private func link(_ path: String) -> Int {
        var buffer = [CChar](repeating: 0, count: 64)
        let count = unsafe readlink(path, &buffer, buffer.count)
        guard count > 0 else { return 0 }
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: "/").last.flatMap {
            Int($0)
        } ?? 0
    }

    private func counter(_ path: String) -> Int {
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return 0 }
        defer { close(opened) }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(opened, $0.baseAddress, $0.count) }
        return Int(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).filter(\.isNumber)) ?? 0
    }
}
