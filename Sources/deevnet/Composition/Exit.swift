import ArgumentParser
import Glibc

/// The exit codes, the worst first.
enum Exit: Int32, CaseIterable {
    case interrupted = 130
    case rolledBack = 5
    case failed = 1
    case lockHeld = 4
    case unreachable = 75
    case refused = 3
    case changesPending = 2
    case done = 0

    var error: ExitCode { ExitCode(rawValue) }

    /// The worse of two.
    func worst(_ other: Exit) -> Exit {
        for exit in Self.allCases where exit == self || exit == other { return exit }
        return .failed
    }

    /// Ends the command with this code; zero returns.
    func end() throws {
        if self != .done { throw error }
    }

    /// Ends the process with this code while `held` is still in memory: taking the graphs of a large inventory apart would be a twentieth of a plan's work.
    func endProcess<Held>(holding held: Held) -> Never {
        withExtendedLifetime(held) { Glibc.exit(rawValue) }
    }
}
