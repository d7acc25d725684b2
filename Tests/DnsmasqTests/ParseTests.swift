import Planning
import Targets
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

@Suite struct ParseTests {
    private let mechanism = DnsmasqFiles(site: "lab", servesDNS: true)

    private func desired() throws -> DesiredSet<DnsmasqState> {
        let graph = try Sample.graph()
        return DnsmasqProvider(now: { 0 }).desired(graph, graph.placements[0])
    }

    /// The differences that a change of one file makes, as `action kind/key`.
    private func differences(_ name: String, _ change: (inout [String]) -> Void) throws -> [String] {
        let desired = try desired()
        var files = mechanism.render(desired)
        for index in files.indices where files[index].name == name {
            var lines = String(decoding: files[index].bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
                String.init)
            change(&lines)
            files[index].bytes = Array(lines.joined(separator: "\n").utf8)
        }
        return told(desired, files)
    }

    private func told(_ desired: DesiredSet<DnsmasqState>, _ files: [PlaceFile]) -> [String] {
        let found = mechanism.parse(files)
        return Planning.differences(desired: desired, observed: found).compactMap { difference in
            let state = difference.observed.map { found.resources[$0] } ?? difference.desired.map { desired.resources[$0].state }
            guard let state, state.kind != .service else { return nil }
            return "\(difference.action.rawValue) \(state.kind.rawValue)/\(state.key)"
        }
    }

    @Test func `rendered files read back without a difference`() throws {
        #expect(try differences("hosts") { _ in } == [])
    }

    @Test func `an empty place has nothing, and nothing foreign`() {
        #expect(mechanism.parse([]).resources.isEmpty)
    }

    @Test func `files can't tell what runs`() throws {
        #expect(mechanism.parse(mechanism.render(try desired())).unread[.service] != nil)
    }

    @Test(arguments: ["dnsmasq.conf", "hosts", "reservations", "options"])
    func `a foreign line is found with its number`(_ file: String) throws {
        for line in ["", "# a note", "dhcp-script=/bin/sh", "addn-hosts=/etc/passwd,x", "not ours\u{1b}[31m", "ünïcode", "port=53 "] {
            #expect(try differences(file) { $0.insert(line, at: 3) } == ["delete foreign/\(file):4"], "\(line)")
        }
    }

    @Test(arguments: ["dnsmasq.conf", "hosts", "reservations", "options"])
    func `a changed header is found`(_ file: String) throws {
        #expect(try differences(file) { $0[0] = "# mine" } == ["delete foreign/\(file):1"])
    }

    @Test(arguments: ["dnsmasq.conf", "hosts", "reservations", "options"])
    func `a line break missing at the end is found`(_ file: String) throws {
        let found = try differences(file) { $0.removeLast() }
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("delete foreign/\(file):") == true)
    }

    @Test(arguments: ["dnsmasq.conf", "hosts", "reservations", "options"])
    func `a line that stands twice is found`(_ file: String) throws {
        let found = try differences(file) { $0.insert($0[2], at: 3) }
        #expect(found == ["delete foreign/\(file):4"])
    }

    @Test(arguments: ["dnsmasq.conf", "hosts", "reservations", "options"])
    func `an emptied file is found`(_ file: String) throws {
        #expect(try differences(file) { $0 = [] }.contains("delete foreign/\(file):empty"))
    }

    @Test func `a line of the wrong form says the same and is foreign all the same`() throws {
        for (old, new) in [
            ("192.0.2.22 hv02.lab.example.org", "192.0.2.22\thv02.lab.example.org"),
            ("192.0.2.22 hv02.lab.example.org", "192.0.2.22 hv02.lab.example.org."),
            ("192.0.2.22 hv02.lab.example.org", "192.0.2.22 HV02.lab.example.org"),
        ] {
            let found = try differences("hosts") { lines in
                lines[lines.firstIndex(of: old) ?? 0] = new
            }
            #expect(found == ["create host/hv02.lab.example.org", "delete foreign/hosts:6"], "\(new)")
        }
    }

    @Test func `lines in another order keep their meaning, but not the mark`() throws {
        #expect(try differences("reservations") { $0.swapAt(1, 2) } == ["delete foreign/hosts:2"])
        #expect(try differences("dnsmasq.conf") { $0.swapAt(10, 20) } == ["delete foreign/dnsmasq.conf:2"])
    }

    @Test func `a mark that is missing or moved is found`() throws {
        #expect(try differences("dnsmasq.conf") { $0.remove(at: 1) } == ["delete foreign/dnsmasq.conf:2"])
        #expect(try differences("hosts") { $0.remove(at: 1) } == ["delete foreign/hosts:2"])
        #expect(try differences("hosts") { $0.swapAt(1, 2) } == ["delete foreign/hosts:3"])
        #expect(try differences("dnsmasq.conf") { $0.swapAt(1, 2) } == ["delete foreign/dnsmasq.conf:3"])
    }

    @Test func `a changed address is an update of its host, and the mark shows it too`() throws {
        let found = try differences("reservations") { $0[1] = $0[1].replacing("192.0.2.21", with: "192.0.2.23") }
        #expect(found == ["update reservation/hv01.mgmt", "delete foreign/hosts:2"])
    }

    @Test func `the first name of an address is its reverse name`() throws {
        let found = try differences("hosts") { $0.swapAt(3, 4) }
        #expect(found == ["update host/a-hv01.lab.mgmt.example.org", "update host/hv01.lab.example.org", "delete foreign/hosts:2"])
    }

    @Test func `two reservations with one key are a reservation and a foreign line`() throws {
        let found = try differences("reservations") { $0.insert("02:de:00:02:00:09,192.0.2.29,hv09,43200 # hv01.mgmt", at: 2) }
        #expect(found == ["delete foreign/reservations:3"])
    }

    @Test func `a missing file, a strange file and a wrong mode are found`() throws {
        let desired = try desired()
        var files = mechanism.render(desired)
        files.removeAll { $0.name == "options" }
        files.append(PlaceFile(name: "extra.conf", bytes: Array("dhcp-script=/bin/sh\n".utf8)))
        files[0].mode = 0o600
        let found = told(desired, files).filter { $0.contains("foreign") }
        #expect(found == ["delete foreign/dnsmasq.conf:mode", "delete foreign/extra.conf", "delete foreign/options:missing"])
    }

    @Test func `a foreign text is shown escaped and cut`() throws {
        let desired = try desired()
        var files = mechanism.render(desired)
        files[3].bytes += Array(("x\u{202e}\u{7}" + String(repeating: "y", count: 5_000) + "\n").utf8)
        guard case .foreign(let line)? = mechanism.parse(files).resources.last else {
            Issue.record("nothing foreign was found")
            return
        }
        #expect(line.text.hasPrefix("x\\u{202e}\\u{7}yyy"))
        #expect(line.text.count < 240)
    }
}
