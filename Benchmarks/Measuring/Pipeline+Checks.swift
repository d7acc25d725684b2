import Glibc
import Reconciling
import Targets

extension Pipeline {
    /// Runs the checker of each site on the files that ``apply()`` has made live, one after the other, as an apply does before its switch.
    /// CPU time is that of the checkers.
    func check() async throws -> Measurement {
        let (_, outcome) = try await plan()
        var (commands, sites) = (0, 0)
        var usage = Usage.none
        for target in outcome.targets {
            guard let files = target.target.files, let programs = target.target.programs, let live = try await files.live() else {
                throw BenchmarkFailure(description: "nothing is applied on \(target.target.host)")
            }
            sites += 1
            for run in target.runs {
                guard case .files(let work) = run.work else { continue }
                let checks = work.checks(files.hostPath(of: work.place, in: live.number))
                let before = Self.childrenSeconds
                let clock = Stopwatch()
                for command in checks {
                    let result = try await programs.run(command, within: Apply.checkSeconds)
                    guard result.status == 0 else { throw BenchmarkFailure(description: "\(command[0]) refuses: \(result.output)") }
                }
                usage += Usage(cpuSeconds: Self.childrenSeconds - before, wallSeconds: clock.usage.wallSeconds)
                commands += checks.count
            }
        }
        return Measurement(usage: usage, counts: [("sites", sites), ("commands", commands)])
    }

    /// User and kernel time of the children that have ended (getrusage(2)).
    private static var childrenSeconds: Double {
        var usage = rusage()
        let status = unsafe getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        precondition(status == 0, "the kernel knows its children")
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
