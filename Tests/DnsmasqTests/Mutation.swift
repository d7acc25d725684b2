import Targets
import TestSupport

/// A broken rendering: files as a mistaken or a fooled renderer would have written them. The marks stay as they were.
struct Mutation: CustomStringConvertible {
    let description: String
    let files: [PlaceFile]

    /// Kinds that `dnsmasq --test` was seen to let through (2.90), on files that have a pool, a reservation and an alias.
    static func known(_ files: [PlaceFile]) throws -> [Mutation] {
        func edit(_ what: String, _ name: String, _ change: (inout [String]) throws -> Void) rethrows -> Mutation {
            Mutation(
                description: what,
                files: try files.map { file in
                    guard file.name == name else { return file }
                    var lines = Self.lines(file)
                    try change(&lines)
                    return Self.file(file, lines)
                })
        }
        func replace(_ lines: inout [String], where isIt: (String) -> Bool, _ change: (String) -> String) throws {
            guard let index = lines.firstIndex(where: isIt) else { throw Nothing() }
            let old = lines[index]
            lines[index] = change(old)
            guard lines[index] != old else { throw Nothing() }
        }
        func reservation(_ what: String, _ change: ([String]) -> [String]) throws -> Mutation {
            try edit(what, "reservations") { lines in
                try replace(&lines, where: { $0.hasPrefix("02:") }) { line in
                    change(line.split(separator: ",").map(String.init)).joined(separator: ",")
                }
            }
        }
        return [
            try edit("a directive behind a line break in a name", "dnsmasq.conf") { lines in
                try replace(&lines, where: { $0.hasPrefix("cname=") }) { $0 + "\ndhcp-script=/bin/true" }
            },
            try reservation("an address with an octet of 500") { [$0[0], "10.0.0.500"] + $0[2...] },
            try edit("a reversed range", "dnsmasq.conf") { lines in
                try replace(&lines, where: { $0.hasPrefix("dhcp-range=") && !$0.contains("static") }) { line in
                    let fields = line.split(separator: ",").map(String.init)
                    return ([fields[0], fields[2], fields[1]] + fields[3...]).joined(separator: ",")
                }
            },
            try edit("an interface that isn't there", "dnsmasq.conf") { lines in
                try replace(&lines, where: { $0.hasPrefix("interface=") }) { _ in "interface=nowhere0" }
            },
            try reservation("two addresses for one card") { [$0[0], $0[1], "192.0.2.250"] + $0[2...] },
            try reservation("a stray word") { [$0[0], $0[1], "ignore"] + $0[2...] },
            try reservation("a name with a space") { [$0[0], $0[1], "my host"] + $0[3...] },
            try reservation("a lease time that is none") { [$0[0], $0[1], $0[2], "12x # key"] },
        ]
    }

    /// One mistake somewhere, chosen at random.
    static func random(_ files: [PlaceFile], _ random: inout SeededGenerator) -> Mutation {
        while true {
            let chosen = Int.random(in: 0..<files.count, using: &random)
            var lines = lines(files[chosen])
            guard lines.count > 2 else { continue }
            // The header and the mark stay.
            let place = Int.random(in: 2..<lines.count, using: &random)
            let (old, before) = (lines[place], lines)
            let what = change(&lines, at: place, &random)
            guard lines != before else { continue }
            var mutant = files
            mutant[chosen] = file(files[chosen], lines)
            return Mutation(description: "\(files[chosen].name):\(place + 1): \(what): \(old)", files: mutant)
        }
    }

    private static func change(_ lines: inout [String], at place: Int, _ random: inout SeededGenerator) -> String {
        let line = lines[place]
        func index() -> String.Index { line.index(line.startIndex, offsetBy: Int.random(in: 0..<max(1, line.count), using: &random)) }
        switch Int.random(in: 0..<9, using: &random) {
        case 0:
            lines.remove(at: place)
            return "line lost"
        case 1:
            let other = Int.random(in: 2..<lines.count, using: &random)
            lines[place] = lines[other]
            return "another line in its place"
        case 2:
            lines[place] = String(line.dropLast(Int.random(in: 1...max(1, line.count), using: &random)))
            return "cut short"
        case 3:
            let digits = line.indices.filter { line[$0].isNumber }
            if let digit = digits.randomElement(using: &random) {
                lines[place].replaceSubrange(digit...digit, with: String(Int.random(in: 0...9, using: &random)))
            }
            return "another digit"
        case 4:
            let letters = line.indices.filter { line[$0].isLetter }
            if let letter = letters.randomElement(using: &random) { lines[place].replaceSubrange(letter...letter, with: "q") }
            return "another letter"
        case 5:
            if !line.isEmpty { lines[place].remove(at: index()) }
            return "a character lost"
        case 6:
            lines[place].insert([",", " ", "\"", "\\", "#", "\u{0}", "\r", "é", "*"].randomElement(using: &random) ?? ",", at: index())
            return "a character too many"
        case 7:
            lines[place].insert(contentsOf: "\ndhcp-script=/bin/true\n", at: index())
            return "a directive behind a line break"
        default:
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            if fields.count > 1 {
                lines[place] = fields.shuffled(using: &random).joined(separator: ",")
            } else {
                lines[place] = line + line
            }
            return "fields in another order"
        }
    }

    private static func lines(_ file: PlaceFile) -> [String] {
        String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func file(_ file: PlaceFile, _ lines: [String]) -> PlaceFile {
        PlaceFile(name: file.name, bytes: Array(lines.map { $0 + "\n" }.joined().utf8), mode: file.mode)
    }

    /// The files have nothing that could be broken so.
    struct Nothing: Error {}
}
