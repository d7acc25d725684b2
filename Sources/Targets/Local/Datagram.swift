internal import CSystemCalls
internal import Glibc

/// One UDP message to an IPv4 address, sent from inside the network namespace of a process.
enum Datagram {
    /// Whether it was handed to the kernel; nobody says whether it arrived.
    static func send(pid: Int32, _ message: [UInt8], to host: UInt32, port: UInt16) -> Bool {
        let socket = csys_udp(pid, host, port)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        let sent = unsafe message.withUnsafeBytes { unsafe Glibc.send(socket, $0.baseAddress, $0.count, 0) }
        return sent == message.count
    }
}
