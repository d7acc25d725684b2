import FoundationEssentials

/// The most memory that this process has had resident.
enum PeakMemory {
    /// In KiB, from `VmHWM` of proc_pid_status(5). Not `ru_maxrss` of getrusage(2): that one outlives execve, so the child of a larger process
    /// would report its parent's.
    static func kibibytes() -> Int? {
        let status = FileManager.default.contents(atPath: "/proc/self/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    }
}
