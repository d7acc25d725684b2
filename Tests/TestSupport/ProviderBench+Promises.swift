import Diagnostics
import Planning
import Reconciling
import SiteCompiler
import Targets
import Testing

extension ProviderBench {
    func proveSecondPlanIsEmpty(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var wanted: [SiteGraph] = []
        for _ in 0..<4 { wanted.append(try graphs.graph(seed: random.next())) }
        for (step, graph) in wanted.enumerated() {
            let planned = try await plan(graph)
            #expect(planned.findings.allSatisfy { $0.severity != .error }, "seed \(seed), step \(step)")
            let outcome = await apply(planned)
            #expect(outcome.isApplied || planned.plan.count == 0, "seed \(seed), step \(step): \(outcome)")
            let left = try await plan(graph).plan
            #expect(left.count == 0, "seed \(seed), step \(step): \((0..<left.count).map { left.change(at: $0).address })")
            #expect(left.unread.isEmpty, "seed \(seed)")
        }
    }

    func proveApplyingTwiceIsApplyingOnce(_ seed: UInt64) async throws {
        let graph = try graphs.graph(seed: seed)
        #expect(try await apply(graph).isApplied, "seed \(seed)")
        let before = try await fingerprint()
        #expect(try await apply(graph) == .unchanged, "seed \(seed)")
        #expect(try await fingerprint() == before, "seed \(seed)")
    }

    func proveOrderDoesNotMatter(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let graph = try graphs.graph(seed: seed)
        var shuffled = graph
        shuffled.records.shuffle(using: &random)
        shuffled.reservations.shuffle(using: &random)
        let (one, other) = (try await plan(graph).plan, try await plan(shuffled).plan)
        #expect(one.desiredDigest == other.desiredDigest, "seed \(seed)")
        #expect(one.observedDigest == other.observedDigest, "seed \(seed)")
        #expect(
            (0..<one.count).map { one.change(at: $0).address } == (0..<other.count).map { other.change(at: $0).address }, "seed \(seed)")
        #expect(try await apply(graph).isApplied, "seed \(seed)")
        #expect(try await holds(shuffled), "seed \(seed)")
        guard case .files(let mechanism) = provider.mechanism(placement) else { return }
        let states = provider.desired(graph, placement).resources
        let bytes = mechanism.render(DesiredSet(states))
        #expect(mechanism.render(DesiredSet(states.shuffled(using: &random))) == bytes, "seed \(seed)")
    }

    func proveADryRunTouchesNothing(_ seed: UInt64) async throws {
        let (old, new) = (try graphs.graph(seed: seed), try graphs.graph(seed: seed + 1_000))
        try await plantForeign()
        let empty = try await fingerprint()
        #expect(try await plan(old).plan.count > 0, "seed \(seed)")
        #expect(try await fingerprint() == empty, "seed \(seed): planning a first apply wrote something")
        #expect(try await apply(old).isApplied, "seed \(seed)")
        let before = try await fingerprint()
        let planned = try await plan(new)
        for index in 0..<planned.plan.count { _ = planned.plan.change(at: index) }
        _ = planned.work
        #expect(try await fingerprint() == before, "seed \(seed)")
    }

    func proveForeignThingsSurvive(_ seed: UInt64) async throws {
        try await plantForeign()
        let before = try await foreign()
        #expect(!before.isEmpty)
        for graph in [try graphs.graph(seed: seed), try graphs.graph(seed: seed + 1_000)] {
            #expect(try await apply(graph).isApplied, "seed \(seed)")
            #expect(try await foreign() == before, "seed \(seed)")
        }
        try await drift()
        #expect(try await apply(try graphs.graph(seed: seed)).isApplied, "seed \(seed)")
        let causes = Causes(graph: graphs.base, appliedGraph: nil, facts: [])
        let end = try #require(try await ProviderRegistry([provider]).decommission(placement, causes: causes, on: target))
        #expect(end.plan.counts[.decommission] == end.plan.count && end.plan.count > 0, "seed \(seed)")
        #expect(await apply(end).isApplied, "seed \(seed)")
        #expect(try await ProviderRegistry([provider]).decommission(placement, causes: causes, on: target)?.plan.count == 0, "seed \(seed)")
        #expect(try await foreign() == before, "seed \(seed)")
    }

    func proveDriftIsUndone(_ seed: UInt64) async throws {
        let graph = try graphs.graph(seed: seed)
        #expect(try await apply(graph).isApplied, "seed \(seed)")
        try await drift()
        let planned = try await plan(graph)
        #expect(planned.plan.count > 0, "seed \(seed): the drift isn't seen")
        #expect(await apply(planned).isApplied, "seed \(seed)")
        #expect(try await holds(graph), "seed \(seed)")
    }

    func proveIncompleteObservationDeletesNothing(_ seed: UInt64) async throws {
        let (old, new) = (try graphs.graph(seed: seed), try graphs.graph(seed: seed + 1_000))
        #expect(try await apply(old).isApplied, "seed \(seed)")
        try await hide(true)
        let before = try await fingerprint()
        let planned = try await plan(new)
        #expect(!planned.plan.unread.isEmpty, "seed \(seed)")
        #expect(planned.plan.counts[.delete] == 0 && planned.plan.counts[.create] == 0, "seed \(seed): \(planned.plan.counts)")
        let outcome = await apply(planned)
        if case .refused = outcome {} else { Issue.record("seed \(seed): \(outcome)") }
        #expect(try await fingerprint() == before, "seed \(seed)")
        try await hide(false)
        #expect(try await holds(old), "seed \(seed)")
        #expect(try await apply(new).isApplied, "seed \(seed)")
    }

    /// Fails every changing call of one apply in turn. Whatever is said afterwards must be true, and one more apply must mend everything.
    func proveAFailureIsUndoneOrReported(_ seed: UInt64) async throws {
        try await plantForeign()
        for isAfterwards in failsAfterwards ? [false, true] : [false] {
            var number = 1
            while try await proveAFailure(at: number, isAfterwards, seed) { number += 1 }
            #expect(number > 3, "seed \(seed): hardly anything was made to fail")
        }
    }

    /// Whether the call was reached.
    private func proveAFailure(at number: Int, _ isAfterwards: Bool, _ seed: UInt64) async throws -> Bool {
        let (old, new) = (try graphs.graph(seed: seed), try graphs.graph(seed: seed + 1_000))
        #expect(try await apply(old).isApplied, "seed \(seed)")
        #expect(try await holds(old), "seed \(seed), call \(number)")
        let theirs = try await foreign()
        let planned = try await plan(new)
        let before = await changes()
        await fail(call: number, afterwards: isAfterwards)
        let outcome = await apply(planned)
        let isReached = await changes() - before >= number
        await fail(call: 0, afterwards: false)
        let (isOld, isNew) = (try await holds(old), try await holds(new))
        let what: Comment = "seed \(seed), call \(number) fails\(isAfterwards ? " after it took effect" : ""): \(outcome)"
        switch outcome {
        case .applied: #expect(isNew, what)
        case .refused, .rolledBack: #expect(isOld, what)
        case .broken(_, let left): #expect(!left.isEmpty, what)
        case .unchanged, .moved: Issue.record(what)
        }
        #expect(isReached || outcome.isApplied, what)
        #expect(try await foreign() == theirs, what)
        let next = try await apply(new)
        #expect(next == (isNew ? .unchanged : next), "\(what), then \(next)")
        #expect(next.isApplied || next == .unchanged, "\(what), then \(next)")
        #expect(try await holds(new), what)
        #expect(try await target.files?.journal() == nil, what)
        return isReached
    }

    func proveRenderedFilesReadBack(_ seed: UInt64) throws {
        guard case .files(let mechanism) = provider.mechanism(placement) else { return }
        let desired = provider.desired(try graphs.graph(seed: seed), placement)
        let found = mechanism.parse(mechanism.render(desired))
        #expect(differences(desired: desired, observed: found).isEmpty, "seed \(seed)")
        if let service = mechanism.service {
            #expect(service.name == "deevnet-\(mechanism.place.provider)@\(mechanism.place.site)")
        }
        for resource in desired.resources {
            for line in mechanism.lines(of: resource.state) {
                let file = mechanism.render(desired).first { $0.name == line.file }
                let lines = file.map { String(decoding: $0.bytes, as: UTF8.self).split(separator: "\n").map(String.init) } ?? []
                #expect(lines.contains(line.line), "seed \(seed): \(line)")
            }
        }
    }
}
