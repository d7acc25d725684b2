public import Diagnostics
public import InventorySchema
public import SiteCompiler

/// An inventory in memory: texts by path. A test patches a line or two of one that is right and looks at what is found.
public struct SampleInventory: Sendable {
    /// The texts by path.
    public var files: [String: String]

    /// Makes an inventory of texts by path.
    public init(_ files: [String: String]) { self.files = files }

    /// What went wrong with a patch.
    public struct PatchError: Error, CustomStringConvertible {
        /// Why the patch doesn't fit.
        public var description: String
    }

    /// Replaces a text that stands exactly once in all files. An empty `old` puts `new` at the end of the file `path`, which need not be there.
    public mutating func replace(_ old: String, with new: String, in path: String? = nil) throws {
        if old.isEmpty {
            guard let path else { throw PatchError(description: "an addition names its file") }
            files[path, default: ""] += new
            return
        }
        let places = files.filter { path == nil || $0.key == path }.flatMap { name, text in text.ranges(of: old).map { (name, $0) } }
        guard let (name, range) = places.first, places.count == 1 else {
            throw PatchError(description: "'\(old)' stands \(places.count) times in \(path ?? "the inventory"), not once")
        }
        files[name]?.replaceSubrange(range, with: new)
    }

    /// Takes out the signs `«` and `»`, which stand around the text that a finding is expected at, and says where that is.
    public mutating func takeMark() throws -> Place? {
        var found: Place?
        for (path, text) in files {
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
            for index in lines.indices {
                guard let start = lines[index].firstIndex(of: "«"), let end = lines[index].firstIndex(of: "»") else { continue }
                guard found == nil, start < end else { throw PatchError(description: "one place is marked, on one line") }
                found = Place(path: path, line: index + 1, column: start + 1, length: end - start - 1)
                lines[index].removeAll { $0 == "«" || $0 == "»" }
            }
            files[path] = lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
        }
        return found
    }

    /// Reads and compiles the inventory, its files in the order of their paths.
    public func compiled(mode: Authority.Mode? = nil) async -> SampleOutcome {
        await SampleOutcome(files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }, mode: mode)
    }
}

/// A place as a test names it.
public struct Place: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1.
    public var column: Int
    /// How many characters are underlined.
    public var length: Int

    /// Makes a place.
    public init(path: String, line: Int, column: Int, length: Int) {
        self.path = path
        self.line = line
        self.column = column
        self.length = length
    }

    /// `path:line:column+length`.
    public var description: String { "\(path):\(line):\(column)+\(length)" }
}

/// What an inventory in memory came to.
public struct SampleOutcome: Sendable {
    /// What was read.
    public let inventory: Inventory
    /// The findings of all passes, by place.
    public let findings: [Diagnostic]
    /// The graphs.
    public let compilation: Compilation
    /// The texts, for renderers.
    public let sources: SampleSources

    /// Reads files in the order given and compiles the sites that could be read, as the program does.
    public init(_ files: [(path: String, bytes: [UInt8])], mode: Authority.Mode? = nil) async {
        let (inventory, decoding) = InventoryLoader.load(files: files)
        let broken = Set(decoding.all.lazy.filter { $0.severity == .error }.map(\.site))
        var compilation = Compilation(graphs: [], diagnostics: DiagnosticList())
        if !broken.contains(nil) {
            let whole = Set(inventory.sites.map(\.name)).subtracting(broken.compactMap { $0 })
            compilation = await SiteCompiler.compile(inventory, sites: whole, mode: mode)
        }
        self.inventory = inventory
        self.compilation = compilation
        findings = (decoding.all + compilation.diagnostics.all).sorted()
        sources = SampleSources(files: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    /// The codes of all findings.
    public var codes: [DiagnosticCode] { findings.map(\.code) }

    /// Where a finding or a note stands.
    public func place(_ span: SourceSpan?) -> Place? {
        span.map { Place(path: sources.path(of: $0.file), line: Int($0.line), column: Int($0.column), length: Int($0.length)) }
    }

    /// The findings as the terminal shows them; tests print this when they fail.
    public var report: String { TextRenderer(width: 140).render(findings, sources: sources) }
}

/// The texts of an inventory in memory.
public struct SampleSources: SourceTexts {
    private let files: [(path: String, lines: [Substring])]

    /// Makes the texts of files in the order of their identifiers.
    public init(files: [(path: String, text: String)]) {
        self.files = files.map { ($0.path, $0.text.split(separator: "\n", omittingEmptySubsequences: false)) }
    }

    /// The path of a file.
    public func path(of file: FileID) -> String { files.indices.contains(Int(file.rawValue)) ? files[Int(file.rawValue)].path : "?" }

    /// A line of a file.
    public func line(_ number: UInt32, of file: FileID) -> String? {
        guard files.indices.contains(Int(file.rawValue)) else { return nil }
        let lines = files[Int(file.rawValue)].lines
        return lines.indices.contains(Int(number) - 1) ? String(lines[Int(number) - 1]) : nil
    }
}
