public import Testing

/// What every provider promises, whatever its mechanism. Each promise is proven on a bench, over generated states.
public enum ProviderPromise: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case secondPlanIsEmpty = "apply(plan(a → b)) on a gives b, and then the plan is empty"
    case applyingTwiceIsApplyingOnce = "applying twice writes nothing the second time"
    case orderDoesNotMatter = "the order of what is wanted changes nothing"
    case aDryRunTouchesNothing = "a plan touches nothing"
    case foreignThingsSurvive = "what is somebody else's survives applies, drift and decommission"
    case driftIsUndone = "what was changed behind our back is seen and undone"
    case incompleteObservationDeletesNothing = "an incomplete observation deletes nothing, and applies nothing"
    case aFailureIsUndoneOrReported = "a failure half-way is undone, or says what is left"
    case renderedFilesReadBack = "what is rendered reads back as what it was, and a service is named after its place"

    /// The promise as a sentence.
    public var testDescription: String { rawValue }

    /// Proves the promise on fresh benches; each expectation names the seed.
    public func prove(seeds: Range<UInt64>, on bench: () async throws -> any ProviderBench) async throws {
        for seed in seeds { try await prove(seed, on: try await bench()) }
    }

    private func prove(_ seed: UInt64, on bench: some ProviderBench) async throws {
        switch self {
        case .secondPlanIsEmpty: try await bench.proveSecondPlanIsEmpty(seed)
        case .applyingTwiceIsApplyingOnce: try await bench.proveApplyingTwiceIsApplyingOnce(seed)
        case .orderDoesNotMatter: try await bench.proveOrderDoesNotMatter(seed)
        case .aDryRunTouchesNothing: try await bench.proveADryRunTouchesNothing(seed)
        case .foreignThingsSurvive: try await bench.proveForeignThingsSurvive(seed)
        case .driftIsUndone: try await bench.proveDriftIsUndone(seed)
        case .incompleteObservationDeletesNothing: try await bench.proveIncompleteObservationDeletesNothing(seed)
        case .aFailureIsUndoneOrReported: try await bench.proveAFailureIsUndoneOrReported(seed)
        case .renderedFilesReadBack: try bench.proveRenderedFilesReadBack(seed)
        }
    }
}
