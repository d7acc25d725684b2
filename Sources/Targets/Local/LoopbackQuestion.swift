internal import CSystemCalls
internal import Glibc

/// A DNS question to a daemon of this machine, asked from inside the network namespace that it runs in.
enum LoopbackQuestion {
    /// The answer with the question's id, or nil when none came in time or the namespace may not be entered.
    static func ask(pid: Int32, _ question: [UInt8], port: UInt16, within milliseconds: Int) async -> [UInt8]? {
        let socket = csys_udp(pid, 0x7f00_0001, port)
        guard socket >= 0, question.count >= 12 else { return nil }
        defer { close(socket) }
        let deadline = ContinuousClock.now + .milliseconds(milliseconds)
        var mustSend = true
        while ContinuousClock.now < deadline {
            if mustSend {
                mustSend = false
                _ = unsafe question.withUnsafeBytes { unsafe send(socket, $0.baseAddress, $0.count, 0) }
            }
            var buffer = [UInt8](repeating: 0, count: 65535)
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
            if count >= 12, buffer.prefix(2) == question.prefix(2) { return Array(buffer.prefix(count)) }
            // A refused port may be one that isn't open yet: the daemon is just starting.
            if count < 0, errno == ECONNREFUSED { mustSend = true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return nil
    }
}
