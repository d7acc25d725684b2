internal import CSystemCalls
internal import Glibc
internal import Synchronization

/// A target's file tree below its root: `/` on a real machine, any directory for a dry tree.
///
/// The root is opened once, so that swapping the directory under our feet changes nothing.
final class RootedTree: Sendable {
    let root: String
    let gate: SystemGate
    private let descriptor = Mutex<Int32?>(nil)

    init(root: String, gate: SystemGate) {
        var root = root
        while root.count > 1 && root.hasSuffix("/") { root.removeLast() }
        self.root = root.isEmpty ? "/" : root
        self.gate = gate
    }

    deinit {
        if let open = descriptor.withLock({ $0 }) { close(open) }
    }

    /// A path of the target as this machine names it.
    func hostPath(_ path: String) -> String { root == "/" ? path : root + path }

    /// The directory at a path of the target without the first slash; nil when it, or the root, isn't there.
    func directory(_ relative: String) throws(TargetError) -> Directory? {
        guard let top = try top() else { return nil }
        if relative.isEmpty { return top }
        return try top.open(relative)
    }

    /// The directory at a path of the target, making it and all above it durably where they are missing.
    func makeDirectory(_ relative: String) throws(TargetError) -> Directory {
        if let found = try directory(relative) { return found }
        if try top() == nil { try makeRoot() }
        guard var current = try top() else { throw .system(ENOENT, .mkdirat, root) }
        for name in relative.split(separator: "/") {
            current = try current.openOrMake(String(name))
        }
        return current
    }

    private func top() throws(TargetError) -> Directory? {
        let opened = descriptor.withLock { held in
            if let held { return held }
            let opened = unsafe csys_open(AT_FDCWD, root, O_RDONLY | O_DIRECTORY, 0, 0, 0)
            if opened >= 0 { held = opened }
            return opened
        }
        if opened == -ENOENT { return nil }
        guard opened >= 0 else { throw .system(-opened, deed: "open the root", call: "openat2", root) }
        let copy = fcntl(opened, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw .system(errno, deed: "open the root", call: "fcntl", root) }
        return Directory(adopting: copy, path: root, gate: gate)
    }

    /// The operator names the root, links included; only what is below it is ours to distrust.
    private func makeRoot() throws(TargetError) {
        let start = root.hasPrefix("/") ? "/" : "."
        let opened = unsafe csys_open(AT_FDCWD, start, O_RDONLY | O_DIRECTORY, 0, 0, 0)
        guard opened >= 0 else { throw .system(-opened, deed: "open the directory", call: "openat2", start) }
        var current = Directory(adopting: opened, path: start, gate: gate)
        for name in root.split(separator: "/") {
            let path = current.path(of: String(name))
            var next = unsafe csys_open(current.descriptor, String(name), O_RDONLY | O_DIRECTORY, 0, 0, 0)
            if next == -ENOENT {
                do throws(TargetError) {
                    current = try current.make(String(name))
                    continue
                } catch {
                    // Another apply made it in between.
                    guard error.kind == .failed(errno: EEXIST) else { throw error }
                    next = unsafe csys_open(current.descriptor, String(name), O_RDONLY | O_DIRECTORY, 0, 0, 0)
                }
            }
            guard next >= 0 else { throw .system(-next, deed: "open the directory", call: "openat2", path) }
            current = Directory(adopting: next, path: path, gate: gate)
        }
    }
}
