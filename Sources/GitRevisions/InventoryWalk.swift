import Diagnostics

/// Lists the `.yml` files under `inventory/` and `sites/`, and everything else there that a person should know of.
struct InventoryWalk<Source: InventorySource> {
    private typealias Entry = ListedEntry<Source.Handle>

    private let source: Source
    private let limits: SnapshotLimits
    private let measuresFiles: Bool
    private(set) var files: [SourceFile] = []
    private(set) var findings: FindingList
    private var visited = 0
    private var bytes = 0
    private var isExhausted = false

    /// Makes a walk; one that doesn't measure files finds none too large.
    init(_ source: Source, limits: SnapshotLimits, measuresFiles: Bool = true) {
        self.source = source
        self.limits = limits
        self.measuresFiles = measuresFiles
        findings = FindingList(limit: limits.findings)
    }

    /// Walks the two directories of a root.
    mutating func run(from root: Source.Directory) throws(RevisionError) {
        let roots = ["inventory", "sites"]
        let entries = try source.entries(of: root, path: ".").filter { entry in
            roots.contains { $0.utf8.count == entry.name.bytes.count }
                && roots.contains(String(decoding: entry.name.bytes, as: UTF8.self).lowercased())
        }
        reportTwins(in: entries, of: "")
        for entry in entries.sorted(by: Entry.gitOrder) where !isExhausted {
            let name = String(decoding: entry.name.bytes, as: UTF8.self)
            guard roots.contains(name) else { continue }
            judge(entry, named: name, path: name, in: root, depth: 1)
        }
    }

    private mutating func visit(_ directory: Source.Directory, path: String, depth: Int) {
        let entries: [Entry]
        do throws(RevisionError) { entries = try source.entries(of: directory, path: path) } catch {
            return add(error.diagnostic, under: path)
        }
        if entries.contains(where: \.name.isGit) { return reportSubmodule(path) }
        visited += entries.count
        guard visited <= limits.entries else {
            return giveUp(
                Diagnostic(
                    .tooManyFiles,
                    "the inventory has more than \(limits.entries) files and directories, counted up to \(quoted(path)); none is read",
                    mend: "put the entries of many files into one file"))
        }
        reportTwins(in: entries, of: path)
        let folder = path + "/"
        for entry in Self.inGitOrder(entries) where !isExhausted {
            switch entry.name.checked() {
            case .failure(let fault):
                let full = Array((path + "/").utf8) + entry.name.bytes
                add(
                    Diagnostic(
                        .inventoryPath, "the path '\(printable(full))' \(fault.reason)", mend: "rename it to plain text: git mv OLD NEW"),
                    under: path + "/.")
            case .success(let name):
                if !entry.name.isHidden { judge(entry, named: name, path: folder + name, in: directory, depth: depth) }
            }
        }
    }

    /// Git's own trees and its index are in order already.
    private static func inGitOrder(_ entries: [Entry]) -> [Entry] {
        let isOrdered = entries.indices.dropFirst().allSatisfy { !Entry.gitOrder(entries[$0], entries[$0 - 1]) }
        return isOrdered ? entries : entries.sorted(by: Entry.gitOrder)
    }

    /// `depth` is the number of directories above the entry, itself included when it is one.
    private mutating func judge(_ entry: Entry, named name: String, path: String, in directory: Source.Directory, depth: Int) {
        switch entry.kind {
        case .directory:
            guard depth <= limits.depth else {
                return add(
                    Diagnostic(
                        .tooManyFiles, "the directory \(quoted(path)) is nested deeper than \(limits.depth) levels and isn't read",
                        mend: "move its files up"), under: path + "/.")
            }
            let opened: Source.Directory
            do throws(RevisionError) {
                opened = try source.open(entry, in: directory, path: path)
            } catch { return add(error.diagnostic, under: path + "/.") }
            visit(opened, path: path, depth: depth + 1)
        case .file:
            guard EntryName.isYAML(entry.name.bytes), depth > 1 else { return reportUnexpected(name, path: path) }
            keep(entry, path: path, in: directory)
        case .symlink: add(.symlink(path), under: path)
        case .submodule: reportSubmodule(path)
        case .special:
            add(
                Diagnostic(
                    .fileUnreadable, "\(quoted(path)) is a device, socket or pipe and isn't opened",
                    mend: "remove it: rm \(shellWord(path))"), under: path)
        }
    }

    private mutating func keep(_ entry: Entry, path: String, in directory: Source.Directory) {
        do throws(RevisionError) {
            let size = measuresFiles ? try source.size(of: entry, in: directory, path: path) ?? 0 : 0
            guard size <= limits.fileBytes else { return add(.tooLarge(path, size: size, limit: limits.fileBytes), under: path) }
            bytes += size
            guard bytes <= limits.totalBytes else {
                return giveUp(.tooLarge(inAll: limits.totalBytes, upTo: path))
            }
            files.append(SourceFile(path: path, blob: source.blob(of: entry)))
        } catch { add(error.diagnostic, under: path) }
    }

    /// Of an inventory beyond the limits nothing is read: it would be refused in the end, and only take its time.
    private mutating func giveUp(_ finding: Diagnostic) {
        isExhausted = true
        files = []
        findings.add(finding)
    }

    private mutating func reportUnexpected(_ name: String, path: String) {
        guard name != "README.md" else { return }
        let lower = name.lowercased()
        let mend =
            if lower.hasSuffix(".yaml") || lower.hasSuffix(".yml") {
                "rename it: git mv \(shellWord(path)) \(shellWord(path.prefix(upTo: path.lastIndex(of: ".") ?? path.endIndex) + ".yml"))"
            } else if !path.contains("/") {
                "make \(shellWord(path)) a directory"
            } else {
                "move it out of inventory/ and sites/"
            }
        add(Diagnostic(.unexpectedFile, "\(quoted(path)) isn't read: only files that end in .yml are", mend: mend), under: path)
    }

    private mutating func reportSubmodule(_ path: String) {
        add(
            Diagnostic(
                .inventorySubmodule, "\(quoted(path)) is a repository of its own, and its files aren't part of this one",
                mend:
                    "put the files themselves here: git rm --cached \(shellWord(path)) && rm -rf \(shellWord(path + "/.git")) && git add \(shellWord(path))"
            ), under: path + "/.")
    }

    /// Two names that a file system without cases, or one that composes accents, can't keep apart.
    private mutating func reportTwins(in entries: [Entry], of path: String) {
        guard entries.contains(where: \.name.mayHaveTwin) else { return }
        // Equality of strings is canonical equivalence, so that composed and decomposed accents meet here too.
        var seen: [String: [UInt8]] = [:]
        for entry in entries where !entry.name.isHidden {
            guard let text = String(validating: entry.name.bytes, as: UTF8.self) else { continue }
            guard let other = seen.updateValue(entry.name.bytes, forKey: text.lowercased()), other != entry.name.bytes else { continue }
            let pair = [other, entry.name.bytes].map(printable).sorted()
            let place = path.isEmpty ? "the inventory's root" : quoted(path)
            add(
                Diagnostic(
                    .inventoryPath,
                    "the names '\(pair[0])' and '\(pair[1])' in \(place) differ only by case or accents, and are one file on some machines",
                    mend: "rename one of them"), under: path + "/.")
        }
    }

    /// Adds a finding; what is under `sites/NAME/` is that site's: an error stops it alone, and its waivers are for it.
    private mutating func add(_ finding: Diagnostic, under path: String) {
        var finding = finding
        finding.site = siteName(ofPath: path)
        findings.add(finding)
    }
}

extension Diagnostic {
    static func symlink(_ path: String) -> Diagnostic {
        Diagnostic(
            .inventorySymlink, "\(quoted(path)) is a symbolic link, and links are never followed",
            mend:
                "put what it leads to in its place: cp -rL \(shellWord(path)) \(shellWord(path + ".new")) && rm \(shellWord(path)) && mv \(shellWord(path + ".new")) \(shellWord(path))"
        )
    }

    static func tooLarge(inAll limit: Int, upTo path: String) -> Diagnostic {
        Diagnostic(
            .inventoryTooLarge, "the inventory has more than \(limit) bytes, counted up to \(quoted(path)); none is read",
            mend: "look for what is no inventory: du -a inventory sites | sort -n | tail")
    }

    static func tooLarge(_ path: String, size: Int, limit: Int) -> Diagnostic {
        Diagnostic(
            .yamlFileTooLarge, "\(quoted(path)) has \(size) bytes; at most \(limit) are read",
            mend: "split it: the same key may stand in several files")
    }
}
