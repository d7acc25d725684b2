import Addressing
public import InventorySchema
public import SiteCompiler

/// Graphs with records and reservations chosen at random, around one that compiles: what the same site may want at different times.
public struct RandomGraphs: Sendable {
    /// The graph around which the others are.
    public let base: SiteGraph

    /// Compiles the sample inventory, and takes its site `lab`.
    public init() async throws {
        guard let graph = await SampleInventory.base.compiled().compilation.graph(of: "lab") else {
            throw SampleInventory.PatchError(description: "the sample inventory doesn't compile")
        }
        base = graph
    }

    /// The graph that a seed stands for.
    public func graph(seed: UInt64) throws -> SiteGraph {
        var random = SeededGenerator(seed: seed)
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        var graph = base
        graph.ttlSeconds = [60, 300, 3600].randomElement(using: &random) ?? 60
        graph.upstreams = try ["192.0.2.53", "198.51.100.53"].prefix(number(1...2)).map { try IPAddress($0) }
        var records: [Record] = []
        var hosts: [DomainName] = []
        for index in 0..<12 where number(0...2) > 0 {
            let owner = try DomainName("h\(index).lab.example.org")
            hosts.append(owner)
            records.append(Record(owner: owner, data: .a(try IPv4Address("10.1.99.\(30 + number(0...60))")), subject: .site))
        }
        for index in 0..<number(0...3) {
            guard let target = hosts.randomElement(using: &random) else { break }
            records.append(Record(owner: try DomainName("alias\(index).lab.example.org"), data: .cname(target), subject: .site))
        }
        for index in 0..<number(0...3) {
            let bytes = (0..<number(1...60)).map { _ in UInt8.random(in: 0x21...0x7E, using: &random) }
            let owner = try DomainName("t\(index).lab.example.org")
            records.append(Record(owner: owner, data: .txt(String(decoding: bytes, as: UTF8.self)), subject: .site))
        }
        graph.records = records.shuffled(using: &random)
        graph.reservations = try base.reservations.prefix(1).flatMap { reservation in
            try (0..<6).filter { _ in number(0...2) > 0 }.map { index in
                var copy = reservation
                copy.key = "h\(index).mgmt"
                copy.hostName = "h\(index)"
                copy.mac = try MACAddress("02:de:00:00:0\(number(0...9)):0\(index)")
                copy.addresses = [.v4(try IPv4Address("10.1.99.\(10 + index)"))]
                copy.isArmed = number(0...1) == 0
                return copy
            }
        }
        return graph
    }
}

extension RandomGraphs {
    /// The placement of a provider on the host that serves DNS and DHCP.
    public func placement(of provider: ProviderName) -> Placement {
        guard var placement = base.placements.first(where: { $0.provider == .dnsmasq }) else {
            preconditionFailure("the sample inventory places dnsmasq")
        }
        placement.provider = provider
        return placement
    }
}
