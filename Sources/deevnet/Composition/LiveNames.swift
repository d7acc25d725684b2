import ArgumentParser
import Diagnostics
import FoundationEssentials
import GitRevisions
import InventorySchema
import Logging
import Planning
import Reconciling
import Targets

/// The names that a shell completes: those of the inventory that the command line would act on. Where it can't be read, nothing is offered.
enum LiveNames {
    /// Sites.
    static let sites = CompletionKind.custom { words, _, start in await sites(words, start) }

    /// Sites, and files that may be saved plans.
    static let sitesAndPlans = CompletionKind.custom { words, _, start in await sites(words, start) + plans(start) }

    /// Hosts.
    static let hosts = CompletionKind.custom { words, _, start in
        let inventory = await inventory(words)?.inventory
        let hosts = (inventory?.hosts ?? []) + (inventory?.sites.flatMap(\.hosts) ?? [])
        return Set(hosts.map(\.name.value)).filter { $0.hasPrefix(start) }.sorted()
    }

    /// What stands in an apply's way and can be adopted. For that a plan is made: it reads the targets, and for the samples takes 15 ms more than their names.
    static let adoptions = CompletionKind.custom { words, _, start in
        await adoptions(words).filter { $0.hasPrefix(start) && ($0 == start || !words.contains($0)) }.map(quoted)
    }

    /// Whatever `explain` explains.
    static let subjects = CompletionKind.custom { words, _, start in await subjects(words, start).map(quoted) }

    /// Zsh takes what stands behind a colon for a description.
    private static func quoted(_ word: String) -> String {
        CompletionShell.requesting == .zsh ? word.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "\\:") : word
    }

    private static func subjects(_ words: [String], _ start: String) async -> [String] {
        let codes = DiagnosticCode.allCases.map { start.hasPrefix("d") ? $0.rawValue.lowercased() : $0.rawValue }
            .filter { !start.isEmpty && $0.hasPrefix(start) }
        guard let compiled = await inventory(words) else { return codes }
        return Explainer(compiled, registry: .standard).words(beginningWith: start) + codes
    }

    private static func adoptions(_ words: [String]) async -> [String] {
        guard let (repository, compiled) = await read(words) else { return [] }
        let root = value(of: ["--root"], in: words).map(PlanOptions.absolute)
        let targets = LocalTargets(
            root: root, inventory: compiled.inventory, machine: root == nil ? try? ThisMachine.current() : nil,
            log: Logger(label: "deevnet.target", factory: { _ in SwiftLogNoOpLogHandler() }))
        // What a plan is made from is told nobody here.
        let source = Plan.Source(summary: "", commit: nil, isDirty: true, inventoryDigest: "", isCommit: false)
        let planner = Planner(
            compiled.forPlanning(), in: repository, registry: .standard, targets: targets, source: source,
            workers: ProcessInfo.processInfo.activeProcessorCount)
        let known = compiled.inventory.sites.map(\.name)
        let named = known.filter(words.contains)
        let plan = await planner.plan(sites: named.isEmpty ? known : named, pruning: false).plan
        return plan.strangers.filter { $0.stranger.fate != nil }.map(\.address.description)
    }

    private static func sites(_ words: [String], _ start: String) async -> [String] {
        await inventory(words)?.inventory.sites.map(\.name).filter { $0.hasPrefix(start) } ?? []
    }

    private static func plans(_ start: String) -> [String] {
        let folder = start.lastIndex(of: "/").map { String(start[...$0]) } ?? ""
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return files.filter { $0.hasSuffix(".json") }.map { folder + $0 }.filter { $0.hasPrefix(start) }.sorted()
    }

    private static func inventory(_ words: [String]) async -> CompiledRevision? { await read(words)?.compiled }

    private static func read(_ words: [String]) async -> (repository: InventoryRepository, compiled: CompiledRevision)? {
        let directory = value(of: ["-C", "--directory"], in: words) ?? "."
        let selector = value(of: ["--ref"], in: words).map { RevisionSelector.revision($0) } ?? .workingTree
        guard let repository = try? InventoryRepository(at: directory) else { return nil }
        let workers = ProcessInfo.processInfo.activeProcessorCount
        return (try? await CompiledRevision.read(repository, selector, workers: workers)).map { (repository, $0) }
    }

    private static func value(of options: [String], in words: [String]) -> String? {
        for (index, word) in words.enumerated() {
            if options.contains(word), index + 1 < words.count { return words[index + 1] }
            for option in options where option.hasPrefix("--") && word.hasPrefix("\(option)=") {
                return String(word.dropFirst(option.count + 1))
            }
        }
        return nil
    }
}
