internal import CSystemCalls
internal import Glibc

extension Directory {
    /// Creates a file with its final mode and durable contents, and reads it back. A name that is taken is EEXIST.
    func create(_ name: String, _ image: FileImage) throws(TargetError) {
        let path = path(of: name)
        let file = try gate.pass(.openat, path) {
            unsafe csys_open(descriptor, name, O_WRONLY | O_CREAT | O_EXCL, image.mode, 1, 0)
        }
        defer { close(file) }
        // Before the first byte: the umask may have taken bits away, and a file with secrets never has more than it should.
        try gate.pass(.fchmod, path) { answer(fchmod(file, image.mode)) }
        if !image.bytes.isEmpty {
            try gate.pass(.fallocate, path) {
                let answer = csys_reserve(file, Int64(image.bytes.count))
                return answer == -EOPNOTSUPP ? 0 : answer
            }
        }
        try gate.write(image.bytes, to: file, path)
        try gate.pass(.fsync, path) { answer(fsync(file)) }
        try prove(name, image)
    }

    /// Reads a file back and compares it with what was meant: a write may claim bytes that it lost.
    func prove(_ name: String, _ image: FileImage) throws(TargetError) {
        let found = try readFile(name, limit: max(image.bytes.count, 1))
        guard found == image else {
            let what = found.map { $0.bytes == image.bytes ? "its mode" : "its contents (\($0.bytes.count) of \(image.bytes.count) bytes)" }
            throw TargetError(
                .failed(errno: EIO), "\(path(of: name)) reads back differently than it was written: \(what ?? "it is gone")",
                mend: SystemError.mend(for: EIO, path: path))
        }
    }

    /// Puts a file in place of another in one step; throws `visibleNotDurable` when only the last sync failed.
    func replace(_ name: String, _ image: FileImage) throws(TargetError) {
        let fresh = Directory.temporary(name)
        do throws(TargetError) {
            do throws(TargetError) {
                try create(fresh, image)
            } catch {
                guard error.kind == .failed(errno: EEXIST) else { throw error }
                try remove(fresh)
                try create(fresh, image)
            }
            try move(fresh, to: name)
        } catch {
            try? remove(fresh)
            throw error
        }
        do { try sync() } catch { throw error.afterTheSwitch }
    }

    /// Puts a symbolic link in place of another in one step; throws `visibleNotDurable` when only the last sync failed.
    ///
    /// `check` is asked when the new link stands beside the old one. Whoever takes a target over removes such links first, so that a writer which
    /// is held up after the check finds nothing to move any more.
    func replaceLink(_ name: String, to destination: String, check: () throws(TargetError) -> Void) throws(TargetError) {
        let fresh = Directory.temporary(name)
        do throws(TargetError) {
            do throws(TargetError) {
                try link(fresh, to: destination)
            } catch {
                guard error.kind == .failed(errno: EEXIST) else { throw error }
                try remove(fresh)
                try link(fresh, to: destination)
            }
            try check()
            try move(fresh, to: name)
        } catch {
            try? remove(fresh)
            throw error
        }
        do { try sync() } catch { throw error.afterTheSwitch }
    }

    /// Gives a file of another directory a second name here.
    func carryOver(_ name: String, from other: borrowing Directory) throws(TargetError) {
        let source = other.descriptor
        try gate.pass(.linkat, path(of: name)) { unsafe answer(linkat(source, name, descriptor, name, 0)) }
    }

    /// Removes a file or link; one that isn't there is fine.
    func remove(_ name: String) throws(TargetError) { try unlink(name, flags: 0) }

    /// Removes an empty directory; one that isn't there is fine.
    func removeDirectory(_ name: String) throws(TargetError) { try unlink(name, flags: Int32(AT_REMOVEDIR)) }

    /// Removes a directory and all below it, following nothing and leaving the file system of nothing.
    func removeTree(_ name: String) throws(TargetError) {
        if let below = try open(name, sameDevice: true) {
            let listing = try below.listing()
            for child in listing.unspeakable {
                // Under a name that can be said it goes the way of all others.
                let name = Directory.temporary("unspeakable")
                try below.move(bytes: child, to: name)
                if try below.entry(name) == .directory { try below.removeTree(name) } else { try below.remove(name) }
            }
            for child in listing.names {
                if try below.entry(child) == .directory {
                    try below.removeTree(child)
                } else {
                    try below.remove(child)
                }
            }
        }
        try removeDirectory(name)
    }

    /// The name under which something is written before it takes its place; the same each time, so that what a crash leaves is found again.
    static func temporary(_ name: String) -> String { ".\(name).new" }

    private func link(_ name: String, to destination: String) throws(TargetError) {
        try gate.pass(.symlinkat, path(of: name)) { unsafe answer(symlinkat(destination, descriptor, name)) }
    }

    private func move(_ name: String, to final: String) throws(TargetError) {
        try gate.pass(.renameat, path(of: final)) { unsafe answer(renameat(descriptor, name, descriptor, final)) }
    }

    private func move(bytes name: [UInt8], to final: String) throws(TargetError) {
        let name = name.map { CChar(bitPattern: $0) } + [0]
        try gate.pass(.renameat, path(of: final)) { unsafe answer(renameat(descriptor, name, descriptor, final)) }
    }

    private func unlink(_ name: String, flags: Int32) throws(TargetError) {
        try gate.pass(.unlinkat, path(of: name)) {
            let answer = unsafe Targets.answer(unlinkat(descriptor, name, flags))
            return answer == -ENOENT ? 0 : answer
        }
    }
}
