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

    /// Nothing orders the two writes, whichever comes first.
    private static func race() {
        let number = UnsafeMutablePointer<Int>.allocate(capacity: 1)
        unsafe number.initialize(to: 0)
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { number in
                unsafe number?.assumingMemoryBound(to: Int.self).pointee = 1
                return nil
            }, number)
        precondition(status == 0, "a thread starts")
        unsafe number.pointee = 2
        pthread_join(thread, nil)
        print(unsafe number.pointee)
        unsafe number.deallocate()
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
