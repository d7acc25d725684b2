import Dispatch
import Glibc

/// What each sanitizer must report: `deevnet-misdeed use-after-free | race | leak`.
@main
struct Misdeed {
    static func main() {
        switch CommandLine.arguments.dropFirst().first {
        case "use-after-free": useAfterFree()
        case "race": race()
        case "leak": leak()
        default:
            print("usage: deevnet-misdeed use-after-free | race | leak")
            exit(2)
        }
    }

    private static func useAfterFree() {
        let number = UnsafeMutablePointer<Int>.allocate(capacity: 1)
        unsafe number.initialize(to: 1)
        unsafe number.deallocate()
        print(unsafe number.pointee)
    }

    private static func race() {
        let count = UnsafeMutablePointer<Int>.allocate(capacity: 1)
        unsafe count.initialize(to: 0)
        nonisolated(unsafe) let shared = unsafe count
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<1_000 { unsafe shared.pointee += 1 }
        }
        print(unsafe count.pointee)
        unsafe count.deallocate()
    }

    /// Several, since the last may still be in sight.
    private static func leak() {
        for _ in 0..<16 {
            let number = UnsafeMutablePointer<Int>.allocate(capacity: 1)
            unsafe number.initialize(to: 1)
        }
        print("leaked")
    }
}
