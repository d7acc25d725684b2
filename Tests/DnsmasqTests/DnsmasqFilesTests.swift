import Planning
import Targets
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

@Suite struct DnsmasqFilesTests {
    private let provider = DnsmasqProvider(now: { 0 })
    private let mechanism = DnsmasqFiles(site: "lab", servesDNS: true)

    private func files(_ change: (inout SiteGraph) throws -> Void = { _ in }) throws -> [PlaceFile] {
        var graph = try Sample.graph()
        try change(&graph)
        return mechanism.render(provider.desired(graph, graph.placements[0]))
    }

    @Test func `the place, the unit and the files are named by the site`() {
        #expect(mechanism.place == Place(provider: "dnsmasq", site: "lab"))
        #expect(mechanism.service?.name == "deevnet-dnsmasq@lab")
        #expect(mechanism.service?.command == ["dnsmasq", "--conf-file=/etc/deevnet/current/dnsmasq/lab/dnsmasq.conf"])
        #expect(mechanism.service?.pidFile == "/run/deevnet/dnsmasq-lab.pid")
    }

    @Test func `equal files need nothing, names and reservations a reload, all else a restart`() throws {
        let before = try files()
        #expect(mechanism.activation(from: before, to: before) == .live)
        #expect(mechanism.activation(from: before, to: try files { $0.reservations.removeFirst() }) == .reload)
        #expect(mechanism.activation(from: before, to: try files { $0.dhcp[0].ntp = [] }) == .reload)
        #expect(mechanism.activation(from: before, to: try files { $0.ttlSeconds = 5 }) == .restart)
        #expect(mechanism.activation(from: [], to: before) == .restart)
        #expect(mechanism.activation(from: before, to: []) == .restart)
        let strange = PlaceFile(name: "extra.conf", bytes: [])
        #expect(mechanism.activation(from: before + [strange], to: before) == .live)
        var unreadable = before
        unreadable[1].mode = 0o600
        #expect(mechanism.activation(from: unreadable, to: before) == .reload)
    }

    @Test func `the checker is given the configuration, and the lines that it wouldn't read`() throws {
        let checks = mechanism.checks(directory: "/stage", files: try files())
        #expect(checks.count == 3)
        #expect(checks[0] == ["dnsmasq", "--test", "--conf-file=/stage/dnsmasq.conf"])
        #expect(
            checks[1] == [
                "dnsmasq", "--test", "--conf-file=", "--dhcp-host=02:de:00:02:00:01,192.0.2.21,hv01,43200",
                "--dhcp-host=02:de:00:02:00:02,192.0.2.22,hv02,43200",
            ])
        #expect(checks[2].contains("--dhcp-option=tag:segment-trusted,option:router"))
    }

    @Test func `many reservations are checked in batches that the kernel takes`() throws {
        let line = "02:de:00:02:00:01,192.0.2.21,hv01,43200 # hv01.mgmt\n"
        let file = PlaceFile(name: "reservations", bytes: Array("# header\n".utf8) + Array(String(repeating: line, count: 2_500).utf8))
        let checks = mechanism.checks(directory: "/stage", files: [file])
        #expect(checks.dropFirst().map(\.count) == [1_003, 1_003, 503])
    }

    @Test func `what a change costs follows from the file it stands in`() throws {
        let states = provider.desired(try Sample.graph(), Sample.placement()).resources.map(\.state)
        for state in states {
            let expected: Cost = [.host, .option, .reservation].contains(state.kind) ? .reload : .restart
            #expect(provider.cost(of: .create, before: nil, after: state) == expected, "\(state)")
            #expect(provider.cost(of: .delete, before: state, after: nil) == expected, "\(state)")
        }
        func cost(_ file: String) -> Cost { provider.cost(of: .delete, before: .foreign(ForeignLine(file: file, line: 1, "")), after: nil) }
        #expect(cost("dnsmasq.conf") == .restart)
        #expect(cost("hosts") == .reload)
        #expect(cost("extra.conf") == .live)
    }

    @Test func `taking a zone or a range away is disruptive, a name is routine`() throws {
        let states = provider.desired(try Sample.graph(), Sample.placement()).resources.map(\.state)
        func risks(_ kind: DnsmasqKind, _ action: Action) -> Set<Risk> {
            Set(states.filter { $0.kind == kind }.map { provider.risk(of: action, before: $0, after: $0) })
        }
        #expect(risks(.zone, .delete) == [.disruptive])
        #expect(risks(.range, .create) == [.structural])
        #expect(risks(.host, .delete) == [.routine])
        #expect(risks(.reservation, .update) == [.routine])
    }
}
