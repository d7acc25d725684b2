extension LocalFileStore {
    /// Removes a generation that isn't live.
    public func discard(_ generation: UInt64) async throws(TargetError) {
        guard try liveNumber() != generation else {
            throw TargetError(.unexpectedShape, "generation \(generation) is live, and can't be removed")
        }
        guard let generations = try tree.directory(Layout.generations) else { return }
        try removeGeneration(generation, in: generations)
    }

    /// Removes what dead applies left behind, and old generations.
    public func sweep(keep: Int) async throws(TargetError) {
        if let state = try tree.directory(Layout.state) {
            for name in try temporaries(Layout.stateFiles, in: state) { try state.remove(name) }
        }
        guard let base = try tree.directory(Layout.base) else { return }
        for name in try temporaries([Layout.current], in: base) { try base.remove(name) }
        guard let generations = try base.open("generations") else { return }
        for number in try superfluous(keep, in: generations) { try removeGeneration(number, in: generations) }
    }

    /// Whether `sweep` would remove something.
    public func hasLeftovers(keep: Int) async throws(TargetError) -> Bool {
        if let state = try tree.directory(Layout.state), try !temporaries(Layout.stateFiles, in: state).isEmpty { return true }
        guard let base = try tree.directory(Layout.base) else { return false }
        if try !temporaries([Layout.current], in: base).isEmpty { return true }
        guard let generations = try base.open("generations") else { return false }
        return try !superfluous(keep, in: generations).isEmpty
    }

    /// The generations that a sweep removes. Only what has the name of a generation is ours to remove.
    private func superfluous(_ keep: Int, in generations: borrowing Directory) throws(TargetError) -> [UInt64] {
        let live = try liveNumber()
        let journal = try readJournal()
        let needed = Set([live, journal?.from, journal?.to].compactMap { $0 })
        let baselines = try live.flatMap { number throws(TargetError) in try records(of: number) }?.compactMap(\.baseline) ?? []
        var kept = 0
        var superfluous: [UInt64] = []
        for number in try generations.names().compactMap({ Layout.number($0) }).sorted(by: >) {
            let isOlder = live.map { number < $0 } ?? false
            if needed.contains(number) {
                // What the journal keeps is one of those to look back at, or one more than `keep` would stay until the next apply.
                if isOlder { kept += 1 }
            } else if baselines.contains(number) {
                continue
            } else if isOlder, kept < keep, try isComplete(number, in: generations) {
                kept += 1
            } else {
                superfluous.append(number)
            }
        }
        return superfluous
    }

    /// Removes the mark of completeness first and durably: a generation that is half removed can never be made live.
    func removeGeneration(_ number: UInt64, in generations: borrowing Directory) throws(TargetError) {
        let name = String(number)
        if let generation = try generations.open(name, sameDevice: true), try generation.entry(Layout.records) != nil {
            try generation.remove(Layout.records)
            try generation.sync()
        }
        try generations.removeTree(name)
    }

    private func isComplete(_ number: UInt64, in generations: borrowing Directory) throws(TargetError) -> Bool {
        guard let generation = try generations.open(String(number)) else { return false }
        return try generation.entry(Layout.records) == .file
    }

    /// The temporary names of some files that are in a directory.
    private func temporaries(_ names: [String], in directory: borrowing Directory) throws(TargetError) -> [String] {
        var found: [String] = []
        for name in names.map(Directory.temporary) where try directory.entry(name) != nil { found.append(name) }
        return found
    }
}
