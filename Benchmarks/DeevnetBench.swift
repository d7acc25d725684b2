import Diagnostics
import Glibc
import Reconciling

/// `deevnet-bench`: makes inventories, and measures one phase on one of them. `scripts/bench` puts the runs together.
///
///     deevnet-bench generate DIRECTORY HOSTS SITES host|segment SEED
///     deevnet-bench apply DIRECTORY ROOT
///     deevnet-bench check DIRECTORY ROOT
///     deevnet-bench records DIRECTORY
///     deevnet-bench measure PHASE WORKERS DIRECTORY [ROOT]
///     deevnet-bench repeat ROUNDS DIRECTORY ROOT [keep]
///
/// The last plans again and again in one process and prints the resident memory after each round; with `keep` it holds on to 64 KiB a round.
///
/// Results are one line of JSON on standard output; what went wrong ends it with 1 and a line on standard output too.
@main
struct DeevnetBench {
    /// An `async` main ends the first thread and goes on with others; callgrind crashes on that, so the first one waits.
    static func main() {
        ProcessHeap.limit()
        Task.detached {
            do {
                print(try await run(Array(CommandLine.arguments.dropFirst())))
                exit(0)
            } catch {
                print("deevnet-bench: \(error)")
                exit(1)
            }
        }
        while true { pause() }
    }

    private static func run(_ arguments: [String]) async throws -> String {
        switch (arguments.first, arguments.count) {
        case ("generate", 6): return try generate(arguments)
        case ("apply", 3):
            try await Pipeline(directory: arguments[1], root: arguments[2], workers: 1).apply()
            return "{}"
        case ("check", 3):
            return report(try await Pipeline(directory: arguments[1], root: arguments[2], workers: 1).check(), workers: 1)
        case ("records", 2): return try await Pipeline(directory: arguments[1], root: nil, workers: 1).records()
        case ("measure", 4...5):
            guard let phase = Phase(rawValue: arguments[1]), let workers = Int(arguments[2]), workers > 0 else {
                throw BenchmarkFailure(description: "there is no phase '\(arguments[1])' with \(arguments[2]) workers")
            }
            let pipeline = Pipeline(directory: arguments[3], root: arguments.count > 4 ? arguments[4] : nil, workers: workers)
            let measurement = try await pipeline.measure(phase)
            print(report(measurement, workers: workers))
            // As a plan does: what is left goes with the process.
            withExtendedLifetime(measurement) { exit(0) }
        case ("repeat", 4...5):
            guard let rounds = Int(arguments[1]), rounds > 0, arguments.count == 4 || arguments[4] == "keep" else { throw Self.usage }
            return try await resident(
                rounds: rounds, Pipeline(directory: arguments[2], root: arguments[3], workers: 2), keeping: arguments.count > 4)
        default: throw Self.usage
        }
    }

    private static let usage = BenchmarkFailure(
        description: "usage: generate DIRECTORY HOSTS SITES SHAPE SEED | apply DIRECTORY ROOT | check DIRECTORY ROOT | records DIRECTORY | "
            + "measure PHASE WORKERS DIRECTORY [ROOT] | repeat ROUNDS DIRECTORY ROOT [keep]")

    private static func resident(rounds: Int, _ pipeline: Pipeline, keeping isKeeping: Bool) async throws -> String {
        var kept: [[UInt8]] = []
        var json = JSONWriter(isPretty: false)
        var sizes: [Int] = []
        for round in 0..<rounds {
            _ = try await pipeline.measure(.plan)
            if isKeeping { kept.append([UInt8](repeating: UInt8(truncatingIfNeeded: round), count: 64 << 10)) }
            sizes.append(ProcessMemory.resident() ?? 0)
        }
        json.object {
            $0.member("kept_kib", kept.count * 64)
            $0.key("resident_kib")
            $0.array { for size in sizes { $0.value(size) } }
        }
        return json.text
    }

    private static func generate(_ arguments: [String]) throws -> String {
        guard let hosts = Int(arguments[2]), let sites = Int(arguments[3]), let shape = InventoryShape(rawValue: arguments[4]),
            let seed = UInt64(arguments[5]), (1...200).contains(sites), hosts >= 2 * sites
        else { throw BenchmarkFailure(description: "generate DIRECTORY HOSTS SITES host|segment SEED, at least two hosts a site") }
        let written = try GeneratedInventory(hostCount: hosts, siteCount: sites, shape: shape, seed: seed).write(to: arguments[1])
        var json = JSONWriter(isPretty: false)
        json.object {
            $0.member("files", written.files)
            $0.member("bytes", written.bytes)
        }
        return json.text
    }

    private static func report(_ measurement: Measurement, workers: Int) -> String {
        var json = JSONWriter(isPretty: false)
        json.object {
            $0.member("cpu_us", microseconds(measurement.usage.cpuSeconds))
            $0.member("wall_us", microseconds(measurement.usage.wallSeconds))
            $0.member("reading_cpu_us", microseconds(measurement.reading.cpuSeconds))
            $0.member("reading_wall_us", microseconds(measurement.reading.wallSeconds))
            $0.member("peak_kib", ProcessMemory.peak())
            $0.member("workers", workers)
            for (name, count) in measurement.counts { $0.member(name, count) }
        }
        return json.text
    }

    private static func microseconds(_ seconds: Double) -> Int { Int((seconds * 1e6).rounded()) }
}
