/// A port, or consecutive ports, of a transport: `tcp/1883`, `udp/5000-5010`. Ordered by transport, then ports.
public struct TransportPort: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// A transport protocol that has ports.
    public enum Transport: String, Hashable, Comparable, CaseIterable, Sendable, CustomStringConvertible {
        /// The transmission control protocol.
        case tcp
        /// The user datagram protocol.
        case udp

        /// Orders TCP before UDP.
        public static func < (a: Transport, b: Transport) -> Bool { a.rawValue < b.rawValue }

        /// "tcp" or "udp".
        public var description: String { rawValue }
    }

    /// The transport.
    public let transport: Transport
    /// The ports, 1 to 65535; 0 is reserved (RFC 6335 §6).
    public let ports: ClosedRange<UInt16>

    /// Makes ports of a transport; port 0 is an error.
    public init(_ transport: Transport, ports: ClosedRange<UInt16>) throws(AddressingError) {
        guard ports.lowerBound > 0 else {
            throw AddressingError(.transportPort, "\(transport)/\(ports.lowerBound)-\(ports.upperBound)", Self.portZero)
        }
        self.transport = transport
        self.ports = ports
    }

    /// Makes one port of a transport; port 0 is an error.
    public init(_ transport: Transport, port: UInt16) throws(AddressingError) {
        guard port > 0 else { throw AddressingError(.transportPort, "\(transport)/0", Self.portZero) }
        self.transport = transport
        ports = port...port
    }

    /// Reads a transport in lower case, a slash, and a port or two with a hyphen between them.
    public init(_ text: String) throws(AddressingError) {
        let utf8 = text.utf8
        do throws(BrokenRule) {
            (transport, ports) = try Self.parse(utf8.span)
        } catch {
            throw AddressingError(.transportPort, text, error)
        }
    }

    private static var portZero: BrokenRule { BrokenRule("port 0 is reserved; ports are 1 to 65535") }

    private static func parse(_ bytes: Span<UInt8>) throws(BrokenRule) -> (Transport, ClosedRange<UInt16>) {
        guard !bytes.isEmpty else { throw .empty }
        guard let slash = bytes.firstIndex(of: 0x2F) else { throw BrokenRule("it has no transport, as tcp/ is one") }
        guard let transport = parseTransport(bytes.extracting(0..<slash)) else {
            throw BrokenRule("its transport is neither tcp nor udp")
        }
        let numbers = bytes.extracting(slash + 1..<bytes.count)
        guard let hyphen = numbers.firstIndex(of: 0x2D) else {
            let port = try parsePort(numbers, "the port")
            return (transport, port...port)
        }
        let lower = try parsePort(numbers.extracting(0..<hyphen), "the lower port")
        let upper = try parsePort(numbers.extracting(hyphen + 1..<numbers.count), "the upper port")
        guard lower <= upper else {
            throw BrokenRule("its upper port comes before its lower port", correction: "\(transport)/\(upper)-\(lower)")
        }
        return (transport, lower...upper)
    }

    private static func parseTransport(_ bytes: Span<UInt8>) -> Transport? {
        guard bytes.count == 3 else { return nil }
        return switch (bytes[0], bytes[1], bytes[2]) {
        case (0x74, 0x63, 0x70): .tcp
        case (0x75, 0x64, 0x70): .udp
        default: nil
        }
    }

    private static func parsePort(_ bytes: Span<UInt8>, _ name: String) throws(BrokenRule) -> UInt16 {
        let port = try bytes.decimalNumber(called: name, largest: 65535)
        guard port > 0 else { throw portZero }
        return UInt16(port)
    }

    /// Whether all of other ports are among these.
    public func contains(_ other: TransportPort) -> Bool {
        transport == other.transport && ports.lowerBound <= other.ports.lowerBound && other.ports.upperBound <= ports.upperBound
    }

    /// Whether a port is among both.
    public func overlaps(_ other: TransportPort) -> Bool { transport == other.transport && ports.overlaps(other.ports) }

    /// Orders ports by transport, then the lower, then the upper port.
    public static func < (a: TransportPort, b: TransportPort) -> Bool {
        (a.transport, a.ports.lowerBound, a.ports.upperBound) < (b.transport, b.ports.lowerBound, b.ports.upperBound)
    }

    /// The transport, a slash, and the port or both ends of the ports.
    public var description: String {
        ports.count == 1 ? "\(transport)/\(ports.lowerBound)" : "\(transport)/\(ports.lowerBound)-\(ports.upperBound)"
    }
}
