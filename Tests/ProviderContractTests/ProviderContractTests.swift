import TestSupport
import Testing

/// Each promise is proven by each provider: one with real files, one with files in memory, one with calls.
@Suite struct `Every provider` {
    @Test(.enabled(if: DnsmasqBench.isAvailable, "dnsmasq isn't installed"), arguments: ProviderPromise.allCases)
    func `dnsmasq keeps its promises`(_ promise: ProviderPromise) async throws {
        let graphs = try await RandomGraphs()
        // What is desired at random is tried out with the real daemon too, once for each.
        let rehearses = promise == .secondPlanIsEmpty
        try await promise.prove(seeds: promise == .aFailureIsUndoneOrReported ? 0..<1 : 0..<4) {
            try DnsmasqBench(graphs, rehearses: rehearses)
        }
    }

    @Test(arguments: ProviderPromise.allCases)
    func `the file daemon keeps its promises`(_ promise: ProviderPromise) async throws {
        let graphs = try await RandomGraphs()
        try await promise.prove(seeds: promise == .aFailureIsUndoneOrReported ? 0..<10 : 0..<30) { FileDaemonBench(graphs) }
    }

    @Test(arguments: ProviderPromise.allCases)
    func `the appliance keeps its promises`(_ promise: ProviderPromise) async throws {
        let graphs = try await RandomGraphs()
        try await promise.prove(seeds: promise == .aFailureIsUndoneOrReported ? 0..<10 : 0..<30) { ApplianceBench(graphs) }
    }
}
