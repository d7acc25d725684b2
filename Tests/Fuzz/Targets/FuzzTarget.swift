/// What is fuzzed: each takes any bytes, does with them what the program does, and looks whether its promises hold.
///
/// An input of several parts has a form feed between two of them, a character that nothing of ours writes.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// Bytes to a tree.
    case yaml
    /// One file below `inventory/`, beside a whole site: to the inventory, the graph, and dnsmasq's files.
    case inventory
    /// One file below `sites/lab/`, beside a whole organisation; likewise.
    case site
    /// dnsmasq's files, as they may stand on a target: configuration, hosts, reservations, options.
    case dnsmasq
    /// What else is seen of dnsmasq: the message in which it says what it has loaded, and its leases.
    case observed
    /// A mistake made on purpose, which a run must find.
    case planted

    /// Those that have no mistake on purpose.
    public static let honest = allCases.filter { $0 != .planted }

    /// Does it with some bytes; what is wrong, nil when all promises hold.
    public func violation(in bytes: [UInt8]) async -> String? {
        do throws(Violation) {
            switch self {
            case .yaml: try YAMLProperties(bytes).hold()
            case .inventory: try await InventoryProperties(.inventory, bytes).hold()
            case .site: try await InventoryProperties(.site, bytes).hold()
            case .dnsmasq: try DnsmasqProperties(bytes).hold()
            case .observed: try await ObservedProperties(bytes).hold()
            case .planted: try Self.holdUnlessPlanted(bytes)
            }
            return nil
        } catch {
            return error.description
        }
    }

    /// Only who sees which comparison was passed finds this within minutes: one try in four thousand million hits it blindly.
    private static func holdUnlessPlanted(_ bytes: [UInt8]) throws(Violation) {
        guard bytes.count > 3, bytes[0] == 0x64, bytes[1] == 0x65, bytes[2] == 0x65 else { return }
        try require(bytes[3] != 0x76, "the planted mistake")
    }
}

/// A promise that didn't hold.
struct Violation: Error, CustomStringConvertible {
    let description: String
}

func require(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws(Violation) {
    if !holds { throw Violation(description: otherwise()) }
}

/// The parts of an input.
func parts(of bytes: [UInt8]) -> [[UInt8]] { bytes.split(separator: 0x0C, omittingEmptySubsequences: false).map(Array.init) }
