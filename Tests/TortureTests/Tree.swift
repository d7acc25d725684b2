import Foundation

/// The files of a place, by name: what a model says, and what is found.
typealias FileSet = [String: Data]

/// What a target's directory holds, looked at from outside, with none of the product's code.
struct Tree: Sendable {
    let path: String

    /// Which set is live.
    enum Live: Equatable {
        case nothing
        case files(FileSet)
        case broken(String)

        var names: [String] { if case .files(let files) = self { files.keys.sorted() } else { [] } }
    }

    private func names(_ relative: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(relative)")) ?? []).sorted()
    }

    private func data(_ relative: String) -> Data? { FileManager.default.contents(atPath: "\(path)/\(relative)") }

    /// What `current` names.
    var link: String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(path)/etc/deevnet/current") }

    /// The live files of the sample site.
    var live: Live {
        guard let link else { return .nothing }
        let generation = "etc/deevnet/\(link)"
        guard data("\(generation)/records.json") != nil else { return .broken("\(link) has no records") }
        let place = "\(generation)/dnsmasq/home"
        return .files(Dictionary(uniqueKeysWithValues: names(place).map { ($0, data("\(place)/\($0)") ?? Data()) }))
    }

    /// Whether an apply is unfinished.
    var hasJournal: Bool { data("var/lib/deevnet/journal.json") != nil }

    /// What an apply that has ended may not leave behind.
    var leftovers: [String] {
        var found: [String] = []
        if hasJournal { found.append("the journal") }
        let all = (FileManager.default.enumerator(atPath: path)?.allObjects ?? []).compactMap { $0 as? String }
        found += all.filter { $0.hasSuffix(".new") }
        let generations = names("etc/deevnet/generations")
        for generation in generations where data("etc/deevnet/generations/\(generation)/records.json") == nil {
            found.append("generation \(generation), which is incomplete")
        }
        if generations.count > 4 { found.append("\(generations.count) generations") }
        let tops = Set(all.compactMap { $0.split(separator: "/").first.map(String.init) })
        found += tops.subtracting(["etc", "var", "run"])
        return found
    }

    /// All that a later apply could see. Generations count by their order and not by their number, and who wrote the journal doesn't count.
    var fingerprint: String {
        let journal = data("var/lib/deevnet/journal.json").flatMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
        let counter = data("var/lib/deevnet/last-generation").map { String(decoding: $0, as: UTF8.self) }
        var numbers = Set(names("etc/deevnet/generations").compactMap { Int($0) })
        for number in [journal?["from"] as? Int, journal?["to"] as? Int, counter.flatMap { Int($0.dropLast()) }] {
            if let number { numbers.insert(number) }
        }
        if let number = link.flatMap({ Int($0.split(separator: "/").last ?? "") }) { numbers.insert(number) }
        let ranks = Dictionary(uniqueKeysWithValues: numbers.sorted().enumerated().map { ($1, $0) })
        var lines: [String] = []
        let all = (FileManager.default.enumerator(atPath: path)?.allObjects ?? []).compactMap { $0 as? String }
        for relative in all {
            let parts = relative.split(separator: "/").map { part in Int(part).flatMap { ranks[$0] }.map { "#\($0)" } ?? String(part) }
            lines.append("\(parts.joined(separator: "/")) \(shown(relative, ranks))")
        }
        return lines.sorted().joined(separator: "\n")
    }

    private func shown(_ relative: String, _ ranks: [Int: Int]) -> String {
        let whole = "\(path)/\(relative)"
        if let link = try? FileManager.default.destinationOfSymbolicLink(atPath: whole) {
            return "-> " + (Int(link.split(separator: "/").last ?? "").flatMap { ranks[$0] }.map { "#\($0)" } ?? link)
        }
        guard let data = FileManager.default.contents(atPath: whole) else { return "directory" }
        let mode = (try? FileManager.default.attributesOfItem(atPath: whole))?[.posixPermissions].map { "\($0)" } ?? "?"
        if data.isEmpty { return "\(mode) empty" }
        if data.allSatisfy({ $0 == 0 }) { return "\(mode) reserved" }
        if relative.contains("journal.json"), let journal = try? JSONSerialization.jsonObject(with: data) as? [String: Any] {
            let ends = ["from", "to"].map { (journal[$0] as? Int).flatMap { ranks[$0] }.map { "#\($0)" } ?? "none" }
            return "\(mode) \(journal["phase"] ?? "?") \(ends)"
        }
        if relative.contains("last-generation"), let number = Int(String(decoding: data.dropLast(), as: UTF8.self)) {
            return "\(mode) \(ranks[number].map { "#\($0)" } ?? "\(number)")"
        }
        if relative.hasSuffix("run/deevnet/lock") { return "\(mode) a holder" }
        return "\(mode) \(data.base64EncodedString())"
    }
}
