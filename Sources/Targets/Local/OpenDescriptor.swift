internal import Glibc
internal import Synchronization

/// A descriptor that is closed once: when it is told to, or when nobody holds it any more.
final class OpenDescriptor: Sendable {
    private let descriptor: Mutex<Int32?>

    init(adopting descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    deinit { close() }

    func close() {
        descriptor.withLock { held in
            if let held { _ = Glibc.close(held) }
            held = nil
        }
    }
}
