import CLibFuzzer
import Dispatch
import FuzzTargets
import Glibc
import Synchronization

/// `DEEVNET_FUZZ=TARGET deevnet-fuzz`, and then what libFuzzer takes; see `scripts/fuzz`.
@main
struct DeevnetFuzz {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
        _ = unsafe LLVMFuzzerRunDriver(&count, &arguments) { start, count in unsafe tryInput(start, count) }
    }
}

/// A promise that doesn't hold ends the process, as a crash would. The name is one that libFuzzer's library asks for.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let violation = Mutex<String?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task {
        let found = await target.violation(in: bytes)
        violation.withLock { $0 = found }
        done.signal()
    }
    done.wait()
    if let found = violation.withLock({ $0 }) { fatalError("\(target.rawValue): \(found)") }
    return 0
}

/// What `DEEVNET_FUZZ` names.
private let target: FuzzTarget = {
    let name = unsafe getenv("DEEVNET_FUZZ").map { unsafe String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        fatalError("DEEVNET_FUZZ names one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return target
}()
