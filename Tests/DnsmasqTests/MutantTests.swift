import Addressing
import Foundation
import InventorySchema
import Planning
import Reconciling
import Targets
import TestSupport
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

/// Broken renderings of the sample sites' files, each given to all three that look at staged files.
@Suite(.needsRehearsals, .serialized) struct MutantTests {
    private static let seed: UInt64 = 20
    private static let count = 200

    /// A site's rendering, and what judges it.
    private struct Subject {
        let bench: RehearsalBench
        let desired: DesiredSet<DnsmasqState>
        let files: [PlaceFile]

        /// The sample organisation's sites in bootstrap mode, where dnsmasq serves all of both.
        static func samples() async throws -> [Subject] {
            let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().path
            var texts: [String: String] = [:]
            for folder in ["inventory", "sites"] {
                for path in try FileManager.default.subpathsOfDirectory(atPath: "\(repository)/\(folder)") where path.hasSuffix(".yml") {
                    texts["\(folder)/\(path)"] = try String(contentsOfFile: "\(repository)/\(folder)/\(path)", encoding: .utf8)
                }
            }
            let compiled = await SampleInventory(texts).compiled(mode: .bootstrap)
            return try compiled.compilation.graphs.compactMap { graph in
                guard let placement = graph.placements.first(where: { $0.provider == .dnsmasq }) else { return nil }
                let bench = try RehearsalBench(site: graph.site, servers: placement.addresses.compactMap(\.v4).map(\.description))
                let desired = DnsmasqProvider(now: { 0 }).desired(graph, placement)
                return Subject(bench: bench, desired: desired, files: bench.mechanism.render(desired))
            }
        }

        func readsBack(_ files: [PlaceFile]) -> Bool {
            differences(desired: desired, observed: bench.mechanism.parse(files)).isEmpty
        }

        func passesChecker(_ files: [PlaceFile]) async throws -> Bool {
            for command in bench.mechanism.checks(directory: try bench.stage(files), files: files) {
                // What can't be an argument of a program isn't accepted by it.
                guard let result = try? await LocalPrograms().run(command, within: 20) else { return false }
                if result.status != 0 { return false }
            }
            return true
        }
    }

    /// What each of the three says of a mutant: whether it lets it through.
    private struct Verdict {
        var mutation: Mutation
        var readBack: Bool
        var checker: Bool
        var rehearsal: Bool
    }

    private func judge(_ mutation: Mutation, of subject: Subject) async throws -> Verdict {
        let outcome = try await subject.bench.rehearse(subject.desired) { _ in mutation.files }
        if case .notPossible(let reason) = outcome { Issue.record("\(mutation): \(reason)") }
        return Verdict(
            mutation: mutation, readBack: subject.readsBack(mutation.files), checker: try await subject.passesChecker(mutation.files),
            rehearsal: outcome.asked != nil)
    }

    /// Judges mutants, some at once: most of the time is waiting for a daemon that has nothing to say.
    private func judge(_ mutations: [Mutation], of subject: Subject) async throws -> [Verdict] {
        try await withThrowingTaskGroup(of: Verdict.self) { group in
            var verdicts: [Verdict] = []
            for (index, mutation) in mutations.enumerated() {
                if index >= 4, let verdict = try await group.next() { verdicts.append(verdict) }
                group.addTask { try await judge(mutation, of: subject) }
            }
            for try await verdict in group { verdicts.append(verdict) }
            return verdicts
        }
    }

    @Test func `no broken rendering passes all three, and the checker alone lets many through`() async throws {
        let subjects = try await Subject.samples()
        try #require(subjects.count == 2)
        var random = SeededGenerator(seed: Self.seed)
        var verdicts: [Verdict] = []
        for subject in subjects {
            #expect(subject.readsBack(subject.files))
            #expect(try await subject.passesChecker(subject.files))
            let whole = try await subject.bench.rehearse(subject.desired)
            #expect(whole.asked ?? 0 > 100, "\(whole)")
            let mutations = try Mutation.known(subject.files) + (0..<(Self.count / 2)).map { _ in .random(subject.files, &random) }
            verdicts += try await judge(mutations, of: subject)
        }
        let escaped = verdicts.filter { $0.readBack && $0.checker && $0.rehearsal }.map(\.mutation.description)
        #expect(escaped.isEmpty, "seed \(Self.seed): \(escaped)")
        #expect(verdicts.count >= Self.count)
        let checker = verdicts.count { $0.checker }
        #expect(checker > verdicts.count / 2, "the checker has become strict: say so in docs/torture.md")
        print(
            "torture: mutants: \(verdicts.count); let through by the checker alone \(checker), by the rehearsal alone \(verdicts.count { $0.rehearsal }),",
            "by both \(verdicts.count { $0.checker && $0.rehearsal }), by reading back \(verdicts.count { $0.readBack }), by all \(escaped.count)"
        )
    }

    @Test func `without reading back and rehearsal the eight known kinds pass`() async throws {
        let subject = try #require(try await Subject.samples().first)
        let verdicts = try await judge(try Mutation.known(subject.files), of: subject)
        #expect(verdicts.count { $0.checker } == 8, "\(verdicts)")
        #expect(verdicts.count { $0.readBack } == 0, "\(verdicts)")
        // A directive too many changes no answer, and dnsmasq turns a reversed range round by itself.
        #expect(
            Set(verdicts.filter(\.rehearsal).map(\.mutation.description)) == [
                "a directive behind a line break in a name", "a reversed range",
            ])
    }
}
