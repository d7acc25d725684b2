import Foundation

/// What a DNS server answered.
struct Reply: Equatable {
    /// A record of the answer section.
    struct Record: Equatable {
        var name: String
        var type: String
        var data: String
    }

    /// `NOERROR`, `NXDOMAIN`, ...; nil when no answer came.
    var status: String?
    var records: [Record] = []

    /// What the records say, without their names.
    var data: [String] { records.map(\.data) }

    init(dig text: String) {
        for line in text.split(separator: "\n") {
            if line.hasPrefix(";") {
                guard let found = line.range(of: "status: ") else { continue }
                status = String(line[found.upperBound...].prefix { $0.isLetter })
            } else {
                let fields = line.split(maxSplits: 4, whereSeparator: \.isWhitespace).map(String.init)
                if fields.count == 5 { records.append(Record(name: fields[0], type: fields[3], data: fields[4])) }
            }
        }
    }
}

/// What a stock DHCP client was told; as text, as it told its script.
struct ClientLease: Decodable {
    var address: String?
    var netmask: String?
    var router: String?
    var dns: String?
    var domain: String?
    var hostname: String?
    var server: String?
    var lease: String?
    var ntp: String?
    var options: [String: String]
}

/// What the raw DHCP client was told.
struct RawLease: Decodable {
    /// ACK or NAK.
    var type: String
    var address: String
    var router: [String]?
    var dns: [String]?
    var ntp: [String]?
    var domain: String?
    var hostname: String?
    var server: String?
    var lease: Int?
    private var bootfile: String?
    /// Option 119 as it stands on the wire, in hexadecimal digits.
    var search: String?
    /// Where boot files come from.
    var nextServer: String?
    /// The boot file; nil when none was named.
    var bootFile: String? { bootfile == "" ? nil : bootfile }

    private enum CodingKeys: String, CodingKey {
        case type, address, router, dns, ntp, domain, hostname, server, lease, bootfile, search
        case nextServer = "next_server"
    }
}

extension LabSite {
    /// Asks the builder's DNS server, from the builder or from another machine that has an address.
    func ask(_ name: String, _ type: String = "A", from node: String = "builder", at server: String = "10.20.99.95") async throws -> Reply {
        let words = ["dig", "@\(server)", "+time=1", "+tries=2", "+noall", "+comments", "+answer", name, type]
        let output = node == "builder" ? try await begin(words).ended() : try await lab(["exec", node] + words)
        return Reply(dig: output.results)
    }

    /// Runs a real DHCP client; nil when it got nothing.
    func lease(on node: String, client: String = "udhcpc", _ options: String...) async throws -> ClientLease? {
        struct Found: Decodable { var lease: ClientLease? }
        return try await json(Found.self, ["dhcp-client", node, "--client", client] + options).lease
    }

    /// Asks for an address as any machine at all; nil when nobody offers one.
    func rawLease(on node: String, _ options: String...) async throws -> RawLease? { try await rawLease(on: node, options) }

    func rawLease(on node: String, _ options: [String]) async throws -> RawLease? {
        struct Found: Decodable { var lease: RawLease? }
        return try await json(Found.self, ["dhcp", node, "lease"] + options).lease
    }

    private func json<Value: Decodable>(_ type: Value.Type, _ words: [String]) async throws -> Value {
        let output = try await lab(words)
        // 3: there was no lease, and the text says so.
        guard [0, 3].contains(output.status) else { throw Trouble(output.description) }
        return try JSONDecoder().decode(type, from: Data(output.results.utf8))
    }
}
