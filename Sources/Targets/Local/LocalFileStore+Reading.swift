extension LocalFileStore {
    /// What a place of the live generation holds.
    public func read(_ place: Place) async throws(TargetError) -> PlaceContents {
        guard let number = try liveNumber() else { return PlaceContents() }
        return contents(of: place, in: number)
    }

    /// What a place of any generation holds.
    public func read(_ place: Place, of generation: UInt64) async throws(TargetError) -> PlaceContents {
        contents(of: place, in: generation)
    }

    /// A file that a daemon keeps below `/var/lib/deevnet`.
    public func readState(_ path: String) async throws(TargetError) -> [UInt8]? {
        let parts = path.split(separator: "/").map(String.init)
        guard let name = parts.last else { return nil }
        let directory = ([Layout.state] + parts.dropLast()).joined(separator: "/")
        return try tree.directory(directory)?.readFile(name, limit: Layout.placeLimit)?.bytes
    }

    /// Reads what can be read and names the rest: one bad file must not empty a network, nor hide the good ones.
    private func contents(of place: Place, in generation: UInt64) -> PlaceContents {
        var contents = PlaceContents()
        do throws(TargetError) {
            guard let directory = try tree.directory("\(Layout.generations)/\(generation)") else {
                contents.unread.append("generation \(generation) isn't there")
                return contents
            }
            guard let files = try directory.open(place.description) else { return contents }
            var left = Layout.placeLimit
            let listing = try files.listing()
            contents.strays += listing.unspeakable.map {
                .init(name: String(decoding: $0, as: UTF8.self), noun: "something whose name isn't UTF-8")
            }
            for name in listing.names {
                do throws(TargetError) {
                    if let entry = try files.entry(name), entry != .file {
                        contents.strays.append(.init(name: name, noun: entry.noun))
                        continue
                    }
                    guard let image = try files.readFile(name, limit: left) else { continue }
                    left -= image.bytes.count
                    contents.files.append(PlaceFile(name: name, bytes: image.bytes, mode: image.mode))
                } catch {
                    contents.unread.append(error.message)
                }
            }
        } catch {
            contents.unread.append(error.message)
        }
        return contents
    }
}
