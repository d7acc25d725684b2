import Addressing
import Diagnostics
import InventorySchema
import Planning
import Reconciling
import Targets
import TestSupport
import YAMLSyntax

@testable import Dnsmasq
@testable import InventorySchema
@testable import SiteCompiler

/// Reads inventories with payloads in them, renders them, and says what broke out.
struct PayloadBench: Sendable {
    /// A value put into a field of the copy with a number.
    struct Insertion: Sendable {
        let field: PayloadField
        let payload: Payload
        var number = 0
    }

    /// What became of insertions.
    enum Outcome: Sendable {
        case refused
        /// The files and what they are to say.
        case accepted(DesiredSet<DnsmasqState>, [PlaceFile])
        /// What is wrong with a refusal.
        case wronglyRefused(String)
    }

    static let mechanism = DnsmasqFiles(site: "lab", servesDNS: true, servers: servers, patience: .seconds(5))
    static let servers = [0x0A01_0005, 0x0A01_8005, 0x0A01_8105].map { IPv4Address(bits: $0) }

    // MARK: Files

    /// A file with its slots filled, and where they are.
    private struct Filled {
        var path: String
        var bytes: [UInt8] = []
        /// The lines from and to which what was inserted stands.
        var lines: [ClosedRange<Int>] = []
        var isChanged = false
    }

    private static func fill(_ file: PayloadTemplate.File, number: Int, _ insertions: [String: Payload]) -> Filled {
        var filled = Filled(path: PayloadTemplate.numbered(file.path, number))
        var line = 1
        for piece in file.pieces {
            switch piece {
            case .text(let text):
                filled.bytes += Array(PayloadTemplate.numbered(text, number).utf8)
                line += text.utf8.count { $0 == 0x0A }
            case .slot(let slot):
                guard let payload = insertions[slot] else {
                    filled.bytes += Payload(text: PayloadTemplate.numbered(PayloadField.byPath[slot]?.harmless ?? "", number)).written
                    continue
                }
                let height = payload.written.count { $0 == 0x0A }
                filled.bytes += payload.written
                filled.lines.append(line...(line + height))
                filled.isChanged = true
                line += height
            }
        }
        return filled
    }

    /// The files of the first copy, as they are without any payload.
    private static let plain = PayloadTemplate.files.map { fill($0, number: 0, [:]) }

    private static func files(_ insertions: [Insertion]) -> [Filled] {
        var slots: [Int: [String: Payload]] = [0: [:]]
        for insertion in insertions {
            for slot in [insertion.field.path] + insertion.field.also { slots[insertion.number, default: [:]][slot] = insertion.payload }
        }
        return slots.sorted { $0.key < $1.key }.flatMap { number, values in
            zip(PayloadTemplate.files, plain).compactMap { file, plain in
                if number > 0, !file.isNumbered { return nil }
                return number > 0 || file.slots.contains { values[$0] != nil } ? fill(file, number: number, values) : plain
            }
        }.sorted { $0.path < $1.path }
    }

    // MARK: Reading

    /// Reads and renders an inventory with payloads in it.
    static func outcome(of insertions: [Insertion]) async -> Outcome {
        let files = files(insertions)
        // Most are refused by the file that they stand in.
        var parts = InventoryParts()
        var parser = YAMLParser()
        for (index, file) in files.enumerated() where file.isChanged {
            parts.read(file.bytes, FileID(rawValue: UInt32(index)), path: file.path, &parser)
        }
        let early = parts.diagnostics.all
        if early.contains(where: { $0.severity == .error }) { return judge(early, files, insertions) }
        let compiled = await SampleOutcome(files.map { ($0.path, $0.bytes) }, mode: nil)
        guard let graph = compiled.compilation.graphs.first, let placement = graph.placements.first(where: { $0.provider == .dnsmasq }),
            !compiled.findings.contains(where: { $0.severity == .error })
        else { return judge(compiled.findings, files, insertions) }
        let (findings, desired) = DnsmasqProvider(now: { 0 }).derive(graph, placement)
        if findings.contains(where: { $0.severity == .error }) { return judge(findings, files, insertions) }
        return .accepted(desired, mechanism.render(desired))
    }

    /// A refusal says what is wrong where it was written, or at the entry or what makes use of it, and then it quotes the value; and it is safe to look at.
    private static func judge(_ findings: [Diagnostic], _ files: [Filled], _ insertions: [Insertion]) -> Outcome {
        let shown = findings.flatMap { [$0.message, $0.mend ?? ""] + $0.notes.map(\.message) }
        if let text = shown.first(where: { escapedForDisplay($0) != $0 }) { return .wronglyRefused("it is told raw: \(text)") }
        let mayBreakFile = insertions.contains { $0.payload.mayBreakFile }
        let quotes = insertions.compactMap { insertion in
            insertion.payload.meaning.map { (insertion.field.path.hasSuffix(".path") ? "" : "'") + escapedForDisplay($0).lowercased() }
        }
        // A word that may stand there is refused for what it does elsewhere.
        if insertions.contains(where: { $0.isChoice && ["true", "false"].contains($0.payload.meaning) }) { return .refused }
        let isInPlace = findings.filter { $0.severity == .error }.contains { finding in
            ([finding.span] + finding.notes.map(\.span)).compactMap { $0 }.contains { span in
                let file = files[Int(span.file.rawValue)]
                if quotes.contains(where: finding.message.contains) { return true }
                return file.lines.contains { $0.contains(Int(span.line)) || (mayBreakFile && $0.lowerBound <= Int(span.line)) }
            }
        }
        let told = findings.map {
            "\($0.code) \($0.message) at \($0.span.map { "\(files[Int($0.file.rawValue)].path):\($0.line)" } ?? "-")"
        }
        return isInPlace ? .refused : .wronglyRefused("nothing is said where it stands: \(told)")
    }

    // MARK: Judging files

    /// What broke out into files: nothing, if they are those of harmless values with these in their places, and read back as meant.
    static func complaints(_ desired: DesiredSet<DnsmasqState>?, _ files: [PlaceFile], _ insertions: [Insertion]) async -> [String] {
        var complaints: [String] = []
        let found = Parsing(files).states
        for case .foreign(let line) in found { complaints.append("foreign: \(line)") }
        if let desired, !differences(desired: desired, observed: mechanism.parse(files)).isEmpty {
            complaints.append("it reads back as something else")
        }
        let harmless = insertions.map { Insertion(field: $0.field, payload: Payload(text: $0.harmlessText), number: $0.number) }
        guard case .accepted(_, let before) = await outcome(of: harmless) else { return complaints + ["a harmless value is refused"] }
        var wanted = lines(before)
        for insertion in insertions {
            guard case .file = insertion.field.reach else { continue }
            guard let old = insertion.form(of: insertion.harmlessText) else { return complaints + ["a harmless value has no form"] }
            guard let meaning = insertion.payload.meaning else { return complaints + ["what means nothing was taken"] }
            // Two words that may well stand there, and mean something else than another name or address would.
            if insertion.field.path.hasSuffix(".assign"), meaning == "static" { return complaints }
            guard let new = insertion.form(of: meaning) else { return complaints + ["'\(meaning)' was taken"] }
            let isThere = wanted.contains { $0.contains(old) }
            if !isThere, insertion.isChoice == false { return complaints + ["'\(old)' reaches no file"] }
            // DHCP for IPv4 has no place for an IPv6 address: the option is left empty, or out.
            let isLost = new.contains(":") && wanted.contains { $0.contains("option:") && $0.contains(old) }
            if isLost { wanted.removeAll { $0.contains("option:ntp-server,\(old)") } }
            if new == "@", insertion.field.path == "site/records.*" {
                wanted = wanted.map { $0.replacing(old + ".", with: "") }
                continue
            }
            wanted = wanted.map { isLost ? $0.replacing(",\(old)", with: "") : $0.replacing(old, with: new) }
        }
        let got = lines(files)
        let (missing, surplus) = (Set(wanted).subtracting(got), Set(got).subtracting(wanted))
        if !missing.isEmpty || !surplus.isEmpty || got.count != wanted.count {
            complaints.append("lines that should be there: \(missing.sorted()); that shouldn't: \(surplus.sorted())")
        }
        return complaints
    }

    /// What a writer would make that puts a text where it belongs and looks at nothing, as a template does; the marks fit.
    static func planted(_ insertion: Insertion) async -> (DesiredSet<DnsmasqState>, [PlaceFile])? {
        let harmless = Insertion(field: insertion.field, payload: Payload(text: insertion.harmlessText), number: insertion.number)
        guard case .accepted(let desired, let files) = await outcome(of: [harmless]), let meaning = insertion.payload.meaning else {
            return nil
        }
        func replaced(_ old: String, _ new: String, in files: [PlaceFile]) -> [PlaceFile] {
            files.map { file in
                let text = String(decoding: file.bytes, as: UTF8.self).replacing(old, with: new)
                return PlaceFile(name: file.name, bytes: Array(text.utf8), mode: file.mode)
            }
        }
        let planted = replaced(insertion.harmlessText, meaning, in: files)
        let (old, new) = (Parsing.marker(of: files), Parsing.marker(of: planted))
        let marked = replaced(old.reloadableLine, new.reloadableLine, in: planted)
        return (desired, replaced(old.configurationLine, new.configurationLine, in: marked))
    }

    /// The lines of all files, the marks left out of them, which follow from the rest; names on the wire spelled out.
    private static func lines(_ files: [PlaceFile]) -> [String] {
        files.flatMap { file in
            String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map { line in
                if line.hasSuffix(" reloadable.loaded.deevnet.invalid") { return "\(file.name): mark" }
                if line.hasPrefix("txt-record=static.loaded.deevnet.invalid,") { return "\(file.name): mark" }
                guard line.hasPrefix("dns-rr="), let comma = line.lastIndex(of: ",") else { return "\(file.name): \(line)" }
                return "\(file.name): \(line[...comma])\(name(String(line[line.index(after: comma)...])))"
            }
        }
    }

    private static func name(_ hex: String) -> String {
        var octets: [UInt8] = []
        var rest = hex[...]
        while !rest.isEmpty {
            octets.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        var labels: [String] = []
        var index = 0
        while index < octets.count, octets[index] > 0 {
            labels.append(String(decoding: octets[(index + 1)...].prefix(Int(octets[index])), as: UTF8.self))
            index += 1 + Int(octets[index])
        }
        return labels.joined(separator: ".")
    }
}

extension PayloadBench.Insertion {
    var harmlessText: String { PayloadTemplate.numbered(field.harmless, number) }

    /// Whether the value chooses among others, and needn't stand in a file by itself.
    var isChoice: Bool { if case .file(.only) = field.reach { true } else { false } }

    /// How a value stands in a file; of a choice only the harmless one can.
    func form(of value: String) -> String? { isChoice ? (value == harmlessText ? value : nil) : field.form(value) }
}
