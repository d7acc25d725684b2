internal import CSystemCalls
internal import Glibc
internal import Synchronization

/// A held lock: an open file with a kernel lock on it, which ends with the process however that ends.
final class LocalLock: TargetLock {
    private let descriptor: Mutex<Int32?>
    private let path: String
    private let gate: SystemGate

    init(adopting descriptor: Int32, path: String, gate: SystemGate) {
        self.descriptor = Mutex(descriptor)
        self.path = path
        self.gate = gate
    }

    deinit { release() }

    func release() {
        descriptor.withLock { held in
            guard let open = held else { return }
            // For people who look: nobody holds it. The lock itself is the open file.
            _ = try? gate.pass(.ftruncate, path) { answer(ftruncate(open, 0)) }
            // Not left to close: a child that is just being forked has a copy of the descriptor until it executes its program.
            _ = csys_unlock(open)
            close(open)
            held = nil
        }
    }
}

extension LocalFileStore {
    /// Takes the lock, or says who holds it. What a dead holder left in the file means nothing: only the kernel's lock counts.
    public func lock(_ holder: LockHolder) async throws(TargetError) -> any TargetLock {
        let run = try tree.makeDirectory(Layout.run)
        let path = run.path(of: Layout.lock)
        var refusals = 0
        while true {
            let file = try tree.gate.pass(.openat, path) {
                unsafe csys_open(run.descriptor, Layout.lock, O_RDWR | O_CREAT, 0o644, 1, 0)
            }
            let answer = csys_lock(file)
            guard answer == 0 else {
                close(file)
                guard answer == -EWOULDBLOCK else { throw .system(-answer, deed: "lock", call: "flock", path) }
                refusals += 1
                let other = await self.holder(in: run)
                // A lock that stays without a name is just being let go, or its holder gets no turn: then it's worth another try.
                if other == nil, refusals < 3 { continue }
                throw Self.held(by: other)
            }
            let lock = LocalLock(adopting: file, path: path, gate: tree.gate)
            // Someone may have removed the file between opening and locking it: then another file is the lock now.
            guard try isSame(file, Layout.lock, in: run) else { continue }
            let bytes = try JSONText.encode(holder, path)
            try tree.gate.pass(.ftruncate, path) { Targets.answer(ftruncate(file, 0)) }
            try tree.gate.write(bytes, to: file, path)
            return lock
        }
    }

    /// The holder writes its name just after it has the lock; a reader may come in between, or see what a dead one left.
    private func holder(in run: borrowing Directory) async -> LockHolder? {
        var holder: LockHolder?
        let deadline = ContinuousClock.now + .milliseconds(250)
        while ContinuousClock.now < deadline {
            if let file = try? run.readFile(Layout.lock), let read = try? JSONText.decode(LockHolder.self, file.bytes, run.path) {
                holder = read
                if kill(read.pid, 0) == 0 || errno == EPERM { break }
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return holder
    }

    private static func held(by holder: LockHolder?) -> TargetError {
        let known = holder ?? LockHolder(host: "unknown", pid: 0, user: "unknown", since: "unknown", revision: "unknown")
        return TargetError(
            .lockHeld(known), "\(known.user) on \(known.host) (process \(known.pid)) applies \(known.revision) here since \(known.since)",
            mend: "wait until it ends; a lock of a dead process frees itself")
    }

    private func isSame(_ file: Int32, _ name: String, in run: borrowing Directory) throws(TargetError) -> Bool {
        var ours = stat()
        var theirs = stat()
        guard unsafe fstat(file, &ours) == 0 else { throw .system(errno, deed: "look at", call: "fstat", run.path(of: name)) }
        guard unsafe fstatat(run.descriptor, name, &theirs, AT_SYMLINK_NOFOLLOW) == 0 else { return false }
        return ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev
    }
}
