/// What a program answered.
public struct ProgramResult: Sendable, Equatable {
    /// The exit status, or 128 + the signal.
    public var status: Int32
    /// Its standard output and error together, at most 64 KiB.
    public var output: String

    /// Makes a result.
    public init(status: Int32, output: String) {
        self.status = status
        self.output = output
    }
}

/// Runs checkers and other short-lived programs on a target: argument lists, never a shell.
public protocol ProgramRunner: Sendable {
    /// Runs a program to its end or its deadline; throws `programMissing` when it isn't there.
    func run(_ command: [String], within seconds: Int) async throws(TargetError) -> ProgramResult
}
