import FoundationEssentials

/// How much memory this process has, in KiB, from proc_pid_status(5).
enum ProcessMemory {
    /// What is resident now.
    static func resident() -> Int? { field("VmRSS:") }

    /// The most that was resident. Not `ru_maxrss` of getrusage(2): that one outlives execve, so the child of a larger process would report its
    /// parent's.
    static func peak() -> Int? { field("VmHWM:") }

    private static func field(_ name: String) -> Int? {
        let status = FileManager.default.contents(atPath: "/proc/self/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    }
}
