import Glibc

/// What a stretch of work took.
struct Usage {
    var cpuSeconds: Double
    var wallSeconds: Double

    static let none = Usage(cpuSeconds: 0, wallSeconds: 0)

    static func += (a: inout Usage, b: Usage) {
        a.cpuSeconds += b.cpuSeconds
        a.wallSeconds += b.wallSeconds
    }
}

/// Measures from the moment it is made. CPU time is that of all the process's threads, in user space and in the kernel.
struct Stopwatch {
    private let cpu = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
    private let wall = Self.seconds(CLOCK_MONOTONIC)

    var usage: Usage { Usage(cpuSeconds: Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, wallSeconds: Self.seconds(CLOCK_MONOTONIC) - wall) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        let status = unsafe clock_gettime(clock, &time)
        precondition(status == 0, "the kernel has this clock")
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
