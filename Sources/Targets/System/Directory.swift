internal import CSystemCalls
internal import Glibc

/// An open directory of a target: the only way to files, so that nothing above it can be swapped for a link while we work.
///
/// Every name below it is opened by openat2(2) with nothing followed: no symbolic link, no `..`, no way out.
struct Directory: ~Copyable {
    /// The descriptor; it lives as long as this value.
    let descriptor: Int32
    /// Its path for people, with the root.
    let path: String
    let gate: SystemGate

    /// Takes over a descriptor.
    init(adopting descriptor: Int32, path: String, gate: SystemGate) {
        self.descriptor = descriptor
        self.path = path
        self.gate = gate
    }

    deinit { close(descriptor) }

    /// The path of something in it, for people.
    func path(of name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

    /// Opens a directory below; nil when there is none.
    func open(_ relative: String, sameDevice: Bool = false) throws(TargetError) -> Directory? {
        let opened = openBeneath(relative, O_RDONLY | O_DIRECTORY, sameDevice: sameDevice)
        if opened == -ENOENT { return nil }
        guard opened >= 0 else { throw .system(-opened, deed: "open the directory", call: "openat2", path(of: relative)) }
        return Directory(adopting: opened, path: path(of: relative), gate: gate)
    }

    /// Opens a directory in it, making it durably where there is none.
    func openOrMake(_ name: String) throws(TargetError) -> Directory {
        if let found = try open(name) { return found }
        do {
            return try make(name)
        } catch {
            // Someone else made it in between; whether it is a directory shows when it is opened.
            guard error.kind == .failed(errno: EEXIST), let found = try open(name) else { throw error }
            return found
        }
    }

    /// Makes a directory in it, durably; one that is there is EEXIST.
    func make(_ name: String) throws(TargetError) -> Directory {
        try gate.pass(.mkdirat, path(of: name)) { unsafe answer(mkdirat(descriptor, name, 0o755)) }
        guard let made = try open(name) else { throw .system(ENOENT, .mkdirat, path(of: name)) }
        try gate.pass(.fchmod, made.path) { answer(fchmod(made.descriptor, 0o755)) }
        try sync()
        return made
    }

    /// Waits until its names are on the disk.
    func sync() throws(TargetError) {
        try gate.pass(.fsync, path) { answer(fsync(descriptor)) }
    }

    /// openat2 on something below, without the gate: for reading.
    func openBeneath(_ relative: String, _ flags: Int32, sameDevice: Bool = false) -> Int32 {
        while true {
            let opened = unsafe csys_open(descriptor, relative, flags, 0, 1, sameDevice ? 1 : 0)
            if opened != -EINTR { return opened }
        }
    }
}
