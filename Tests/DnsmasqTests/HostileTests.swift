import Addressing
import Diagnostics
import Planning
import Targets
import Testing

@testable import Dnsmasq
@testable import SiteCompiler

/// Values that try to leave their field. Each is refused, or comes back as it was.
@Suite struct HostileTests {
    static let payloads: [String] = [
        "\n", "x\ndhcp-script=/bin/sh", "\r\nport=5", "\"", "\\", "\\\"", "\\n", "a,b", "a;b", "#", " # comment", "\t#", "=", "a=b",
        " lead", "trail ", "",
        "$(id)", "`id`", "%0a", "\u{0}", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{2028}", "\u{202e}txt", "\u{200b}", "\u{feff}", "\u{212a}",
        "ü", "💥", "..", "../../etc/passwd",
        "tag:x", "set:x", "/", "*", String(repeating: "a", count: 255), String(repeating: "\\", count: 255),
        String(repeating: "\"", count: 255),
        String(repeating: "a", count: 256), String(repeating: "x", count: 1_023) + "\nport=53", String(repeating: "ab ", count: 4_000),
    ]

    private let provider = DnsmasqProvider(now: { 0 })

    /// Refused by a finding, or rendered so that it reads back.
    private func holds(_ change: (inout SiteGraph) throws -> Void) throws -> Bool {
        var graph = try Sample.graph()
        try change(&graph)
        let placement = graph.placements[0]
        if provider.check(graph, placement).contains(where: { $0.severity == .error }) { return true }
        let desired = provider.desired(graph, placement)
        let mechanism = DnsmasqFiles(site: "lab", servesDNS: true)
        let files = mechanism.render(desired)
        let found = mechanism.parse(files)
        let lines = files.flatMap { $0.bytes.split(separator: UInt8(ascii: "\n")) }
        return found.resources == desired.resources.map(\.state).filter { $0.kind != .service } && lines.allSatisfy { $0.count <= 1_000 }
    }

    @Test(arguments: payloads)
    func `a text can't leave its field`(_ payload: String) throws {
        #expect(try holds { $0.records.append(Record(owner: $0.domain, data: .txt(payload), subject: .site)) }, "TXT")
        #expect(try holds { $0.links[0].device = payload }, "device")
        #expect(try holds { $0.dhcp[0].segmentName = payload }, "segment")
        #expect(try holds { $0.reservations[0].key = payload }, "reservation")
        #expect(try holds { $0.reservations[0].hostName = payload }, "client name")
        #expect(try holds { $0.netboot?.root = payload }, "TFTP root")
        #expect(try holds { $0.netboot?.root = "/srv/" + payload }, "below the TFTP root")
        #expect(try holds { $0.netboot?.files[0].path = payload }, "boot file")
        #expect(try holds { $0.netboot?.chainURL = payload }, "URL")
        #expect(try holds { $0.netboot?.chainURL = "http://a.example.org/" + payload }, "below the URL")
    }

    @Test(arguments: payloads)
    func `a finding shows a hostile text escaped`(_ payload: String) throws {
        var graph = try Sample.graph()
        graph.links[0].device = payload
        graph.dhcp[0].segmentName = payload
        graph.reservations[0].hostName = payload
        graph.netboot?.root = payload
        graph.netboot?.files[0].path = payload
        graph.netboot?.chainURL = payload
        for finding in provider.check(graph, graph.placements[0]) {
            #expect(escapedForDisplay(finding.message) == finding.message)
        }
    }

    @Test(arguments: payloads)
    func `a text of a record is itself or nothing`(_ payload: String) {
        guard let text = RecordText(payload) else { return }
        #expect(RecordText(quoted: Substring(text.quoted)) == text)
        #expect(text.description == payload)
    }

    @Test(arguments: ["\"", "\"\\\"", "abc", "\"a", "a\"", "\"a\\\"", "\"ü\""])
    func `a broken quotation is no text`(_ quoted: String) {
        #expect(RecordText(quoted: Substring(quoted)) == nil)
    }

    @Test func `a backslash before anything else means the same and isn't our form`() throws {
        #expect(RecordText(quoted: "\"\\a\"")?.quoted == "\"a\"")
    }

    @Test func `a site's name can't leave the paths, since places are checked before they are written`() throws {
        var placement = Sample.placement()
        placement.site = "lab/../../etc\nport=1"
        let findings = provider.check(try Sample.graph(), placement)
        #expect(findings.contains { $0.code == .notExpressible })
    }
}
