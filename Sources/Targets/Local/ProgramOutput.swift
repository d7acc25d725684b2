internal import CSystemCalls
internal import Glibc
internal import Synchronization

/// The one pipe for a program's standard output and error.
final class ProgramOutput: Sendable {
    let writing: Int32
    private let reading: Int32
    private let kept = Mutex<[UInt8]>([])
    private let isWritingOpen = Mutex(true)

    init() throws(TargetError) {
        var reading: Int32 = -1
        var writing: Int32 = -1
        let answer = unsafe csys_pipe(&reading, &writing)
        guard answer >= 0 else { throw .system(-answer, deed: "make", call: "pipe2", "a pipe") }
        _ = csys_never_block(reading)
        self.reading = reading
        self.writing = writing
    }

    deinit {
        closeWriting()
        close(reading)
    }

    /// What was kept, as text.
    var text: String { kept.withLock { String(decoding: $0, as: UTF8.self) } }

    /// Lets go of the program's end, so that only the program holds it.
    func closeWriting() {
        isWritingOpen.withLock { isOpen in
            if isOpen { close(writing) }
            isOpen = false
        }
    }

    /// Takes what is there, without waiting.
    func drain() {
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        // A program that writes faster than we read must not keep us from looking at the clock.
        for _ in 0..<256 {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(reading, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            kept.withLock { $0.append(contentsOf: chunk.prefix(min(count, LocalPrograms.outputLimit - $0.count))) }
        }
    }
}
