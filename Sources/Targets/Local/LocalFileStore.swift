/// Files on this machine, below a root: `/` for the machine itself, any directory for a dry tree.
///
///     etc/deevnet/generations/7/dnsmasq/dvntm/…   the files of a place
///     etc/deevnet/generations/7/records.json      what each site last applied; written last
///     etc/deevnet/current -> generations/7        the switch
///     var/lib/deevnet/journal.json                an apply that has passed the point where it must be finished or undone
///     var/lib/deevnet/last-generation             the highest number ever given
///     run/deevnet/lock                            the lock, and who holds it
public final class LocalFileStore: FileStore {
    let tree: RootedTree

    /// Makes a store; nothing is opened or made before it is needed.
    public init(root: String, gate: SystemGate = SystemGate()) {
        tree = RootedTree(root: root, gate: gate)
    }

    /// The root, without a slash at its end.
    public var root: String { tree.root }

    /// The directory of a place as the target names it.
    public func path(of place: Place, in generation: UInt64?) -> String {
        let set = generation.map { "generations/\($0)" } ?? Layout.current
        return "/\(Layout.base)/\(set)/\(place)"
    }

    /// The directory of a place as programs on this machine see it.
    public func hostPath(of place: Place, in generation: UInt64?) -> String { tree.hostPath(path(of: place, in: generation)) }

    /// The live generation; nil before the first apply.
    public func live() async throws(TargetError) -> Generation? {
        guard let number = try liveNumber() else { return nil }
        guard let records = try records(of: number) else {
            throw TargetError(
                .unexpectedShape, "\(linkPath) names generation \(number), which isn't there or isn't complete",
                mend: "point it to a complete generation, or remove it to begin anew")
        }
        return Generation(number: number, records: records)
    }

    /// Makes a complete generation live by moving one symbolic link into place.
    public func makeLive(_ generation: UInt64?, replacing expected: UInt64?) async throws(TargetError) {
        let live = try liveNumber()
        guard live == expected || live == generation else { throw overtaken(by: live, expected) }
        guard let base = try tree.directory(Layout.base) else {
            if generation == nil { return }
            throw TargetError(.unexpectedShape, "\(tree.hostPath("/" + Layout.base)) isn't there")
        }
        guard let generation else {
            try base.remove(Layout.current)
            do { return try base.sync() } catch { throw error.afterTheSwitch }
        }
        guard try records(of: generation) != nil else {
            throw TargetError(.unexpectedShape, "generation \(generation) isn't complete, and can't be made live")
        }
        if live == generation {
            do { return try base.sync() } catch { throw error.afterTheSwitch }
        }
        try base.replaceLink(Layout.current, to: "generations/\(generation)") { () throws(TargetError) in
            let now = try liveNumber()
            guard now == live else { throw overtaken(by: now, live) }
        }
    }

    /// The journal left by an apply that did not end.
    public func journal() async throws(TargetError) -> Journal? { try readJournal() }

    /// Writes the journal durably; nil removes it.
    public func write(_ journal: Journal?) async throws(TargetError) {
        guard let journal else {
            guard let state = try tree.directory(Layout.state), try state.entry(Layout.journal) != nil else { return }
            try state.remove(Layout.journal)
            do { return try state.sync() } catch { throw error.afterTheSwitch }
        }
        let state = try tree.makeDirectory(Layout.state)
        let bytes = try JSONText.encode(journal, state.path(of: Layout.journal))
        try state.replace(Layout.journal, FileImage(bytes: bytes, mode: 0o644))
    }

    private func overtaken(by live: UInt64?, _ expected: UInt64?) -> TargetError {
        TargetError(
            .overtaken(live: live),
            "generation \(live.map(String.init) ?? "none") is live, not \(expected.map(String.init) ?? "none") as when this began",
            mend: "plan again")
    }

    var linkPath: String { tree.hostPath("/\(Layout.base)/\(Layout.current)") }

    /// The number that the live link names; the link is read, never followed.
    func liveNumber() throws(TargetError) -> UInt64? {
        guard let base = try tree.directory(Layout.base), let target = try base.readLink(Layout.current) else { return nil }
        let parts = target.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "generations", let number = Layout.number(parts[1]) else {
            throw TargetError(
                .unexpectedShape, "\(linkPath) points to '\(target)', not to 'generations/NUMBER'",
                mend: "remove it, or point it to a complete generation")
        }
        return number
    }

    /// A generation's records; nil when it isn't there or isn't complete.
    func records(of generation: UInt64) throws(TargetError) -> [AppliedRecord]? {
        guard let directory = try tree.directory("\(Layout.generations)/\(generation)"), let file = try directory.readFile(Layout.records)
        else {
            return nil
        }
        return try JSONText.decode([AppliedRecord].self, file.bytes, directory.path(of: Layout.records))
    }

    func readJournal() throws(TargetError) -> Journal? {
        guard let state = try tree.directory(Layout.state), let file = try state.readFile(Layout.journal) else { return nil }
        return try JSONText.decode(Journal.self, file.bytes, state.path(of: Layout.journal))
    }
}
