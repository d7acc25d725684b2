import Foundation

/// Two inventories of one site, dry trees to apply them to, and the command.
final class Bench: Sendable {
    /// What is applied.
    enum Inventory: String, CaseIterable {
        case old, new
        /// What neither of them says, for a second writer.
        case other
    }

    /// What a tree holds before an apply of the new inventory.
    enum Base: String, CaseIterable {
        /// Nothing, not even the root.
        case empty
        /// The old inventory, and four generations before it, so that an apply has one to sweep away.
        case settled
    }

    /// A mistake of a writer that is put in the command's place: a harness that doesn't find it finds nothing.
    enum Planted: String {
        case none, sync, rename, place, fencing, lock, silence, follow
    }

    let folder: String
    let old: FileSet
    let new: FileSet
    let other: FileSet
    private let planted: Planted?
    private let outside: String

    /// A program of the same build as the tests, or `deevnet` itself where `DEEVNET_BINARY` says.
    static func program(_ name: String) -> String {
        if name == "deevnet", let named = ProcessInfo.processInfo.environment["DEEVNET_BINARY"] { return named }
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name).path
    }

    static let tools = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("Tools").path

    init(planted: Planted? = nil) async throws {
        // In memory where that can be had: thousands of applies sync a lot.
        let isShared = FileManager.default.isWritableFile(atPath: "/dev/shm")
        let folder = (isShared ? "/dev/shm" : NSTemporaryDirectory()) + "/deevnet-torture-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: "\(folder)/trees", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: "\(folder)/bases", withIntermediateDirectories: true)
        for inventory in Inventory.allCases {
            try await Command.must(["sh", "-ec", Self.makeRepository(inventory), "\(folder)/\(inventory)", Self.program("deevnet")])
        }
        for _ in 0..<2 {
            for inventory in [Inventory.old, .new] { try await Self.mustApply(inventory, planted, folder, "\(folder)/bases/settled") }
        }
        try await Self.mustApply(.old, planted, folder, "\(folder)/bases/settled")
        try await Self.mustApply(.new, planted, folder, "\(folder)/bases/new")
        try await Self.mustApply(.other, planted, folder, "\(folder)/bases/other")
        let sets = ["settled", "new", "other"].map { Self.tree("\(folder)/bases/\($0)").live }
        guard case .files(let old) = sets[0], case .files(let new) = sets[1], case .files(let other) = sets[2],
            Set(sets.map(\.names)).count == 1,
            Set([old, new, other].map { $0["hosts"] }).count == 3, Set([old, new, other].map { $0["dnsmasq.conf"] }).count == 3
        else { throw Trouble("three sets of the same files are needed, all different: \(sets)") }
        self.folder = folder
        self.planted = planted
        self.old = old
        self.new = new
        self.other = other
        outside = Self.listing(folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static func makeRepository(_ inventory: Inventory) -> String {
        let number = inventory == .new ? 21 : 22
        let change = """
            cat >> inventory/hosts/builder-ph01.yml <<.
              cam-ph01:
                form: ph
                interfaces:
                  mgmt: { mac: "02:de:77:00:00:\(number)", device: eth0 }
            .
            cat >> sites/home/hosts.yml <<.
              cam-ph01:
                interfaces:
                  mgmt: { segment: management, addresses: [192.168.77.\(number)] }
            .
            echo '  cameras\(number): { host: cam-ph01 }' >> sites/home/services.yml
            """
        return """
            mkdir $0; cd $0; git init -q -b main .
            $1 init --organization sample --domain deevnet.net --site home > /dev/null
            \(inventory == .old ? ":" : change)
            git add .; git commit -qm \(inventory)
            """
    }

    private static func mustApply(_ inventory: Inventory, _ planted: Planted?, _ folder: String, _ root: String) async throws {
        try await Command.must(words(inventory, planted, folder, root))
    }

    private static func words(_ inventory: Inventory, _ planted: Planted?, _ folder: String, _ root: String) -> [String] {
        if let planted { return [program("deevnet-planted"), planted.rawValue, root, "builder-ph01", "\(inventory)\n"] }
        return unrehearsed + [
            program("deevnet"), "apply", "home", "--auto-approve", "--verbose", "--root", root, "-C", "\(folder)/\(inventory)",
        ]
    }

    /// Without the right to make namespaces nothing is rehearsed: that changes nothing on the target, and thousands of applies would each take longer by it.
    /// Who isn't root hasn't got the right anyway.
    private static let unrehearsed = geteuid() == 0 ? ["setpriv", "--inh-caps=-sys_admin", "--bounding-set=-sys_admin", "--"] : []

    private static func tree(_ root: String) -> Tree { Tree(path: "\(root)/builder-ph01") }

    /// A tree that is removed when it is let go of.
    final class Root: Sendable {
        let path: String
        var tree: Tree { Bench.tree(path) }

        init(_ path: String) { self.path = path }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// A root of its own that holds what a base, or another root, holds.
    func root(_ base: Base) async throws -> Root { try await copy(base == .empty ? nil : "\(folder)/bases/\(base)") }

    func root(like other: Root) async throws -> Root { try await copy(other.path) }

    private func copy(_ path: String?) async throws -> Root {
        let root = Root("\(folder)/trees/\(UUID().uuidString)")
        if let path, FileManager.default.fileExists(atPath: path) { try await Command.must(["cp", "-a", path, root.path]) }
        return root
    }

    /// Begins an apply, under another program if that is wanted, with a fault if one is named.
    func begin(_ inventory: Inventory = .new, to root: Root, fault: String? = nil, under program: [String] = []) async throws -> Command {
        try await Command(program + Self.words(inventory, planted, folder, root.path), fault.map { ["DEEVNET_FAULT": $0] } ?? [:])
    }

    func apply(_ inventory: Inventory = .new, to root: Root, fault: String? = nil, under program: [String] = []) async throws -> Output {
        try await begin(inventory, to: root, fault: fault, under: program).ended()
    }

    /// What the unit does at boot: no inventory, and no services.
    func recover(_ root: Root) async throws -> Output {
        try await Command([Self.program("deevnet"), "recover", "--files-only", "--root", root.path]).ended()
    }

    /// What an inventory comes to.
    func files(of inventory: Inventory) -> FileSet {
        switch inventory {
        case .old: old
        case .new: new
        case .other: other
        }
    }

    /// What the live set must be when a base's own is kept.
    func kept(_ base: Base) -> Tree.Live { base == .empty ? .nothing : .files(old) }

    /// What an apply of the new inventory that ended well leaves; no line: all is as it should be.
    func complaints(about output: Output, _ root: Root, _ wanted: Inventory = .new) -> [String] {
        var complaints: [String] = []
        if output.status != 0 { complaints.append("the next apply failed: \(output)") }
        if root.tree.live != .files(files(of: wanted)) { complaints.append("the wrong set is live after the next apply") }
        // Planted writers don't tidy up; that isn't the mistake.
        return complaints + (planted == nil ? root.tree.leftovers.map { "left behind: \($0)" } : [])
    }

    /// Whether the inventories and the bases are as they were, and nothing else has appeared.
    var isOutsideUntouched: Bool { Self.listing(folder) == outside }

    private static func listing(_ folder: String) -> String {
        ["bases", "new", "old", "other"].map { Tree(path: "\(folder)/\($0)").fingerprint }.joined(separator: " ")
            + ((try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []).joined(separator: " ")
    }
}

/// One call that changes a target, as `--verbose` tells it.
struct GatedCall: Sendable, Hashable, CustomStringConvertible {
    let name: String
    let path: String

    /// Reads the calls out of what a command wrote, in the order in which they were made.
    static func all(in output: Output) -> [GatedCall] {
        output.complaints.split(separator: "\n").compactMap { line in
            guard let match = line.wholeMatch(of: /.* number=\d+ path=(.*) \[Targets\] (\w+)/) else { return nil }
            return GatedCall(name: String(match.2), path: String(match.1))
        }
    }

    var description: String { "\(name) \(path)" }
}
