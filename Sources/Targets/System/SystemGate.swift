internal import Diagnostics
internal import Glibc
public import Logging
internal import Synchronization

/// The one way to every system call that changes a target: it counts them, can list them, and can let them go wrong.
///
/// A sweep first records the calls of one apply, then repeats the apply with a fault at each of them.
public final class SystemGate: Sendable {
    private struct State {
        var count = 0
        var calls: [SystemCallRecord] = []
    }

    private let state = Mutex(State())
    private let injector: (any FaultInjector)?
    private let isRecording: Bool
    private let log: Logger

    /// Makes a gate. Without an injector nothing goes wrong by intent; the log tells each call at the level `debug`.
    public init(
        injector: (any FaultInjector)? = nil, isRecording: Bool = false,
        log: Logger = Logger(label: "deevnet.target", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.injector = injector
        self.isRecording = isRecording
        self.log = log
    }

    /// How many calls went through.
    public var count: Int { state.withLock { $0.count } }

    /// The calls in order; empty unless the gate records.
    public var calls: [SystemCallRecord] { state.withLock { $0.calls } }

    /// Makes a call that answers zero or more, or the negated errno, and throws its failure.
    ///
    /// An interrupted call is made again; no other failure is, least of all that of fsync, which reports lost data once and then succeeds.
    @discardableResult
    func pass(_ call: SystemCall, _ path: String, _ body: () -> Int32) throws(TargetError) -> Int32 {
        let fault = enter(call, path)
        if case .fail(let errno) = fault, errno != EINTR { throw .system(errno, call, path) }
        while true {
            let answer = body()
            if answer >= 0 { return answer }
            if answer != -EINTR { throw .system(-answer, call, path) }
        }
    }

    /// Counts a call that is made elsewhere, and fails in its place.
    func announce(_ call: SystemCall, _ path: String) throws(TargetError) {
        try pass(call, path) { 0 }
    }

    /// Writes all bytes, however many calls it takes.
    func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(TargetError) {
        var written = 0
        while written < bytes.count {
            let fault = enter(.write, path)
            if case .fail(let errno) = fault, errno != EINTR { throw .system(errno, .write, path) }
            let left = bytes.count - written
            let isCut = fault == .shortWrite || fault == .lostBytes
            let answer = unsafe bytes.withUnsafeBytes { all in
                unsafe Glibc.write(descriptor, all.baseAddress.map { unsafe $0 + written }, isCut ? max(1, left / 2) : left)
            }
            if answer < 0 {
                let errno = errno
                if errno != EINTR { throw .system(errno, .write, path) }
            } else if answer == 0 {
                // Not allowed by POSIX for a regular file; going on would never end.
                throw .system(EIO, .write, path)
            } else {
                written += fault == .lostBytes ? left : answer
            }
        }
    }

    private func enter(_ call: SystemCall, _ path: String) -> Fault? {
        let number = state.withLock { state in
            state.count += 1
            if isRecording { state.calls.append(SystemCallRecord(number: state.count, call: call, path: path)) }
            return state.count
        }
        log.debug("\(call)", metadata: ["path": "\(escapedForDisplay(path))", "number": "\(number)"])
        let fault = injector?.fault(before: call, number: number)
        if fault == .kill { _ = Glibc.kill(getpid(), SIGKILL) }
        // To this thread: sent to the process, another thread may take it while this one goes on into the call.
        if fault == .stop { _ = raise(SIGSTOP) }
        return fault
    }
}

/// What a C function answered, in the convention of this module: zero or more, or the negated errno.
func answer(_ value: Int32) -> Int32 { value < 0 ? -errno : value }
