internal import Glibc

extension LocalFileStore {
    /// Writes a new generation beside the live one.
    public func stage(_ places: [Place: [PlaceFile]], records: [AppliedRecord]) async throws(TargetError) -> Generation {
        try Place.check(places)
        let live = try liveNumber()
        let generations = try tree.makeDirectory(Layout.generations)
        let number = try nextNumber(generations)
        let name = String(number)
        let records = records.sorted { $0.site < $1.site }
        do throws(TargetError) {
            // Exclusive: if the number is there now, someone else works here without the lock.
            let staged = try generations.make(name)
            try fill(staged, places, live: live, adopted: adopted(in: live, records))
            let bytes = try JSONText.encode(records, staged.path(of: Layout.records))
            try staged.replace(Layout.records, FileImage(bytes: bytes, mode: 0o644))
        } catch {
            // What can't be removed now, the next sweep removes: it has no records and can't be made live.
            if error.kind != .failed(errno: EEXIST) { try? removeGeneration(number, in: generations) }
            throw error
        }
        return Generation(number: number, records: records)
    }

    /// One more than any number given before, kept on the disk before it is used: a generation that was discarded never lends its number to another.
    private func nextNumber(_ generations: borrowing Directory) throws(TargetError) -> UInt64 {
        let state = try tree.makeDirectory(Layout.state)
        var highest = try generations.names().compactMap { Layout.number($0) }.max() ?? 0
        if let file = try state.readFile(Layout.counter) {
            let text = String(decoding: file.bytes, as: UTF8.self)
            guard text.hasSuffix("\n"), let counted = Layout.number(text.dropLast()) else {
                let path = state.path(of: Layout.counter)
                throw TargetError(
                    .unexpectedShape, "\(path) doesn't hold a number", mend: "remove it; the numbers in use are found without it")
            }
            highest = max(highest, counted)
        }
        let (number, isTooLarge) = highest.addingReportingOverflow(1)
        guard !isTooLarge else { throw TargetError(.unexpectedShape, "generation \(highest) is the last that can be numbered") }
        try state.replace(Layout.counter, FileImage(bytes: Array("\(number)\n".utf8), mode: 0o644))
        return number
    }

    /// The places of which a generation is the baseline: a second name for one of its files would let an edit of the live file reach it.
    private func adopted(in live: UInt64?, _ records: [AppliedRecord]) -> Set<String> {
        guard let live else { return [] }
        return Set(records.filter { $0.baseline == live }.flatMap(\.places))
    }

    private func fill(
        _ staged: borrowing Directory, _ places: [Place: [PlaceFile]], live: UInt64?, adopted: Set<String>
    ) throws(TargetError) {
        let previous = try live.map { number throws(TargetError) in try self.places(of: number) } ?? []
        for place in Set(previous).union(places.keys).sorted() {
            let isAdopted = adopted.contains(place.description)
            if let files = places[place] {
                if !files.isEmpty { try write(files, to: place, of: staged, live: isAdopted ? nil : live) }
            } else if let live {
                try carryOver(place, to: staged, from: live, mayLink: !isAdopted)
            }
        }
    }

    /// All places of a generation. Something else between them is refused: staging would lose it.
    private func places(of generation: UInt64) throws(TargetError) -> [Place] {
        guard let directory = try tree.directory("\(Layout.generations)/\(generation)") else { return [] }
        var places: [Place] = []
        for provider in try directory.names() where provider != Layout.records {
            guard let sites = try directory.open(provider) else { continue }
            for site in try sites.names() {
                guard try sites.entry(site) == .directory else {
                    throw TargetError(
                        .unexpectedShape, "\(sites.path(of: site)) is not a directory", mend: "move it away; deevnet did not put it there")
                }
                places.append(Place(provider: provider, site: site))
            }
        }
        return places
    }

    private func write(_ files: [PlaceFile], to place: Place, of staged: borrowing Directory, live: UInt64?) throws(TargetError) {
        let provider = try staged.openOrMake(place.provider)
        let target = try provider.make(place.site)
        let old = try live.map { number throws(TargetError) in try tree.directory("\(Layout.generations)/\(number)/\(place)") } ?? nil
        for file in files.sorted(by: { $0.name < $1.name }) {
            let image = FileImage(bytes: file.bytes, mode: file.mode)
            if try isCarriedOver(file.name, image, from: old, to: target) {
                try target.prove(file.name, image)
            } else {
                try target.create(file.name, image)
            }
        }
        try target.sync()
    }

    /// Whether the live generation has just this file, of our own, and it could be given a second name. What can't be read is simply written anew.
    private func isCarriedOver(
        _ name: String, _ image: FileImage, from old: borrowing Directory?, to target: borrowing Directory
    ) throws(TargetError) -> Bool {
        switch old {
        case .some(let old):
            guard (try? old.readFile(name, limit: max(image.bytes.count, 1))) == image, (try? old.owner(name)) == geteuid() else {
                return false
            }
            return try linked(name, from: old, to: target)
        case nil: return false
        }
    }

    private func carryOver(_ place: Place, to staged: borrowing Directory, from live: UInt64, mayLink: Bool) throws(TargetError) {
        guard let old = try tree.directory("\(Layout.generations)/\(live)/\(place)") else { return }
        let provider = try staged.openOrMake(place.provider)
        let target = try provider.make(place.site)
        let listing = try old.listing()
        guard listing.unspeakable.isEmpty else {
            throw TargetError(
                .unexpectedShape, "\(old.path) holds something whose name isn't UTF-8", mend: "move it away; deevnet did not put it there")
        }
        for name in listing.names {
            let entry = try old.entry(name)
            guard entry == .file else {
                throw TargetError(
                    .unexpectedShape, "\(old.path(of: name)) is \(entry?.noun ?? "gone"), not a file",
                    mend: "move it away; deevnet did not put it there")
            }
            if mayLink, try linked(name, from: old, to: target) { continue }
            guard let image = try old.readFile(name, limit: Layout.placeLimit) else { continue }
            try target.create(name, image)
        }
        try target.sync()
    }

    /// Whether a file could be carried over; a file system that allows no further link to it (the limit, another's file) isn't an error.
    private func linked(_ name: String, from old: borrowing Directory, to target: borrowing Directory) throws(TargetError) -> Bool {
        do {
            try target.carryOver(name, from: old)
            return true
        } catch {
            guard [.failed(errno: EMLINK), .failed(errno: EPERM), .failed(errno: EOPNOTSUPP)].contains(error.kind) else { throw error }
            return false
        }
    }
}
