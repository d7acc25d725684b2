internal import CSystemCalls
internal import Glibc

/// A room on this machine, known by the process that holds its namespaces.
final class LocalRehearsalRoom: RehearsalRoom {
    private let pid: Int32
    private let process: CInt
    private let setup: RehearsalSetup
    private let told: ProgramOutput

    /// The caller keeps the process unreaped, so that its id names it, for as long as the room is used.
    init(pid: Int32, process: CInt, setup: RehearsalSetup, told: ProgramOutput) {
        self.pid = pid
        self.process = process
        self.setup = setup
        self.told = told
    }

    /// Whether the room is there, which it isn't at once: before, its process is still in our own namespaces.
    var isReady: Bool {
        told.drain()
        return lines.contains { $0 == RehearsalScript.ready }
    }

    var hasEnded: Bool { csys_process_ended(process) != 0 || lines.contains { $0.hasPrefix(RehearsalScript.ended) } }

    var output: String {
        told.drain()
        return lines.filter { $0 != RehearsalScript.ready && !$0.hasPrefix(RehearsalScript.ended) }.joined(separator: "\n")
    }

    private var lines: [Substring] { told.text.split(whereSeparator: \.isNewline) }

    func datagrams(to host: UInt32, port: UInt16) throws(TargetError) -> any MessageChannel {
        try channel(csys_udp(pid, host, port), "a UDP socket")
    }

    func frames(on interface: String) throws(TargetError) -> any MessageChannel {
        guard let index = setup.interfaces.firstIndex(where: { $0.name == interface }) else {
            throw TargetError(.unexpectedShape, "the room has no interface \(interface)")
        }
        return try channel(unsafe csys_packets(pid, setup.peer(index)), "a packet socket")
    }

    private func channel(_ socket: Int32, _ what: String) throws(TargetError) -> any MessageChannel {
        guard socket >= 0 else { throw .system(-socket, deed: "open", call: "socket", what) }
        return SocketChannel(adopting: socket)
    }
}

/// Messages over a connected or bound socket that never blocks.
private final class SocketChannel: MessageChannel {
    private let socket: Int32

    init(adopting socket: Int32) { self.socket = socket }

    deinit { close(socket) }

    func send(_ message: [UInt8]) { _ = unsafe message.withUnsafeBytes { unsafe Glibc.send(socket, $0.baseAddress, $0.count, 0) } }

    func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 8_192)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }
}
