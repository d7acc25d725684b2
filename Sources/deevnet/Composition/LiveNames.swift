import ArgumentParser
import Diagnostics
import FoundationEssentials
import GitRevisions
import InventorySchema
import Reconciling

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

    private static func sites(_ words: [String], _ start: String) async -> [String] {
        await inventory(words)?.inventory.sites.map(\.name).filter { $0.hasPrefix(start) } ?? []
    }

    private static func plans(_ start: String) -> [String] {
        let folder = start.lastIndex(of: "/").map { String(start[...$0]) } ?? ""
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return files.filter { $0.hasSuffix(".json") }.map { folder + $0 }.filter { $0.hasPrefix(start) }.sorted()
    }

    private static func inventory(_ words: [String]) async -> CompiledRevision? {
        let directory = value(of: ["-C", "--directory"], in: words) ?? "."
        let selector = value(of: ["--ref"], in: words).map { RevisionSelector.revision($0) } ?? .workingTree
        guard let repository = try? InventoryRepository(at: directory) else { return nil }
        return try? await CompiledRevision.read(repository, selector, workers: ProcessInfo.processInfo.activeProcessorCount)
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
